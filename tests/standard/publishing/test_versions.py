"""Versions are imported, published, withdrawn and removed; their content stays what it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from rexian.journal.models import Entry
from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound
from rexian.standard import models
from rexian.standard.adapters import offered
from rexian.standard.adapters.sources import SourceChanged
from rexian.standard.domain import Facts, Speaker, Turn, inspect, load
from rexian.standard.domain.pack import examples, sources
from rexian.standard.domain.pack.documents import NOWHERE, Fault
from rexian.standard.domain.publishing import (
    AlreadyPublished,
    DayOver,
    DayTaken,
    InForceAlready,
    NumberTaken,
    Standing,
    WrongParameter,
)
from rexian.standard.queries import published
from rexian.standard.services import (
    AlreadyImported,
    discard_version,
    import_folder,
    publish_shipped,
    publish_version,
    set_parameters,
    withdraw_version,
)
from rexian.standard.services import publishing as publishing_service

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
TURNS = (
    Turn(0, Speaker.AGENT, "您好，请问有什么可以帮您？"),
    Turn(1, Speaker.CUSTOMER, "前面堵不堵？"),
    Turn(2, Speaker.AGENT, "喂，不知道。"),
)

pytestmark = pytest.mark.django_db


def names_of_entries(version: int) -> list[str]:
    """Return the names of what happened to a version."""
    rows = Entry.objects.filter(subject=f"standard-version:{version}").order_by("id")
    return list(rows.values_list("name", flat=True))


@pytest.mark.parametrize("name", ["centre", "highway"])
def test_a_stored_standard_is_the_one_that_was_imported(house: Any, name: str) -> None:
    version = import_folder(
        house.organisation, key=f"shipped:{name}", actor=house.publisher, at=NOW
    )
    kept, original = published.load_version(version), load(name)
    line = published.version(house.reader, version, on=TODAY)
    assert kept.content_hash == original.content_hash == line.content_hash
    assert kept.pack.sections == original.pack.sections
    assert inspect(kept, Facts(), TURNS) == inspect(original, Facts(), TURNS)


def test_a_stored_standard_needs_no_folder_any_more(
    house: Any, imported: Callable[..., int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    version = import_folder(
        house.organisation, key="shipped:highway", actor=house.publisher, at=NOW
    )
    monkeypatch.setattr(sources, "PACKS", tmp_path)
    monkeypatch.setattr(offered, "PACKS", tmp_path)
    monkeypatch.setenv("REXIAN_CACHE", "off")
    again = published.published_standard(house.reader, version, on=TODAY)
    assert again.clause("HW-3.12").rules
    assert [one.folder for one in again.packs] == ["centre", "highway"]
    assert imported()


def test_examples_that_no_longer_hold_do_not_keep_a_stored_standard_from_loading(
    imported: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = imported()
    monkeypatch.setenv("REXIAN_CACHE", "off")
    monkeypatch.setattr(examples, "failures", lambda _: [Fault(NOWHERE, "no longer holds")])
    assert published.load_version(version).clauses


def test_files_that_were_changed_by_hand_are_noticed(imported: Callable[..., int]) -> None:
    version = imported("9.9.9")
    row = models.SourceFile.objects.get(version=version, path="clauses.yaml")
    changed = bytes(row.blob.content).replace("先坐".encode(), "站着".encode())
    models.Blob.objects.filter(pk=row.blob_id).update(content=changed)
    with pytest.raises(SourceChanged):
        published.load_version(version)


def test_a_file_that_two_versions_share_is_kept_once(imported: Callable[..., int]) -> None:
    before = models.Blob.objects.count()
    first, second = imported("1.0.0"), imported("1.0.1")
    assert first != second
    assert models.Blob.objects.count() == before + 3  # two manifests, one list of clauses


def test_the_same_content_is_imported_once(imported: Callable[..., int]) -> None:
    first = imported()
    with pytest.raises(AlreadyImported) as refused:
        imported()
    assert refused.value.details["version"] == first


def test_a_number_stands_for_one_content(imported: Callable[..., int]) -> None:
    imported()
    with pytest.raises(NumberTaken):
        imported(clauses="clauses: []\n")


def test_importing_and_publishing_are_in_the_journal(
    house: Any, imported: Callable[..., int]
) -> None:
    version = imported()
    publish_version(version, effective_on=TODAY, actor=house.publisher, at=NOW)
    assert names_of_entries(version) == ["standard.version_imported", "standard.version_published"]


def test_a_version_is_in_force_from_its_day_on(house: Any, imported: Callable[..., int]) -> None:
    old, new = imported("1.0.0"), imported("1.1.0")
    publish_version(old, effective_on=TODAY, actor=house.publisher, at=NOW)
    later = TODAY + timedelta(days=9)
    publish_version(new, effective_on=later, actor=house.publisher, at=NOW)

    def ruling(on: date) -> int | None:
        found = published.in_force(house.organisation, "queue", on)
        return found.id if found else None

    assert ruling(TODAY - timedelta(days=1)) is None
    assert ruling(TODAY) == ruling(later - timedelta(days=1)) == old
    assert ruling(later) == new
    lines = published.versions(house.reader, house.organisation, on=TODAY)
    assert {one.number: one.standing for one in lines} == {
        "1.1.0": Standing.COMING,
        "1.0.0": Standing.IN_FORCE,
    }


def test_the_day_is_that_of_the_organisation(house: Any, imported: Callable[..., int]) -> None:
    late = datetime(2026, 11, 22, 17, tzinfo=UTC)  # one in the morning of the 23rd in Shanghai
    with pytest.raises(DayOver):
        publish_version(imported(), effective_on=TODAY, actor=house.publisher, at=late)


def test_a_published_version_is_not_published_again_and_not_removed(
    house: Any, imported: Callable[..., int]
) -> None:
    version = imported()
    publish_version(version, effective_on=TODAY, actor=house.publisher, at=NOW)
    with pytest.raises(AlreadyPublished):
        publish_version(
            version, effective_on=TODAY + timedelta(days=1), actor=house.publisher, at=NOW
        )
    with pytest.raises(AlreadyPublished):
        discard_version(version, actor=house.publisher, at=NOW)
    with pytest.raises(InForceAlready):
        withdraw_version(version, actor=house.publisher, at=NOW)


def test_two_versions_do_not_begin_on_one_day(house: Any, imported: Callable[..., int]) -> None:
    first, second = imported("1.0.0"), imported("1.1.0")
    publish_version(first, effective_on=TODAY, actor=house.publisher, at=NOW)
    with pytest.raises(DayTaken), transaction.atomic():
        publish_version(second, effective_on=TODAY, actor=house.publisher, at=NOW)
    assert published.version(house.reader, second, on=TODAY).standing is Standing.IMPORTED


def test_a_lost_race_for_a_day_is_a_conflict(
    house: Any, imported: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looked before the other one wrote is stopped by the database."""
    first, second = imported("1.0.0"), imported("1.1.0")
    publish_version(first, effective_on=TODAY, actor=house.publisher, at=NOW)
    monkeypatch.setattr(publishing_service, "_publications", lambda _: [])
    with pytest.raises(DayTaken):
        publish_version(second, effective_on=TODAY, actor=house.publisher, at=NOW)


def test_what_is_coming_can_be_withdrawn_and_removed(
    house: Any, imported: Callable[..., int]
) -> None:
    version = imported()
    later = TODAY + timedelta(days=1)
    publish_version(version, effective_on=later, actor=house.publisher, at=NOW)
    withdraw_version(version, actor=house.publisher, at=NOW)
    assert published.in_force(house.organisation, "queue", later) is None
    discard_version(version, actor=house.publisher, at=NOW)
    assert names_of_entries(version)[-2:] == [
        "standard.version_withdrawn",
        "standard.version_discarded",
    ]
    with pytest.raises(NotFound):
        published.version(house.reader, version, on=TODAY)


def test_other_parameters_make_another_version(house: Any, imported: Callable[..., int]) -> None:
    version = imported()
    other = set_parameters(
        version,
        values={"company": "江城燃气", "minutes": "7", "strict": "true"},
        actor=house.publisher,
        at=NOW,
    )
    read = published.published_standard(house.reader, other, on=TODAY)
    assert {one.name: one.value for one in read.settings} == {
        "minutes": 7,
        "strict": True,
        "company": "江城燃气",
    }
    assert read.standard.content_hash == read.line.content_hash
    assert read.line.number == "1.0.0"
    with pytest.raises(AlreadyImported):
        set_parameters(version, values={}, actor=house.publisher, at=NOW)
    with pytest.raises(WrongParameter):
        set_parameters(version, values={"minutes": "soon"}, actor=house.publisher, at=NOW)


def test_a_parameter_of_a_shipped_standard_changes_what_it_judges_by(house: Any) -> None:
    version = import_folder(house.organisation, key="shipped:centre", actor=house.publisher, at=NOW)
    other = set_parameters(version, values={"answer_simple": "4h"}, actor=house.publisher, at=NOW)
    assert published.load_version(other).content_hash != load("centre").content_hash


def test_what_ships_is_in_force_at_once_and_leaves_the_day_free(house: Any) -> None:
    publish_shipped(
        house.organisation, names=("highway", "centre"), actor=Actor.system("founding"), at=NOW
    )
    assert set(published.standards_in_force(house.organisation, TODAY)) == {"highway", "centre"}


def test_whoever_may_not_publish_is_refused_and_leaves_no_trace(
    house: Any, imported: Callable[..., int]
) -> None:
    before = models.Version.objects.count()
    with pytest.raises(RightMissing):
        imported(actor=house.reader)
    assert models.Version.objects.count() == before
    version = imported()
    with pytest.raises(RightMissing):
        publish_version(version, effective_on=TODAY, actor=house.reader, at=NOW)
    with pytest.raises(RightMissing):
        published.offers(house.reader)


def test_another_organisations_version_is_not_there(
    house: Any, imported: Callable[..., int]
) -> None:
    version = imported()
    with pytest.raises(NotFound):
        published.version(house.stranger, version, on=TODAY)
    with pytest.raises(NotFound):
        publish_version(version, effective_on=TODAY, actor=house.stranger, at=NOW)
    with pytest.raises(NotFound):
        published.versions(house.stranger, house.organisation, on=TODAY)


def test_the_operators_folders_are_offered(house: Any, tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "own" / "queue"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("name: queue\nversion: 2.0.0\ntitle: 排队\n", "utf-8")
    broken = tmp_path / "own" / "wrong"
    broken.mkdir()
    (broken / "pack.yaml").write_text("name: [", "utf-8")
    settings.CONFIGURATION = replace(settings.CONFIGURATION, packs=(tmp_path / "own",))
    offers = {one.key: one for one in published.offers(house.publisher)}
    assert {"shipped:centre", "shipped:highway", "own:queue", "own:wrong"} <= set(offers)
    assert offers["own:queue"].number == "2.0.0"
    assert offers["own:wrong"].fault is not None
    assert import_folder(house.organisation, key="own:queue", actor=house.publisher, at=NOW)
    with pytest.raises(NotFound):
        import_folder(house.organisation, key="own:../secret", actor=house.publisher, at=NOW)

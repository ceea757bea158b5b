"""A draft becomes a version, is published, and is taken out as an archive that comes in again."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rexian.journal.models import Entry
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import Invalid
from rexian.standard import models, services
from rexian.standard.domain.drafts import DraftChanged, DraftClosed, UnsoundDraft
from rexian.standard.domain.editing.changes import SetValues, WriteFile
from rexian.standard.domain.publishing import DayTaken, NumberTaken
from rexian.standard.queries import drafts
from rexian.standard.queries.published import load_version, version

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TOMORROW = date(2026, 11, 23)
NOTE = (
    "clauses:\n  - {id: Q-9, text: {zh: 新, en: new}, means: [person], how: {zh: 看, en: look}}\n"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(house: Any) -> int:
    """Return a draft with another deadline and one clause more, at its third revision."""
    made = services.begin_draft(house.version, actor=house.writer, at=NOW)
    change: Any = SetValues("deadlines", "answer", {"by_class/complex": "12h"})
    services.change_draft(made, change=change, revision=1, actor=house.writer, at=NOW)
    change = WriteFile("more.yaml", NOTE)
    services.change_draft(made, change=change, revision=2, actor=house.writer, at=NOW)
    return made


def published(house: Any, draft: int, **changes: Any) -> int:
    """Publish a draft for tomorrow."""
    given = {"number": "1.0.1", "effective_on": TOMORROW, "revision": 3, **changes}
    return services.publish_draft(draft, **{"actor": house.publisher, "at": NOW, **given})


def test_a_draft_is_published_for_a_day_and_closed(house: Any, draft: int) -> None:
    made = published(house, draft)
    line = version(house.reader, made, on=TOMORROW)
    assert (line.number, line.effective_on, line.origin) == ("1.0.1", TOMORROW, f"draft:{draft}")
    assert load_version(made).parameters["answer_within"] == "12h"
    assert "Q-9" in load_version(made).clauses
    assert drafts.drafts(house.writer) == ()
    with pytest.raises(DraftClosed):
        services.undo_change(draft, revision=3, actor=house.writer, at=NOW)
    with pytest.raises(DraftClosed):
        services.discard_draft(draft, actor=house.writer, at=NOW)


def test_every_step_leaves_an_entry_without_any_text(house: Any, draft: int) -> None:
    published(house, draft)
    names = Entry.objects.filter(subject=f"standard-draft:{draft}").values_list("name", flat=True)
    assert list(names.order_by("pk")) == [
        "standard.draft_begun",
        "standard.draft_changed",
        "standard.draft_changed",
        "standard.draft_taken",
    ]


@pytest.mark.parametrize(
    ("wrong", "raised"),
    [
        ({"revision": 2}, DraftChanged),
        ({"number": "1.0.0"}, NumberTaken),
        ({"number": "die nächste"}, Invalid),
        ({"effective_on": date(2026, 11, 21)}, Invalid),
    ],
)
def test_what_cannot_be_published_leaves_no_version(
    house: Any, draft: int, wrong: dict[str, Any], raised: type[Exception]
) -> None:
    with pytest.raises(raised):
        published(house, draft, **wrong)
    assert models.Version.objects.filter(organisation_id=house.organisation).count() == 1
    assert drafts.draft(draft, actor=house.writer).line.is_open


def test_a_day_that_is_taken_keeps_the_draft_open(house: Any, draft: int) -> None:
    services.publish_version(house.version, effective_on=TOMORROW, actor=house.publisher, at=NOW)
    with pytest.raises(DayTaken):
        published(house, draft)
    assert drafts.draft(draft, actor=house.writer).line.is_open


def test_an_unsound_draft_becomes_no_version(house: Any, draft: int) -> None:
    change = WriteFile("more.yaml", "scenes:\n  - {id: x}\n")
    services.change_draft(draft, change=change, revision=3, actor=house.writer, at=NOW)
    with pytest.raises(UnsoundDraft):
        published(house, draft, revision=4)


def test_who_may_only_draft_does_not_publish(house: Any, draft: int) -> None:
    with pytest.raises(RightMissing):
        published(house, draft, actor=house.writer)


def test_what_is_taken_out_comes_in_again_as_the_very_same(house: Any, draft: int) -> None:
    made = published(house, draft)
    archive = drafts.version_archive(made, actor=house.reader)
    assert archive == drafts.version_archive(made, actor=house.reader)
    with pytest.raises(services.AlreadyImported) as same:
        services.import_archive(
            house.organisation,
            archive=io.BytesIO(archive),
            file_name="again.zip",
            actor=house.publisher,
            at=NOW,
        )
    assert same.value.details["version"] == made


def test_a_draft_of_another_houses_archive_has_its_values(house: Any, draft: int) -> None:
    archive = drafts.draft_archive(draft, actor=house.writer)
    made = services.import_archive(
        house.stranger.organisation,
        archive=io.BytesIO(archive),
        file_name="theirs.zip",
        actor=house.stranger,
        at=NOW,
    )
    assert load_version(made).parameters["answer_within"] == "12h"
    again = services.begin_draft(made, actor=house.stranger, at=NOW)
    assert not drafts.draft_comparison(again, actor=house.stranger)


def test_the_next_free_number_is_proposed(house: Any, draft: int) -> None:
    assert drafts.proposed_number(draft, actor=house.writer) == "1.0.1"

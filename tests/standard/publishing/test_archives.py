"""An uploaded pack comes from anywhere: nothing in it is believed, and nothing is half stored."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from rexian.standard import models
from rexian.standard.adapters.archives import WrongArchive
from rexian.standard.domain.pack.sources import PACKS
from rexian.standard.queries.published import load_version
from rexian.standard.services import UnsoundPack, import_archive

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MANIFEST = "name: queue\nversion: 1.0.0\ntitle: {zh: 排队, en: Queueing}\n"
ALIASES = "a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]\n"

pytestmark = pytest.mark.django_db
Zipped = Callable[[Mapping[str, str | bytes]], io.BytesIO]


def sent_in(house: Any, archive: io.BytesIO) -> int:
    """Return the version that an archive becomes."""
    return import_archive(
        house.organisation, archive=archive, file_name="pack.zip", actor=house.publisher, at=NOW
    )


@pytest.mark.parametrize("top", ["", "queue/", "规范 1.0/"])
def test_a_pack_may_lie_in_a_folder_or_not(house: Any, zipped: Zipped, top: str) -> None:
    version = sent_in(house, zipped({f"{top}pack.yaml": MANIFEST, f"{top}README.md": "# read"}))
    assert load_version(version).name == "queue"


def test_names_in_a_chinese_systems_encoding_are_read(house: Any, zipped: Zipped) -> None:
    content = zipped({"AAAA/pack.yaml": MANIFEST}).getvalue()
    assert sent_in(house, io.BytesIO(content.replace(b"AAAA", "规范".encode("gb18030"))))


def test_a_base_may_lie_beside_its_pack(house: Any, zipped: Zipped) -> None:
    files = {
        "floor/pack.yaml": MANIFEST.replace("queue", "floor"),
        "queue/pack.yaml": MANIFEST + "extends: floor\n",
    }
    assert load_version(sent_in(house, zipped(files))).name == "queue"


def test_a_pack_may_extend_one_that_ships(house: Any, zipped: Zipped) -> None:
    version = sent_in(house, zipped({"pack.yaml": MANIFEST + "extends: centre\n"}))
    assert "CC-1" in load_version(version).clauses


@pytest.mark.parametrize("base", [str(PACKS / "gas"), "..", f"{'../' * 12}{PACKS}/gas"])
def test_a_pack_extends_no_folder_of_this_machine(house: Any, zipped: Zipped, base: str) -> None:
    with pytest.raises(UnsoundPack) as caught:
        sent_in(house, zipped({"queue/pack.yaml": f"{MANIFEST}extends: '{base}'\n"}))
    assert "is missing" in caught.value.findings[0].reason


def test_errors_are_told_with_file_and_line_and_nothing_is_stored(
    house: Any, zipped: Zipped
) -> None:
    wrong = "clauses:\n  - id: Q-1\n    text: 坐\n    maens: [person]\n"
    with pytest.raises(UnsoundPack) as refused:
        sent_in(house, zipped({"queue/pack.yaml": MANIFEST, "queue/clauses.yaml": wrong}))
    found = refused.value.findings[0]
    assert (found.file, found.line) == ("clauses.yaml", 4)
    assert "maens" in found.reason
    assert not models.Version.objects.filter(organisation=house.organisation).exists()
    assert not models.SourceFile.objects.filter(version__organisation=house.organisation).exists()


@pytest.mark.parametrize(
    "name",
    [
        "../pack.yaml",
        "queue/../../pack.yaml",
        "/etc/pack.yaml",
        "C:/pack.yaml",
        "queue\\pack.yaml",
        "queue//pack.yaml",
        "a/b/c/d/e/f/g/pack.yaml",
        "queue/\x07.yaml",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(house: Any, zipped: Zipped, name: str) -> None:
    with pytest.raises(WrongArchive):
        sent_in(house, zipped({"queue/pack.yaml": MANIFEST, name: MANIFEST}))


def test_a_link_is_refused(house: Any) -> None:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("queue/pack.yaml", MANIFEST)
        link = ZipInfo("queue/clauses.yaml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(WrongArchive, match="link"):
        sent_in(house, stream)


def test_a_bomb_is_refused_before_it_is_unpacked(house: Any) -> None:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("pack.yaml", MANIFEST)
        archive.writestr("acts.yaml", "#" * 3_000_000)
    with pytest.raises(WrongArchive, match="swells"):
        sent_in(house, stream)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"acts.yaml": b"\0" * 5_000_000}, id="a file too large"),
        pytest.param({f"{n}.yaml": "" for n in range(401)}, id="too many files"),
        pytest.param({"Pack.yaml": MANIFEST}, id="twice but for case"),
        pytest.param({"acts.yaml": ALIASES}, id="aliases"),
        pytest.param({"acts.yaml": "[" * 100_000}, id="bottomless nesting"),
    ],
)
def test_what_would_choke_a_reader_is_refused(
    house: Any, zipped: Zipped, files: dict[str, Any]
) -> None:
    with pytest.raises(WrongArchive):
        sent_in(house, zipped({"pack.yaml": MANIFEST, **files}))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"no archive at all"], ids=["empty", "broken", "none"]
)
def test_what_is_no_archive_is_refused(house: Any, content: bytes) -> None:
    with pytest.raises(WrongArchive):
        sent_in(house, io.BytesIO(content))


def test_an_archive_without_a_pack_or_with_several_is_refused(house: Any, zipped: Zipped) -> None:
    with pytest.raises(WrongArchive, match="holds no"):
        sent_in(house, zipped({"clauses.yaml": "clauses: []"}))
    with pytest.raises(WrongArchive, match="several"):
        sent_in(house, zipped({"a/pack.yaml": MANIFEST, "b/pack.yaml": MANIFEST}))


def test_a_file_that_is_not_utf8_is_told_of(house: Any, zipped: Zipped) -> None:
    files: dict[str, str | bytes] = {
        "pack.yaml": MANIFEST,
        "clauses.yaml": "clauses: 排队".encode("gb18030"),
    }
    with pytest.raises(UnsoundPack) as refused:
        sent_in(house, zipped(files))
    assert "UTF-8" in refused.value.findings[0].reason

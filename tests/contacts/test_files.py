"""Files: known by their content, safe before they are told of, bare of what nobody meant."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st

from rexian.contacts.adapters import disk
from rexian.contacts.adapters.disk import DiskStore
from rexian.contacts.domain.files import BadFile, FileTooLarge, examine, file_name
from rexian.contacts.domain.lifecycle import NotNow
from rexian.contacts.domain.lines import TooMany
from rexian.contacts.domain.refusals import NotTheirs
from rexian.contacts.queries import attachment_content, attachments_of, transcript
from rexian.contacts.services import (
    accept_offer,
    attach_file,
    end_contact,
    finish_contact,
    leave_as_customer,
    remove_orphans,
    save_record,
)
from rexian.contacts.services import files as files_of
from rexian.contacts.services.records import RecordDetails
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cast import nothing_changes
from tests.contacts.conftest import House, later
from tests.contacts.pictures import PDF, chunk, exif, gif, jpeg, png, riff, segment, webp

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: LazySettings) -> Path:
    """Give the installation a home of its own."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    return tmp_path


def kept(home: Path) -> list[Path]:
    """Return the files in a home."""
    return [one for one in (home / "files").rglob("*") if one.is_file()]


def served(house: House) -> tuple[int, Actor]:
    agent = house.ready()
    made = house.arrival()
    accept_offer(made, actor=agent, at=later(1))
    return made, agent


@pytest.mark.parametrize(
    ("content", "media_type", "size"),
    [
        (png(), "image/png", (3, 2)),
        (jpeg(), "image/jpeg", (4, 3)),
        (gif(), "image/gif", (5, 4)),
        (webp(), "image/webp", (6, 5)),
        (PDF, "application/pdf", (None, None)),
    ],
    ids=["png", "jpeg", "gif", "webp", "pdf"],
)
def test_a_file_is_what_its_content_says(
    content: bytes, media_type: str, size: tuple[int | None, int | None]
) -> None:
    found = examine(content, most=MEGABYTE)
    assert (found.media_type, (found.width, found.height)) == (media_type, size)
    assert found.content == content


@pytest.mark.parametrize(
    "content",
    [
        png(3, 2, chunk(b"eXIf", b"GPS 31.23N"), chunk(b"tEXt", b"GPS 31.23N")),
        jpeg(4, 3, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00GPS 31.23N")),
        jpeg(4, 3, segment(0xFE, b"GPS 31.23N"), segment(0xED, b"GPS 31.23N")),
        jpeg() + b"GPS 31.23N",
        jpeg(4, 3, segment(0xE1, exif(1))),
        gif(5, 4, b"\x21\xfe\x0aGPS 31.23N\x00", b"\x21\xff\x0bXMP DataXMP\x03GPS\x00"),
        webp(6, 5, riff(b"EXIF", b"GPS 31.23N"), riff(b"XMP ", b"GPS 31.23N")),
    ],
    ids=["png", "jpeg-xmp", "jpeg-notes", "jpeg-behind", "jpeg-exif", "gif", "webp"],
)
def test_where_a_picture_was_taken_does_not_come_with_it(content: bytes) -> None:
    bare = examine(content, most=MEGABYTE).content
    assert b"GPS" in content
    assert b"GPS" not in bare
    assert examine(bare, most=MEGABYTE).content == bare


@pytest.mark.parametrize("order", ["MM", "II"])
def test_a_photograph_stays_upright(order: str) -> None:
    bare = examine(jpeg(4, 3, segment(0xE1, exif(6, order))), most=MEGABYTE).content
    assert b"GPS" not in bare
    assert bare.count(b"Exif") == 1
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in bare


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 a zip that swells",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90 a program",
        b"#!/bin/sh\n",
        b"%PDF-1.4 that is cut off",
        png()[:-3],
        png().replace(b"IDAT", b"IDAX"),
        jpeg()[:-2],
        jpeg()[:30],
        gif()[:-4],
        webp()[:-6],
        b"RIFF\x04\x00\x00\x00AVI ",
    ],
)
def test_what_is_nothing_of_the_kind_or_not_whole_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        examine(content, most=MEGABYTE)


@pytest.mark.parametrize(
    "content",
    [
        png(60_000, 60_000),
        png(0, 5),
        jpeg(65_000, 65_000),
        gif(2_000, 2_000, frames=100),
        webp(16_384, 16_384),
    ],
    ids=["png", "nothing", "jpeg", "gif", "webp"],
)
def test_a_picture_that_swells_is_refused_by_its_head(content: bytes) -> None:
    with pytest.raises(BadFile, match="too large"):
        examine(content, most=MEGABYTE)


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(FileTooLarge):
        examine(bytes(11 * MEGABYTE), most=10 * MEGABYTE)


@given(
    st.sampled_from([png(), jpeg(4, 3, segment(0xE1, exif(6))), gif(), webp(), PDF]),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=6),
    st.integers(0, 200),
)
def test_whatever_comes_is_examined_or_refused(
    content: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    given_bytes = bytearray(content)
    for place, value in changes:
        given_bytes[place % len(given_bytes)] = value
    for one in (bytes(given_bytes), bytes(given_bytes[:length])):
        try:
            found = examine(one, most=MEGABYTE)
        except BadFile:
            continue
        assert examine(found.content, most=MEGABYTE).content == found.content


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("现场照片.png", "现场照片.jpg"),
        ("invoice.exe", "invoice.jpg"),
        ("C:\\Users\\wang\\照片.JPG", "照片.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
        ('"; rm -rf /\x00.jpg', "file.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("<script>alert(1)</script>", "script>.jpg"),
        ("长" * 500, "长" * 110 + ".jpg"),
    ],
)
def test_a_name_is_text_and_ends_as_the_content_does(name: str, called: str) -> None:
    assert file_name(name, "jpg") == called


@pytest.mark.django_db
def test_a_file_is_sent_and_read_again(house: House, home: Path) -> None:
    made, agent = served(house)
    line = attach_file(made, name="现场.jpeg", content=jpeg(), sent_as="f", actor=None, at=later(3))
    assert transcript(made)[-1] == line
    shown, content = attachment_content(line.attachment or 0, made)
    assert (shown.name, shown.media_type, content) == ("现场.jpg", "image/jpeg", jpeg())
    assert (shown.width, shown.height, shown.is_picture) == (4, 3, True)
    other = attach_file(made, name="表.pdf", content=PDF, sent_as="g", actor=agent, at=later(4))
    assert {one.name for one in attachments_of([made]).values()} == {"现场.jpg", "表.pdf"}
    assert other.person == agent.person
    assert len(kept(home)) == 2
    with pytest.raises(NotFound):
        attachment_content(line.attachment or 0, house.arrival(after=9))


@pytest.mark.django_db
def test_the_same_file_sent_twice_is_one(house: House, home: Path) -> None:
    made, _ = served(house)
    lines = {
        attach_file(made, name="a.png", content=png(), sent_as="f", actor=None, at=later(3 + one))
        for one in range(2)
    }
    assert len(lines) == len(kept(home)) == 1


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing_behind(house: House, home: Path) -> None:
    made, agent = served(house)
    other = house.actor(Role.TEAM_LEADER)
    with nothing_changes():
        for content, actor, error in (
            (b"PK", agent, BadFile),
            (bytes(11 * MEGABYTE), None, FileTooLarge),
            (png(), other, NotTheirs),
            (png(), house.actor("outsider"), NotFound),
        ):
            with pytest.raises(error):
                attach_file(made, name="a", content=content, sent_as="", actor=actor, at=later(2))
    assert kept(home) == []


@pytest.mark.django_db
def test_no_file_is_sent_when_it_is_over(house: House, home: Path) -> None:
    made, agent = served(house)
    end_contact(made, actor=agent, at=later(2))
    with pytest.raises(NotNow):
        attach_file(made, name="a", content=png(), sent_as="", actor=agent, at=later(3))
    attach_file(made, name="a", content=png(), sent_as="", actor=None, at=later(3))
    leave_as_customer(made, at=later(4))
    save_record(made, details=RecordDetails(category="road"), actor=agent, at=later(5))
    finish_contact(made, actor=agent, at=later(5))
    with pytest.raises(NotNow):
        attach_file(made, name="a", content=png(), sent_as="", actor=None, at=later(6))
    assert len(kept(home)) == 1


@pytest.mark.django_db
def test_a_flood_of_files_is_held_off(house: House, home: Path) -> None:
    made, _ = served(house)

    def send(number: int, after: float) -> str:
        try:
            attach_file(
                made, name="a", content=png(), sent_as=f"{number}", actor=None, at=later(after)
            )
        except (TooMany, BadFile) as error:
            return error.code
        return "sent"

    assert {send(one, 3) for one in range(60)} == {"sent", "too-many-turns"}
    assert {send(100 + one, 100 + 20 * one) for one in range(60)} == {"sent", "file-not-accepted"}
    assert len(kept(home)) == files_of.MOST_FILES


@pytest.mark.django_db
def test_who_is_killed_in_between_leaves_an_orphan_that_is_removed(
    house: House, home: Path
) -> None:
    made, _ = served(house)
    attach_file(made, name="a", content=png(), sent_as="kept", actor=None, at=later(2))
    here = kept(home)[0]
    store = disk.file_store()
    store.store("ab/" + "0" * 32, b"never told of")
    (home / "files/contacts/ab" / f".{'1' * 32}.4711").write_bytes(b"never finished")
    now = datetime.now(UTC)
    assert remove_orphans(before=now - timedelta(days=1)) == 0
    yesterday = time.time() - 2 * 86400
    for one in kept(home):
        os.utime(one, (yesterday, yesterday))
    assert remove_orphans(before=now - timedelta(days=1)) == 2
    assert kept(home) == [here]


def test_a_store_writes_whole_files_and_nothing_outside(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "files")
    store.store("ab/" + "0" * 32, b"one")
    assert store.fetch("ab/" + "0" * 32) == b"one"
    for name in ("../secret", "ab/../../secret", "/etc/passwd", "ab/" + "0" * 31 + "/"):
        with pytest.raises(FileNotFoundError):
            store.fetch(name)
        with pytest.raises(FileNotFoundError):
            store.store(name, b"")
    store.remove("ab/" + "0" * 32)
    store.remove("ab/" + "0" * 32)
    assert kept(tmp_path) == []

"""Files come from anywhere: their names are only shown, and what would harm is not taken."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db import connection

from rexian.clockwork.models import Work
from rexian.dialogue import models, queries
from rexian.dialogue.domain.batches import NoStandard, WrongUpload, file_names
from rexian.dialogue.services.batches import sweep_folders
from rexian.dialogue.services.receiving import receive_conversations
from rexian.journal.models import Entry
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import Invalid, NotFound

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def stored(tmp_path: Path) -> list[Path]:
    """Return the files that lie in the folder of uploads."""
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["../../etc/passwd"], ["passwd"]),
        (["C:\\Temp\\六月.csv"], ["六月.csv"]),
        (["a.csv", "b/a.csv", "a.csv"], ["a.csv", "a (2).csv", "a (3).csv"]),
        (["", ".."], ["upload-1", "upload-2"]),
        (["\x00\x1b[31m.txt"], ["[31m.txt"]),
        (["長" * 300 + ".jsonl"], ["長" * 114 + ".jsonl"]),
    ],
)
def test_of_a_name_only_the_last_part_is_kept(names: list[str], expected: list[str]) -> None:
    assert file_names(names) == expected


def test_a_file_lies_under_a_random_name_and_a_job_waits_for_it(
    send_in: Callable[..., int], lines: Callable[..., Any], tmp_path: Path
) -> None:
    batch_id = send_in(lines(2, name="../../calls.jsonl"))
    (path,) = stored(tmp_path)
    assert path.parts[-3] == "inspections"
    assert "calls" not in path.name
    work = Work.objects.get(subject=f"inspection-batch:{batch_id}")
    assert (work.name, work.data) == ("dialogue.inspect_batch", {"batch": batch_id})
    entry = Entry.objects.get(subject=f"inspection-batch:{batch_id}")
    assert (entry.name, entry.data) == ("dialogue.batch_uploaded", {"files": 1})


def test_nothing_stays_of_what_is_refused(
    send_in: Callable[..., int], lines: Callable[..., Any], sent: Any, tmp_path: Path
) -> None:
    with pytest.raises(WrongUpload, match=r"empty\.csv is empty"):
        send_in(lines(2), sent("empty.csv", b""))
    assert stored(tmp_path) == []
    assert not models.Batch.objects.exists()
    assert not Work.objects.filter(name="dialogue.inspect_batch").exists()


def test_files_that_are_too_large_together_are_refused(
    send_in: Callable[..., int], sent: Any, settings: Any, tmp_path: Path
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, upload_limit=3000)
    with pytest.raises(WrongUpload, match="larger than"):
        send_in(sent("a.txt", b"x" * 2000), sent("b.txt", b"x" * 1001))
    assert stored(tmp_path) == []


def test_a_workbook_that_swells_is_refused(send_in: Callable[..., int], sent: Any) -> None:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    with pytest.raises(WrongUpload, match="swells"):
        send_in(sent("calls.xlsx", stream.getvalue()))


def test_no_file_and_too_many_files_are_refused(
    send_in: Callable[..., int], lines: Callable[..., Any]
) -> None:
    with pytest.raises(WrongUpload):
        send_in()
    with pytest.raises(WrongUpload):
        send_in(*[lines(1)] * 201)


def test_a_role_that_is_none_is_refused(
    send_in: Callable[..., int], lines: Callable[..., Any]
) -> None:
    with pytest.raises(Invalid):
        send_in(lines(1), roles={"A": "spectator"})


def test_without_a_standard_in_force_nothing_is_inspected(
    cast: Any, lines: Callable[..., Any]
) -> None:
    rights = {"dialogue.inspect": frozenset({"/"}), "standard.read": frozenset({"/"})}
    elsewhere = replace(cast.actor("outsider"), grants=rights)
    with pytest.raises(NoStandard):
        receive_conversations(
            cast.theirs.organisation,
            uploads=[lines(1)],
            roles={},
            version_id=None,
            today=NOW.date(),
            actor=elsewhere,
            at=NOW,
        )


def test_whoever_may_only_read_sends_nothing_in(
    office: Any, send_in: Callable[..., int], lines: Callable[..., Any], tmp_path: Path
) -> None:
    with pytest.raises(RightMissing):
        send_in(lines(1), actor=office.reader)
    assert stored(tmp_path) == []


def test_another_organisations_batch_is_not_there(
    office: Any, send_in: Callable[..., int], lines: Callable[..., Any]
) -> None:
    batch_id = send_in(lines(1))
    stranger = replace(office.stranger, grants={"dialogue.read": frozenset({"/"})})
    with pytest.raises(NotFound):
        queries.batch(stranger, batch_id)
    assert queries.batch(office.reader, batch_id).line.total is None


def test_what_is_sent_twice_as_the_same_is_one_batch(
    send_in: Callable[..., int], lines: Callable[..., Any], tmp_path: Path
) -> None:
    first = send_in(lines(2), sent_as="one-click")
    assert send_in(lines(2), sent_as="one-click") == first
    assert send_in(lines(2), sent_as="another") != first
    assert send_in(lines(2)) != send_in(lines(2))
    assert len(stored(tmp_path)) == models.Batch.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_of_two_sendings_at_once_one_is_kept(
    send_in: Callable[..., int], lines: Callable[..., Any], tmp_path: Path
) -> None:
    together = Barrier(2, timeout=10)

    class Slow:
        """A file of which both sendings have a part before either is kept."""

        name = "calls.jsonl"

        def chunks(self) -> Iterator[bytes]:
            together.wait()
            yield from lines(2).chunks()

    def sending() -> int:
        try:
            return send_in(Slow(), sent_as="two-clicks")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = [pool.submit(sending) for _ in range(2)]
        ids = {one.result() for one in made}
    assert len(ids) == models.Batch.objects.count() == len(stored(tmp_path)) == 1


def test_files_that_belong_to_no_batch_are_swept_up_after_a_day(
    send_in: Callable[..., int], lines: Callable[..., Any], tmp_path: Path
) -> None:
    send_in(lines(2))
    left = tmp_path / "files" / "inspections" / "left"
    left.mkdir()
    (left / "file").write_bytes(b"of a process that died")
    written = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    assert sweep_folders(at=written + timedelta(hours=23)) == 0
    assert sweep_folders(at=written + timedelta(hours=25)) == 1
    assert not left.exists()
    assert len(stored(tmp_path)) == 1

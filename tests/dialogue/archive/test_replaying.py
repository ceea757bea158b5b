"""An archive is judged again: as in memory, once, whatever becomes of files and processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from rexian.dialogue.adapters import processes
from rexian.dialogue.domain.archive import NotAnArchive
from rexian.dialogue.domain.archive_standards import CarriedStandard, StandardChanged
from rexian.dialogue.domain.replays import added, counted
from rexian.dialogue.domain.shards import Outturn
from rexian.dialogue.services import replaying_archive_pieces as pieces
from rexian.dialogue.services.archiving_removal import forget_conversations
from rexian.dialogue.services.replaying_archive import Crew, carried, replaying_archive
from rexian.dialogue.services.replaying_files import ReplayedFile, replay_files
from rexian.standard.domain import Inspection, inspect, load
from tests.dialogue.archive.conftest import Made

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

ROWS = 20


@pytest.fixture(scope="module")
def both() -> tuple[CarriedStandard, ...]:
    """Return the shared standard, and the motorway's that is tried against it."""
    return carried("centre"), carried("highway")


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start processes that know what a test has put in place of something."""
    monkeypatch.setattr(processes, "_safe_method", lambda: "fork")


def replay(
    folder: Path, standards: tuple[CarriedStandard, ...], *, jobs: int = 1
) -> tuple[Outturn, int, list[str]]:
    """Replay an archive; return what it comes to, how many pieces were judged, what was not."""
    crew = Crew(jobs)
    with replaying_archive(folder, standards=standards, crew=crew, rows=ROWS) as under_way:
        judged = len(list(under_way.run()))
        return under_way.outturn(), judged, [one.error.code for one in under_way.ruined]


def test_it_comes_to_what_a_replay_in_memory_does(
    archived: Callable[..., Made], both: tuple[CarriedStandard, ...]
) -> None:
    made = archived(9)
    found = [
        one
        for one in replay_files(made.conversations, old="centre", new="highway")
        if isinstance(one, ReplayedFile)
    ]
    told, judged, ruined = replay(made.folder, both)
    tally: dict[str, dict[str, int]] = {}
    for one in found:
        tally = added(tally, counted(one.replayed.changes))
    assert (told.conversations, told.failed, ruined, judged > 2) == (18, 0, [], True)
    assert told.changed == sum(one.replayed.differs for one in found) > 0
    assert told.tally == tally
    scores = [(one.replayed.before, one.replayed.after) for one in found]
    both_scores = [(old, new) for old, new in scores if old is not None and new is not None]
    assert told.scored == len(both_scores)
    assert told.sum_after == pytest.approx(sum(new for _, new in both_scores))
    known = {one.id: one.replayed for one in found}
    for example in told.examples:
        assert example.changes == known[example.id].changes


def test_what_is_done_is_not_done_again(
    archived: Callable[..., Made],
    both: tuple[CarriedStandard, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = archived(9)
    first, _, _ = replay(made.folder, both[:1])
    judging = Judging()
    monkeypatch.setattr(pieces, "inspect", judging)
    compared, judged, _ = replay(made.folder, both)
    assert judging.by == {"highway"}, "what the shared standard had said was judged again"
    assert (compared.conversations, judged > 0) == (first.conversations, True)
    again, judged, _ = replay(made.folder, both)
    assert (again, judged) == (compared, 0)
    assert replay(made.folder, both[:1])[:2] == (first, 0)


def test_only_what_was_written_anew_is_judged_again(
    archived: Callable[..., Made], both: tuple[CarriedStandard, ...]
) -> None:
    made = archived(9)
    before, all_pieces, _ = replay(made.folder, both)
    keys = {"file:c-4"}
    assert forget_conversations(made.folder, organisation="huatong", keys=keys) == 1
    after, judged, _ = replay(made.folder, both)
    assert (after.conversations, 0 < judged < all_pieces) == (before.conversations - 1, True)
    ids = [row["conversation"] for row in rows_of(made.folder / "replays")]
    assert "c-4" not in ids
    assert "c-5" in ids


@pytest.mark.usefixtures("forked")
def test_a_killed_process_costs_its_piece_once(
    archived: Callable[..., Made],
    both: tuple[CarriedStandard, ...],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    made = archived(9)
    quiet, _, _ = replay(made.folder, both)
    once = Once(tmp_path / "killed")
    monkeypatch.setattr(pieces, "inspect", once)
    folder = tmp_path / "archive" / "replays"
    for one in sorted(folder.rglob("*.parquet")):
        one.unlink()
    told, _, ruined = replay(made.folder, both, jobs=2)
    assert once.marker.exists()
    assert (told, ruined) == (quiet, [])
    assert not list(folder.rglob(".*")), "what it left unfinished is in the way"


@pytest.mark.usefixtures("forked")
def test_a_piece_that_kills_whoever_judges_it_is_given_up(
    archived: Callable[..., Made],
    both: tuple[CarriedStandard, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = archived(9)
    monkeypatch.setattr(pieces, "inspect", deadly)
    told, _, ruined = replay(made.folder, both[:1], jobs=2)
    assert ruined == ["worker-lost"]
    assert 0 < told.conversations < 18


def test_a_shard_that_is_cut_off_is_told_and_the_others_are_judged(
    archived: Callable[..., Made], both: tuple[CarriedStandard, ...]
) -> None:
    made = archived(9)
    shard = made.shards[0]
    shard.write_bytes(shard.read_bytes()[:-100])
    told, _, ruined = replay(made.folder, both[:1])
    assert (told.conversations, ruined) == (9, ["archive-broken-shard"])


def test_a_bug_spoils_one_conversation(
    archived: Callable[..., Made],
    both: tuple[CarriedStandard, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = archived(6)
    monkeypatch.setattr(pieces, "inspect", stumbling)
    told, _, ruined = replay(made.folder, both)
    assert (told.conversations, told.failed, ruined) == (8, 4, [])
    assert "ZeroDivisionError" in told.faults[0][1]
    monkeypatch.undo()
    again, judged, _ = replay(made.folder, both[:1])
    assert (again.failed, judged) == (4, 0), "what failed is not passed over in silence"


def test_verdicts_are_a_plain_table_that_says_by_whom(
    archived: Callable[..., Made], both: tuple[CarriedStandard, ...]
) -> None:
    made = archived(3)
    replay(made.folder, both)
    centre = both[0].content_hash
    verdicts = rows_of(made.folder / "replays" / "verdicts" / centre[:12])
    assert {row["content_hash"] for row in verdicts} == {centre}
    rude = [row for row in verdicts if row["outcome"] == "missed" and "喂" in row["quote"]]
    assert {row["conversation"] for row in rude} == {"c-0", "c-3"}
    changes = rows_of(made.folder / "replays" / "changes")
    assert {row["outcome_before"] for row in changes} == {"nothing", "undecided"}


def test_a_standard_travels_by_what_it_says(both: tuple[CarriedStandard, ...]) -> None:
    sent = CarriedStandard(
        both[0].name, both[0].version, "not its hash", both[0].packs, both[0].parameters
    )
    with pytest.raises(StandardChanged):
        sent.compiled()
    assert both[0].compiled().content_hash == load("centre").content_hash


def test_a_folder_without_an_archive_is_said_to_be_none(
    tmp_path: Path, both: tuple[CarriedStandard, ...]
) -> None:
    with pytest.raises(NotAnArchive):
        replay(tmp_path, both)


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """Return all rows below a folder."""
    files = sorted(folder.rglob("*.parquet"))
    return [row for one in files for row in parquet.ParquetFile(one).read().to_pylist()]


class Judging:
    """Judges as ever, and knows by which standards."""

    def __init__(self) -> None:
        self.by: set[str] = set()

    def __call__(self, standard: Any, facts: Any, events: Iterable[Any]) -> Inspection:
        """Judge, and note it."""
        self.by.add(standard.name)
        return inspect(standard, facts, events)


class Once:
    """Kills its process the first time that it judges, wherever that is."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __call__(self, standard: Any, facts: Any, events: Iterable[Any]) -> Inspection:
        """Judge, or be killed in the middle of a piece."""
        try:
            self.marker.touch(exist_ok=False)
        except FileExistsError:
            return inspect(standard, facts, events)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def deadly(standard: Any, facts: Any, events: Iterable[Any]) -> Inspection:
    """Judge, but for the one conversation that kills."""
    heard = list(events)
    if any(one.text.endswith(" 4") for one in heard):
        os.kill(os.getpid(), signal.SIGKILL)
    return inspect(standard, facts, heard)


def stumbling(standard: Any, facts: Any, events: Iterable[Any]) -> Inspection:
    """Judge, but for conversations of two turns."""
    heard = list(events)
    if len(heard) == 2:
        raise ZeroDivisionError
    return inspect(standard, facts, heard)

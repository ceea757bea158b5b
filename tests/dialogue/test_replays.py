"""What two versions say of the same conversation, compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rexian.dialogue.domain.replays import Change, added, compared, counted
from rexian.dialogue.domain.unreadable import Unreadable
from rexian.dialogue.services import find_records
from rexian.dialogue.services.replaying_files import ReplayedFile, replay_files
from rexian.kernel.errors import NotFound
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

MET, MISSED, SUSPECT, NOT = Outcome.MET, Outcome.MISSED, Outcome.SUSPECT, Outcome.NOT_APPLICABLE


def said(*verdicts: tuple[Any, ...], score: float | None = 50.0) -> Inspection:
    """Return an inspection of verdicts written as outcome, turns and clause."""
    made = [
        Verdict(rest[1] if len(rest) > 1 else "T-1", "rule", outcome, rest[0] if rest else ())
        for outcome, *rest in verdicts
    ]
    return Inspection("small", "1", "hash", score, tuple(made))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([(MISSED, (3,))], [(MISSED, (3,))], {}, id="nothing-changes"),
        pytest.param([(MISSED, (3,))], [(MET,)], {"T-1": {"missed>met": 1}}, id="acquitted"),
        pytest.param([(MET,)], [(MISSED, (3,))], {"T-1": {"met>missed": 1}}, id="convicted"),
        pytest.param(
            [(MISSED, (1,)), (MISSED, (5,))],
            [(MISSED, (5,))],
            {"T-1": {"missed>nothing": 1}},
            id="one-of-two",
        ),
        pytest.param([(MISSED, (3,))], [(MISSED, (7,))], {}, id="found-elsewhere-is-found"),
        pytest.param(
            [(MISSED, (1,)), (MET, (5,))],
            [(SUSPECT, (1,)), (MET, (6,))],
            {"T-1": {"missed>suspect": 1}},
            id="by-turns-first",
        ),
        pytest.param([(NOT,)], [(MET,)], {"T-1": {"nothing>met": 1}}, id="not-due-is-nothing"),
        pytest.param(
            [(MISSED, (1,), "T-1")],
            [(MISSED, (1,), "T-2")],
            {"T-1": {"missed>nothing": 1}, "T-2": {"nothing>missed": 1}},
            id="clauses-stay-apart",
        ),
    ],
)
def test_only_what_comes_out_otherwise_is_a_change(
    before: list[Any], after: list[Any], expected: dict[str, Any]
) -> None:
    assert counted(compared(said(*before), said(*after)).changes) == expected


def test_a_change_comes_back_as_it_was() -> None:
    (change,) = compared(said((MISSED, (3,))), said((MET,))).changes
    assert Change.from_plain(json.loads(json.dumps(change.to_plain()))) == change
    assert change.step == "missed>met"


def test_tallies_add_up() -> None:
    one, other = {"T-1": {"missed>met": 2}}, {"T-1": {"missed>met": 1}, "T-2": {"met>missed": 1}}
    assert added(one, other) == {"T-1": {"missed>met": 3}, "T-2": {"met>missed": 1}}


@pytest.mark.parametrize(
    ("before", "after", "moved"), [(50.0, 80.0, 30.0), (80.0, 50.0, 30.0), (None, 80.0, 0.0)]
)
def test_a_score_moves_either_way(before: float | None, after: float | None, moved: float) -> None:
    found = compared(said(score=before), said(score=after))
    assert (found.moved, found.differs) == (moved, True)


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Return a file of a conversation with a forbidden word, and a line that is none."""
    file = tmp_path / "calls.jsonl"
    turns = [{"role": "agent", "text": "喂，不知道。"}, {"role": "customer", "text": "什么态度"}]
    record = json.dumps({"id": "c-1", "turns": turns}, ensure_ascii=False)
    file.write_text(f"{record}\nno json\n", "utf-8")
    return file


def test_files_are_replayed_without_a_database(calls: Path) -> None:
    found, broken = replay_files(find_records([calls]), old="centre", new="highway")
    assert isinstance(found, ReplayedFile)
    assert isinstance(broken, Unreadable)
    assert found.id == "c-1"
    assert any(one.clause == "HW-3.3" for one in found.replayed.changes)
    (same, _) = replay_files(find_records([calls]), old="centre", new="centre")
    assert isinstance(same, ReplayedFile)
    assert not same.replayed.differs


def test_a_standard_that_is_not_there_is_refused_before_anything_is_read() -> None:
    with pytest.raises(NotFound):
        replay_files([], old="centre", new="no-such-standard")

"""Verdicts on a heard call are compared with those on its true text, by clause and time."""

from __future__ import annotations

from rexian.dialogue.domain.agreeing import Equality, compare_heard
from rexian.standard.domain.events import Speaker, Turn
from rexian.standard.domain.verdicts import Outcome, Verdict

TRUE = [Turn(0, Speaker.AGENT, "您好", 0, 5), Turn(1, Speaker.AGENT, "再见", 20, 25)]
HEARD = [
    Turn(7, Speaker.AGENT, "您", 0.2, 2),
    Turn(8, Speaker.AGENT, "好", 2.5, 5.1),
    Turn(9, Speaker.AGENT, "再见", 20.1, 25),
]


def said(clause: str, outcome: Outcome, *turns: int) -> Verdict:
    """Return a verdict that shows these turns."""
    return Verdict(clause, "rule", outcome, turns)


def test_what_overlaps_in_time_is_the_same_however_turns_are_cut() -> None:
    true = [said("T-1", Outcome.MET, 0), said("T-2", Outcome.MISSED, 1)]
    heard = [said("T-1", Outcome.MET, 8), said("T-2", Outcome.MISSED, 7)]
    found = compare_heard((TRUE, true), (HEARD, heard))
    assert [one.clause for one, _ in found.same] == ["T-1"]
    assert [one.clause for one in found.only_true] == ["T-2"]
    assert found.wrongly_missed == (heard[1],)
    assert (found.share, found.right) == (1 / 3, 1 / 2)


def test_what_shows_no_turn_equals_any_and_counts_once() -> None:
    true = [said("T-1", Outcome.MET)]
    heard = [said("T-1", Outcome.MET), said("T-1", Outcome.MET)]
    assert compare_heard((TRUE, true), (HEARD, heard)).share == 1


def test_what_is_undecided_is_said_of_nobody() -> None:
    true = [said("T-1", Outcome.MET, 0), said("T-2", Outcome.NOT_APPLICABLE)]
    found = compare_heard((TRUE, true), (HEARD, [said("T-1", Outcome.UNDECIDED, 7)]))
    assert (found.share, found.right, found.only_heard) == (0, 1, ())


def test_equalities_add_up() -> None:
    one = compare_heard((TRUE, [said("T-1", Outcome.MET, 0)]), (HEARD, []))
    assert len((one + one + Equality()).only_true) == 2
    assert Equality().share == 1

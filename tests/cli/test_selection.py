from __future__ import annotations

import pytest

from rexian.cli.selection import Selection, is_within
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.standard.domain import Inspection, Outcome, Verdict

VERDICTS = (
    Verdict("HW-3.12", "words", Outcome.MISSED),
    Verdict("HW-3.1", "posture", Outcome.MET),
    Verdict("CC-2", "name", Outcome.MET),
    Verdict("CC-2b", "title", Outcome.UNDECIDED),
)


def conversation(score: float | None) -> InspectedConversation:
    """Return an inspected conversation with the verdicts above."""
    return InspectedConversation(
        Conversation("S1", ()), Inspection("centre", "1.0.0", "0" * 64, score, VERDICTS)
    )


@pytest.mark.parametrize(
    ("clause", "wanted", "within"),
    [
        ("HW-3.12", "HW-3.12", True),
        ("HW-3.12", "HW-3", True),
        ("HW-3.12", "HW", True),
        ("HW-3.12", "HW-3.1", False),
        ("HW-3.12", "H", False),
        ("CC-2b", "CC-2", False),
        ("CC-20", "CC-2", False),
    ],
)
def test_a_clause_is_within_itself_its_chapter_and_its_book(
    clause: str, wanted: str, within: bool
) -> None:
    assert is_within(clause, wanted) is within


@pytest.mark.parametrize(
    ("selection", "clauses"),
    [
        (Selection(), ["HW-3.12", "HW-3.1", "CC-2", "CC-2b"]),
        (Selection(clauses=("HW",)), ["HW-3.12", "HW-3.1"]),
        (Selection(outcomes=("met",)), ["HW-3.1", "CC-2"]),
        (Selection(clauses=("CC", "HW-3.12"), outcomes=("missed",)), ["HW-3.12"]),
        (Selection(below=80), ["HW-3.12", "HW-3.1", "CC-2", "CC-2b"]),
    ],
)
def test_the_verdicts_that_are_wanted_are_kept(selection: Selection, clauses: list[str]) -> None:
    (kept,) = selection.among([conversation(79.5)])
    assert [verdict.clause for verdict in kept.inspection.verdicts] == clauses
    assert kept.inspection.score == 79.5


@pytest.mark.parametrize(
    ("selection", "score"),
    [
        (Selection(clauses=("GH",)), 50.0),
        (Selection(outcomes=("suspect",)), 50.0),
        (Selection(below=80), 80.0),
        (Selection(below=80), None),
    ],
)
def test_a_conversation_without_anything_wanted_is_left_out(
    selection: Selection, score: float | None
) -> None:
    assert list(selection.among([conversation(score)])) == []

"""The order of events, and the way of a conversation between processes."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.dialogue.domain.conversations import Conversation, Label
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

RING = Signal(SignalName.RING, 0.0)
ANSWER = Signal(SignalName.ANSWER, 6.0, Speaker.AGENT)
HOLD_ON = Signal(SignalName.HOLD_ON, 10.0, Speaker.AGENT)
HOLD_OFF = Signal(SignalName.HOLD_OFF, 20.0, Speaker.AGENT)
HANG_UP = Signal(SignalName.HANG_UP, 30.0, Speaker.CUSTOMER)


def turn(index: int, start: float | None = None) -> Turn:
    """Return a turn that says its number."""
    return Turn(index, Speaker.AGENT, f"{index}", start, None if start is None else start + 1)


def undated(signal: Signal) -> Signal:
    """Return the same signal from a source without times."""
    return Signal(signal.name, None, signal.by)


FIRST, SECOND = turn(0, 7.0), turn(1, 21.0)


@pytest.mark.parametrize(
    ("turns", "signals", "expected"),
    [
        pytest.param(
            (FIRST, SECOND),
            (RING, ANSWER, HOLD_ON, HOLD_OFF, HANG_UP),
            [RING, ANSWER, FIRST, HOLD_ON, HOLD_OFF, SECOND, HANG_UP],
            id="by time",
        ),
        pytest.param(
            (SECOND, FIRST),
            (HANG_UP, ANSWER),
            [ANSWER, FIRST, SECOND, HANG_UP],
            id="whatever their order in the source",
        ),
        pytest.param(
            (turn(0), turn(1)),
            (HANG_UP, HOLD_ON, RING, ANSWER),
            [RING, ANSWER, turn(0), turn(1), HANG_UP],
            id="turns without times: a hold cannot be placed",
        ),
        pytest.param(
            (FIRST, SECOND),
            tuple(map(undated, (HANG_UP, HOLD_ON, ANSWER))),
            [undated(ANSWER), FIRST, SECOND, undated(HANG_UP)],
            id="signals without times",
        ),
        pytest.param(
            (turn(0), turn(1, 7.0), turn(2), turn(3, 21.0)),
            (ANSWER, HOLD_ON),
            [ANSWER, turn(0), turn(1, 7.0), turn(2), HOLD_ON, turn(3, 21.0)],
            id="a turn without a time stays where it stands",
        ),
        pytest.param(
            (turn(0, 6.0), turn(1, 30.0)),
            (ANSWER, HANG_UP),
            [ANSWER, turn(0, 6.0), turn(1, 30.0), HANG_UP],
            id="at one instant the answer first and the end last",
        ),
    ],
)
def test_events_come_in_the_order_in_which_they_happened(
    turns: tuple[Turn, ...], signals: tuple[Signal, ...], expected: list[Turn | Signal]
) -> None:
    assert Conversation("1", turns, signals).events() == expected


times = st.none() | st.floats(0, 100)


@given(
    st.lists(times).map(lambda starts: tuple(turn(i, at) for i, at in enumerate(starts))),
    st.lists(st.builds(Signal, st.sampled_from(SignalName), times)).map(tuple),
)
def test_every_turn_is_an_event_and_times_never_go_back(
    turns: tuple[Turn, ...], signals: tuple[Signal, ...]
) -> None:
    events = Conversation("1", turns, signals).events()
    assert sorted(one.index for one in events if isinstance(one, Turn)) == list(range(len(turns)))
    starts = [one.start for one in events if isinstance(one, Turn) and one.start is not None]
    assert starts == sorted(starts)


def test_a_conversation_and_its_inspection_arrive_in_another_process_as_they_left() -> None:
    conversation = Conversation(
        id="1",
        turns=(FIRST, turn(5)),
        signals=(RING, undated(HANG_UP)),
        facts=Facts("phone", "in", parameters={"company": "云岭"}),
        standard="highway",
        labels=(Label("CC-1", "met", 0, "您好", "greets"),),
        source="calls.jsonl",
        line=3,
    )
    verdict = Verdict("CC-1", "greeting", Outcome.MET, (0,), "您好", 7.0, (("en", "He did."),))
    inspection = Inspection("highway", "1", "abc", 87.5, (verdict,))
    inspected = InspectedConversation(conversation, inspection, asked_for="gas")
    assert pickle.loads(pickle.dumps(inspected)) == inspected  # noqa: S301 - our own

"""A source tells of some signals only; without a speaker, or without words, little is judged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rexian.standard.domain import (
    Event,
    Facts,
    Signal,
    SignalName,
    Speaker,
    Standard,
    Turn,
    inspect,
    load,
)
from rexian.standard.domain.events import Voice
from rexian.standard.domain.verdicts import Outcome

RULES = """
acts:
  - {id: greet, title: 问候, is: {phrase: [您好]}}
scenes:
  - {id: greeting, clause: T-1, title: 问候, when: start, decided: end, expect: {agent: greet}}
  - id: rings
    clause: T-2
    title: 响铃
    when: {signal: answer}
    within: 1
    expect: {rings: {at_most: 3}}
  - id: hangs-up
    clause: T-3
    title: 挂机
    when: {signal: hang_up}
    expect: {signal: hang_up, by: customer}
"""
RINGS: list[Event] = [
    *(Signal(SignalName.RING, at) for at in (0.0, 5.0)),
    Signal(SignalName.ANSWER, 6.0, Speaker.AGENT),
]


def said(standard: Standard, facts: Facts, events: list[Event]) -> dict[str, str]:
    """Return what is said of each clause."""
    found = inspect(standard, facts, events).verdicts
    return {one.clause: one.outcome.value for one in found}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, {"T-1": "met", "T-2": "met", "T-3": "missed"}),
        (("ring", "answer"), {"T-1": "met", "T-2": "met", "T-3": "undecided"}),
        (("hang_up",), {"T-1": "met", "T-2": "undecided", "T-3": "missed"}),
    ],
    ids=["all", "a-recording", "no-rings"],
)
def test_rules_rest_on_signals_that_the_source_tells(
    small_standard: Callable[[str], Standard],
    told: tuple[str, ...] | None,
    expected: dict[str, str],
) -> None:
    events = [
        *RINGS,
        Turn(0, Speaker.AGENT, "您好。", 7, 8),
        Signal(SignalName.HANG_UP, 9, Speaker.AGENT),
    ]
    assert said(small_standard(RULES), Facts(signals_told=told), events) == expected


def test_nobody_is_convicted_of_hanging_up_where_nobody_knows_who_did(
    small_standard: Callable[[str], Standard],
) -> None:
    events = [
        *RINGS,
        Turn(0, Speaker.AGENT, "您好。", 7, 8),
        Signal(SignalName.HANG_UP, 9, Speaker.UNKNOWN),
    ]
    assert said(small_standard(RULES), Facts(), events)["T-3"] == "undecided"


def test_without_speakers_rings_are_judged_all_the_same(
    small_standard: Callable[[str], Standard],
) -> None:
    events = [*RINGS, Turn(0, Speaker.UNKNOWN, "您好。", 7, 8)]
    verdicts = inspect(small_standard(RULES), Facts(), events).verdicts
    assert {one.clause: one.outcome.value for one in verdicts} == {"T-1": "undecided", "T-2": "met"}
    assert "分不清谁在说话" in verdicts[-1].reason()


@pytest.mark.parametrize("name", ["centre", "gas", "highway", "lessons"])
def test_a_call_in_which_nobody_speaks_is_nothing_to_inspect(name: str) -> None:
    facts = Facts("phone", "in", signals_told=("answer",))
    answered = Signal(SignalName.ANSWER, 0.0, Speaker.AGENT)
    hung_up = Signal(SignalName.HANG_UP, 30.0, Speaker.CUSTOMER)
    for told, events in (
        (facts, [answered]),
        (Facts("phone", "in"), [answered, hung_up]),
    ):
        inspection = inspect(load(name), told, events)
        assert inspection.score is None
        said = {one.outcome for one in inspection.verdicts}
        assert said <= {Outcome.NOT_APPLICABLE}, "rings that were not told apply to nothing"


def test_a_sign_of_listening_is_no_answer_and_ends_no_silence(
    small_standard: Callable[[str], Standard],
) -> None:
    rules = """
acts:
  - {id: cuts-in, title: 打断, is: {interrupts: {at_least: 0.5s}}}
  - {id: slow, title: 沉默, is: {pause: {at_least: 5s}}}
scenes:
  - {id: never, clause: T-1, title: 不打断, never: {any: [{act: cuts-in}, {act: slow}]}}
  - id: answer
    clause: T-2
    title: 致歉
    when: {customer: {phrase: [投诉]}}
    within: 1
    expect: {agent: {phrase: [抱歉]}}
"""
    standard = small_standard(rules)
    for voice in (None, Voice(backchannel=True)):
        events: list[Event] = [
            Turn(0, Speaker.CUSTOMER, "我要投诉，说来话长。", 0, 30),
            Turn(1, Speaker.AGENT, "是的。", 10, 11, voice),
            Turn(2, Speaker.AGENT, "很抱歉。", 31, 33, voice and Voice()),
        ]
        assert said(standard, Facts(), events) == {"T-2": "met"}

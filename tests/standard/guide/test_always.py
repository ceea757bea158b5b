"""Whatever is said, the guide answers, and answers the same for a state that was stored."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexian.standard.domain import (
    Event,
    Facts,
    Names,
    Signal,
    SignalName,
    Speaker,
    Standard,
    State,
    Turn,
    before_hold,
    feed,
    guide,
    inform,
    load,
    may_end,
    promises,
    start,
    suggest_category,
    unconfirmed_number,
)

NAMES = Names(company="云岭高速", holiday="春节")
SAID = sorted(
    {
        line[3:]
        for name in ("centre", "highway")
        for rule in load(name).pack.rules()
        for example in rule.examples
        for line in example.talk
        if line.startswith(("客服：", "客户："))
    }
)
TEXTS = st.one_of(st.sampled_from(SAID), st.text(max_size=40))
GAPS = st.one_of(st.just(0.0), st.floats(0, 200, allow_nan=False))
SIDES = st.sampled_from(Speaker)
STEPS = st.lists(
    st.one_of(st.tuples(SIDES, TEXTS, GAPS), st.tuples(SIDES, st.sampled_from(SignalName), GAPS)),
    max_size=14,
)
FACTS = st.builds(
    Facts,
    st.sampled_from(["phone", "chat", None]),
    st.sampled_from(["in", "out", None]),
    st.sampled_from(["enquiry", "help", "complaint", "suggestion", "nuisance", "none", None]),
    st.sampled_from(["simple", "complex", None]),
    st.sampled_from(["holiday", "workday", None]),
    waited=st.sampled_from([None, 5.0, 90.0]),
)


def events(steps: list[tuple[Speaker, Any, float]], *, timed: bool) -> list[Event]:
    """Return the events of steps, with their instants or without."""
    now, turns, made = 0.0, 0, list[Event]()
    for by, what, gap in steps:
        now += gap
        at = now if timed else None
        if isinstance(what, SignalName):
            made.append(Signal(what, at, by))
        else:
            made.append(Turn(turns, by, what, at, at))
            turns += 1
    return made


def answers(standard: Standard, state: State, at: float) -> tuple[Any, ...]:
    """Return everything that can be asked of a state."""
    return (
        guide(standard, state, at=at, names=NAMES),
        guide(standard, state, at=None, names=Names(), language="en"),
        before_hold(standard, state, names=NAMES),
        may_end(standard, state, at),
        unconfirmed_number(state),
    )


@settings(max_examples=60)
@pytest.mark.parametrize("name", ["centre", "highway"])
@given(facts=FACTS, later=FACTS, steps=STEPS, timed=st.booleans(), at=GAPS)
def test_a_state_that_was_stored_has_the_same_guide(
    name: str,
    facts: Facts,
    later: Facts,
    steps: list[tuple[Speaker, Any, float]],
    timed: bool,
    at: float,
) -> None:
    standard = load(name)
    state = start(standard, facts)
    for event in events(steps, timed=timed):
        state, _, _ = feed(standard, state, event)
        found = answers(standard, state, at)
        stored = State.from_json(json.loads(json.dumps(state.to_json())))
        assert answers(standard, stored, at) == found
        assert answers(standard, state, at) == found  # asking changes nothing
    informed = inform(standard, state, later)
    answers(standard, informed, at)
    feed(standard, informed, Turn(99, Speaker.AGENT, "您好", at, at))


@settings(max_examples=100)
@given(text=TEXTS)
def test_any_words_can_be_searched(text: str) -> None:
    for name in ("centre", "highway"):
        standard = load(name)
        for found in suggest_category(standard, text):
            assert all(quote in text for quote in found.because)
        for promised in promises(standard, text, Speaker.AGENT):
            assert promised.quote == text[slice(*promised.span)]

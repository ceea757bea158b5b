"""A state stays small however long the conversation is."""

from __future__ import annotations

import json
from itertools import cycle

import pytest

from rexian.standard.domain import Facts, Speaker, Standard, State, Turn, feed, load, start

TURNS = 1_000
LARGEST = 100_000
FACTS = Facts("phone", "in", "complaint", "complex", "workday")


def texts(standard: Standard) -> list[str]:
    """Return everything that the examples of a standard say, three lines to a turn."""
    talks = [one.talk for rule in standard.pack.rules() for one in rule.examples]
    said = [line[3:] for talk in talks for line in talk if line.startswith(("客服：", "客户："))]
    return ["".join(said[at : at + 3]) for at in range(len(said) - 2)]


def size(state: State) -> int:
    """Return the bytes that a stored state takes."""
    return len(json.dumps(state.to_json(), ensure_ascii=False).encode())


@pytest.mark.parametrize("name", ["centre", "highway"])
def test_a_thousand_turns_leave_a_state_of_less_than_100_kilobytes(name: str) -> None:
    standard = load(name)
    state = start(standard, FACTS)
    largest = 0
    for index, text in zip(range(TURNS), cycle(texts(standard)), strict=False):
        by = Speaker.AGENT if index % 2 else Speaker.CUSTOMER
        turn = Turn(index, by, text, index * 5.0, index * 5.0 + 4.0)
        state, _, _ = feed(standard, state, turn)
        if index % 50 == 49:
            largest = max(largest, size(state))
    assert largest < LARGEST


def test_the_state_of_a_conversation_that_has_not_begun_is_almost_nothing() -> None:
    assert size(start(load("highway"), FACTS)) < 5_000

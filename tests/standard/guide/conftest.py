"""Conversations played to the point at which the guide is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pytest

from rexian.standard.domain import (
    Ending,
    Facts,
    Guide,
    Names,
    Signal,
    SignalName,
    Speaker,
    Standard,
    State,
    Turn,
    feed,
    guide,
    load,
    may_end,
    start,
)

BETWEEN = 3.0
SIDES = {"客服": Speaker.AGENT, "客户": Speaker.CUSTOMER, "系统": Speaker.SYSTEM}
SIGNALS = {
    "[接听]": (SignalName.ANSWER, Speaker.AGENT),
    "[自动接听]": (SignalName.ANSWER, Speaker.SYSTEM),
    "[响铃]": (SignalName.RING, Speaker.SYSTEM),
    "[静音]": (SignalName.MUTE, Speaker.AGENT),
    "[取消静音]": (SignalName.UNMUTE, Speaker.AGENT),
    "[转接]": (SignalName.TRANSFER, Speaker.AGENT),
    "[客服挂机]": (SignalName.HANG_UP, Speaker.AGENT),
}
NAMES = Names(company="云岭高速", agent_number="018")

Line = str | float


@dataclass(frozen=True)
class Played:
    """A conversation as far as it has come: the state, and the present in seconds."""

    standard: Standard
    state: State
    now: float

    def guide(self, names: Names = NAMES, language: str = "zh-Hans") -> Guide:
        """Return the guide at this moment."""
        return guide(self.standard, self.state, at=self.now, names=names, language=language)

    def advice(self, names: Names = NAMES) -> dict[str, tuple[str, ...]]:
        """Return the words that are wanted now, by rule, what comes first first."""
        found = self.guide(names)
        every = (found.next, *found.more)
        return {one.rule: tuple(map(str, one.words)) for one in every if one}

    def ending(self) -> Ending:
        """Return whether it may be ended at this moment."""
        return may_end(self.standard, self.state, self.now)


class Play(Protocol):
    """Plays lines to the state they lead to; every line takes three seconds, chat has no length."""

    def __call__(self, standard: str | Standard, lines: Sequence[Line], **facts: Any) -> Played: ...


def play(standard: str | Standard, lines: Sequence[Line], **facts: Any) -> Played:
    """Play turns, signals in brackets, and seconds that pass."""
    by = load(standard) if isinstance(standard, str) else standard
    known = {"channel": "chat", "direction": "in"} | facts
    state, now, index = start(by, Facts(**known)), 0.0, 0
    for line in lines:
        if not isinstance(line, str):
            now += line
            continue
        if line in SIGNALS:
            name, side = SIGNALS[line]
            state, _, _ = feed(by, state, Signal(name, now, side))
            continue
        now += BETWEEN
        side_name, text = line.split("：", 1)
        state, _, _ = feed(by, state, Turn(index, SIDES[side_name], text, now, now))
        index += 1
    return Played(by, state, now)


@pytest.fixture(name="play")
def _play() -> Play:
    return play

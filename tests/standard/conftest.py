"""Conversations written as lines, and standards written in the test that needs them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from rexian.standard.domain import (
    Event,
    Facts,
    Hint,
    Signal,
    SignalName,
    Speaker,
    Standard,
    Turn,
    Verdict,
    feed,
    finish,
    inspect,
    load,
    start,
)

SIDES = {
    "客服": Speaker.AGENT,
    "客户": Speaker.CUSTOMER,
    "系统": Speaker.SYSTEM,
    "不明": Speaker.UNKNOWN,
}
SIGNALS = {
    "[静音]": (SignalName.MUTE, Speaker.AGENT),
    "[取消静音]": (SignalName.UNMUTE, Speaker.AGENT),
    "[保持]": (SignalName.HOLD_ON, Speaker.AGENT),
    "[取消保持]": (SignalName.HOLD_OFF, Speaker.AGENT),
    "[客服挂机]": (SignalName.HANG_UP, Speaker.AGENT),
    "[客户挂机]": (SignalName.HANG_UP, Speaker.CUSTOMER),
    "[断线]": (SignalName.HANG_UP, Speaker.SYSTEM),
}
SECONDS_A_CHARACTER = 0.25
BETWEEN_TURNS = 0.5
BETWEEN_RINGS = 5.0

MANIFEST = 'name: small\nversion: "1"\ntitle: {zh: 小标准, en: small standard}\n'
CLAUSES = "clauses:\n" + "".join(
    f"  - {{id: T-{number}, text: {{zh: 第{number}条, en: clause {number}}}}}\n"
    for number in (1, 2, 3)
)
AT_THE_END = -1


class Talk:
    """Lines of a conversation put on a clock."""

    def __init__(self, *, timed: bool) -> None:
        self.events: list[Event] = []
        self._timed = timed
        self._now = 0.0
        self._silence: float | None = None
        self._turns = 0

    def line(self, line: str) -> None:
        """Take a line in: an utterance, or in brackets a silence, rings or another signal."""
        measured = re.fullmatch(r"\[(静默|插话|响铃) ([\d.]+)\]", line)
        if measured and measured[1] != "响铃":
            self._silence = float(measured[2]) * (1 if measured[1] == "静默" else -1)
        elif measured:
            self._ring(int(measured[2]))
        elif line in SIGNALS:
            self._wait(BETWEEN_TURNS)
            self._signal(*SIGNALS[line])
        else:
            side, text = line.split("：", 1)
            self._wait(BETWEEN_TURNS if self._turns else 0.0)
            self._turn(SIDES[side], text)

    def _wait(self, usual: float) -> None:
        self._now += usual if self._silence is None else self._silence
        self._silence = None

    def _ring(self, times: int) -> None:
        for ring in range(times):
            self._now = ring * BETWEEN_RINGS
            self._signal(SignalName.RING, Speaker.SYSTEM)
        self._now += 1.0
        self._signal(SignalName.ANSWER, Speaker.AGENT)

    def _signal(self, name: SignalName, by: Speaker) -> None:
        self.events.append(Signal(name, self._now if self._timed else None, by))

    def _turn(self, by: Speaker, text: str) -> None:
        start, self._now = self._now, self._now + len(text) * SECONDS_A_CHARACTER
        times = (start, self._now) if self._timed else (None, None)
        self.events.append(Turn(self._turns, by, text, *times))
        self._turns += 1


@dataclass(frozen=True)
class Live:
    """What is said while a conversation lasts: with each, the line after which it came.

    What only the end decides comes after line ``-1``.
    """

    verdicts: list[tuple[int, Verdict]]
    hints: list[tuple[int, Hint]]


def live(
    standard: str | Standard, lines: Sequence[str], *, timed: bool = True, **facts: str | None
) -> Live:
    """Feed a conversation line by line."""
    by = load(standard) if isinstance(standard, str) else standard
    state, clock, heard = start(by, known_facts(**facts)), Talk(timed=timed), Live([], [])
    for number, line in enumerate(lines):
        known = len(clock.events)
        clock.line(line)
        for event in clock.events[known:]:
            state, hints, verdicts = feed(by, state, event)
            heard.verdicts.extend((number, verdict) for verdict in verdicts)
            heard.hints.extend((number, hint) for hint in hints)
    heard.verdicts.extend((AT_THE_END, verdict) for verdict in finish(by, state))
    return heard


def talk(lines: Sequence[str], *, timed: bool = True) -> list[Event]:
    """Return the events of lines such as ``客服：您好。``, ``[静默 5]`` or ``[客户挂机]``."""
    clock = Talk(timed=timed)
    for line in lines:
        clock.line(line)
    return clock.events


def known_facts(**facts: str | None) -> Facts:
    """Return the facts of an ordinary incoming enquiry by phone, but for those given."""
    usual: dict[str, str | None] = {"channel": "phone", "direction": "in", "case_type": "enquiry"}
    return Facts(**(usual | facts))  # type: ignore[arg-type]


def judge(
    standard: str | Standard, lines: Sequence[str], *, timed: bool = True, **facts: str | None
) -> list[Verdict]:
    """Return the verdicts of a standard on a conversation in lines."""
    by = load(standard) if isinstance(standard, str) else standard
    return list(inspect(by, known_facts(**facts), talk(lines, timed=timed)).verdicts)


@pytest.fixture(name="talk")
def _talk() -> Callable[..., list[Event]]:
    return talk


@pytest.fixture(name="known_facts")
def _known_facts() -> Callable[..., Facts]:
    return known_facts


@pytest.fixture(name="judge")
def _judge() -> Callable[..., list[Verdict]]:
    return judge


@pytest.fixture(name="live")
def _live() -> Callable[..., Live]:
    return live


@pytest.fixture
def small_standard(tmp_path: Path) -> Callable[[str], Standard]:
    """Return a function that makes a standard of the sections written in YAML."""

    def made(sections: str) -> Standard:
        folder = tmp_path / "small"
        folder.mkdir()
        (folder / "clauses.yaml").write_text(CLAUSES, "utf-8")
        (folder / "pack.yaml").write_text(MANIFEST, "utf-8")
        (folder / "rules.yaml").write_text(sections, "utf-8")
        return load(folder)

    return made

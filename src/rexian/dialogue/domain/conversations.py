"""A conversation as it lies in a file or a database: its facts, turns, signals and labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, field
from math import inf
from typing import Any

from rexian.standard.domain.events import Event, Facts, Signal, SignalName, Speaker, Turn

_SPEAKERS = {speaker.value: speaker for speaker in Speaker}
_OPENING = (SignalName.RING, SignalName.ANSWER)


@dataclass(frozen=True, slots=True)
class Label:
    """What a person found: one entry of a labelled conversation's ``truth``."""

    clause: str
    verdict: str
    turn: int | None = None
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation; ``standard`` is the pack that its record asks for, if it names one.

    ``source`` and ``line`` say where it was read, for messages; ``agent`` is the agent's number,
    where the record has it.
    """

    id: str
    turns: tuple[Turn, ...]
    signals: tuple[Signal, ...] = ()
    facts: Facts = field(default_factory=Facts)
    standard: str | None = None
    labels: tuple[Label, ...] = ()
    source: str = ""
    line: int = 0
    agent: str = ""

    def events(self) -> list[Event]:
        """Return turns and signals in the order in which they happened.

        A turn without a time stays behind the turn before it. A signal comes before a turn of the
        same instant. Signals that cannot be dated against the turns are put where they can only
        be: rings and the answer before the first turn, the end after the last; a hold that cannot
        be placed is left out.
        """
        if not self.signals and all(turn.start is None for turn in self.turns):
            return list(self.turns)
        first = next((turn.start for turn in self.turns if turn.start is not None), None)
        signals = [_dated_signal(signal, timed=first is not None) for signal in self.signals]
        timeline = [entry for entry in signals if entry is not None]
        timeline += _dated_turns(self.turns, -inf if first is None else first)
        timeline.sort(key=_moment)
        return [event for _, _, event in timeline]

    def __reduce__(self) -> tuple[Callable[..., Conversation], tuple[Any, ...]]:
        """Travel between processes as plain tuples, in a third of the time that objects take."""
        turns = [(t.index, t.speaker.value, t.text, t.start, t.end, t.voice) for t in self.turns]
        signals = [(s.name.value, s.at, s.by.value) for s in self.signals]
        labels = [astuple(label) for label in self.labels]
        read_from = (self.source, self.line, self.agent)
        return _restored, (self.id, turns, signals, self.facts, self.standard, labels, read_from)


_Dated = tuple[float, int, Event]


def _moment(dated: _Dated) -> tuple[float, int]:
    return dated[0], dated[1]


def _dated_turns(turns: Sequence[Turn], latest: float) -> list[_Dated]:
    dated: list[_Dated] = []
    for turn in turns:
        latest = latest if turn.start is None else turn.start
        dated.append((latest, 1, turn))
    return dated


def _dated_signal(signal: Signal, *, timed: bool) -> _Dated | None:
    """Return the signal with its place in time, if there is one; ``timed`` tells of the turns."""
    if timed and signal.at is not None:
        return signal.at, 2 if signal.name is SignalName.HANG_UP else 0, signal
    if signal.name in _OPENING:
        return -inf, 0, signal
    if signal.name is SignalName.HANG_UP:
        return inf, 2, signal
    return None


def _restored(
    id_: str,
    turns: list[tuple[Any, ...]],
    signals: list[tuple[str, float | None, str]],
    facts: Facts,
    standard: str | None,
    labels: list[tuple[Any, ...]],
    read_from: tuple[str, int, str],
) -> Conversation:
    speakers = _SPEAKERS
    return Conversation(
        id_,
        tuple([Turn(i, speakers[who], *rest) for i, who, *rest in turns]),
        tuple([Signal(SignalName(name), at, speakers[by]) for name, at, by in signals]),
        facts,
        standard,
        tuple([Label(*label) for label in labels]),
        *read_from,
    )

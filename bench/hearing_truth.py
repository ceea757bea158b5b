"""What was heard of a call beside what is true of it, as ``zhNN.json`` of the call set says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rexian.speech.domain.heard import HeardTurn, Listened
from rexian.standard.domain.events import SignalName

OVERLAP = 0.5
SILENCE = 2.0
NEAR = 0.2
"""Seconds by which an interruption, a silence or a ring may be off and still be the same."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the true things were found, how many missed, how many invented."""

    found: int
    missed: int
    invented: int

    @property
    def right(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.missed and not self.invented


@dataclass(frozen=True, slots=True)
class Compared:
    """One call: how far the edges of its turns are off in seconds, and what else was found.

    ``rates`` are, for each side, characters a minute over heard times by those over true times.
    """

    edges: tuple[float, ...]
    turns: Counted
    backchannels: Counted
    interruptions: Counted
    silences: Counted
    rings: Counted
    rates: tuple[float, ...]


def compare(heard: Listened, truth: Mapping[str, Any]) -> Compared:
    """Return how what was heard of a call agrees with its truth."""
    true = truth["turns"]
    pairs = _pairs(heard.turns, true)
    rings = [one.at for one in heard.signals if one.name is SignalName.RING and one.at is not None]
    return Compared(
        tuple(
            abs(off)
            for turn, one in pairs
            for off in (turn.start - one["start"], turn.end - one["end"])
        ),
        Counted(len(pairs), len(true) - len(pairs), len(heard.turns) - len(pairs)),
        _spans(
            [(one.start, one.end) for one in heard.turns if one.backchannel],
            [(one["start"], one["end"]) for one in true if one.get("backchannel")],
        ),
        _spans([(one.start, one.end) for one in heard.interruptions], _interruptions(true)),
        _spans([(one.start, one.end) for one in heard.silences], _silences(truth)),
        _spans(
            [(at, at) for at in rings],
            [(one["at"], one["at"]) for one in truth["events"] if one["name"] == "ring"],
        ),
        _rates(pairs),
    )


def _pairs(
    heard: Sequence[HeardTurn], true: Sequence[Mapping[str, Any]]
) -> list[tuple[HeardTurn, Mapping[str, Any]]]:
    """Return each true turn with the one heard turn that overlaps it, where it is one."""
    pairs: list[tuple[HeardTurn, Mapping[str, Any]]] = []
    for one in true:
        over = [
            turn
            for turn in heard
            if turn.speaker == one["speaker"]
            and turn.start < one["end"]
            and turn.end > one["start"]
        ]
        if len(over) == 1 and all(turn is not over[0] for turn, _ in pairs):
            pairs.append((over[0], one))
    return pairs


def _spans(heard: Sequence[Span], true: Sequence[Span]) -> Counted:
    """Count the spans that both lists have."""
    found = sum(
        any(abs(start - one) <= NEAR and abs(end - other) <= NEAR for one, other in heard)
        for start, end in true
    )
    return Counted(found, len(true) - found, len(heard) - found)


def _interruptions(true: Sequence[Mapping[str, Any]]) -> list[Span]:
    """Return when a true turn begins while another goes on."""
    return [
        (one["start"], min(one["end"], other["end"]))
        for place, one in enumerate(true)
        for other in true[:place]
        if not one.get("backchannel") and not other.get("backchannel")
        if other["speaker"] != one["speaker"]
        if min(one["end"], other["end"]) - one["start"] >= OVERLAP
    ]


def _silences(truth: Mapping[str, Any]) -> list[Span]:
    """Return when nobody truly speaks, from the first turn to the end of the recording."""
    spans = sorted((one["start"], one["end"]) for one in truth["turns"])
    silences, reached = [], spans[0][1] if spans else truth["duration"]
    for start, end in [*spans, (truth["duration"], truth["duration"])]:
        if start - reached >= SILENCE:
            silences.append((reached, start))
        reached = max(reached, end)
    return silences


def _rates(pairs: Sequence[tuple[HeardTurn, Mapping[str, Any]]]) -> tuple[float, ...]:
    """Return for each side the true seconds of its turns by the heard ones."""
    rates = []
    for side in ("agent", "customer"):
        heard = sum(turn.end - turn.start for turn, one in pairs if one["speaker"] == side)
        true = sum(one["end"] - one["start"] for _, one in pairs if one["speaker"] == side)
        if heard:
            rates.append(true / heard)
    return tuple(rates)

"""Pieces of speech as talk: whose turn it is, and what is only a sign of listening.

Instants and spans are seconds. Nothing here knows a word; ``measures_words`` judges again by them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from rexian.speech.domain.heard import HeardTurn
from rexian.standard.domain.events import Speaker

BREATH = 0.6
"""A pause that ends nothing: breath is taken, a comma is read."""

PAUSE = 2.0
"""A longer pause ends a turn even if nobody takes it: it is silence that somebody may hear."""

BRIEF = 1.2
"""The longest sign of listening: two or three characters, drawn out."""

LAID_OVER = 0.1
"""So much of a sign of listening at least sounds together with what it listens to."""


@dataclass(frozen=True, slots=True)
class Said:
    """Speech of one channel without a pause, with its ``power`` and for how long it is ``loud``."""

    channel: int
    start: float
    end: float
    power: float
    loud: float


@dataclass(frozen=True, slots=True)
class _Utterance:
    """What one side says up to a pause, as the pieces that it was heard in."""

    pieces: tuple[Said, ...]

    @property
    def start(self) -> float:
        return self.pieces[0].start

    @property
    def end(self) -> float:
        return self.pieces[-1].end

    @property
    def channel(self) -> int:
        return self.pieces[0].channel


def turns_of(said: Sequence[Said], *, roles: Sequence[Speaker]) -> tuple[HeardTurn, ...]:
    """Return the turns that pieces of speech make, in order of their start."""
    lanes = [
        _joined([piece for piece in said if piece.channel == channel], pause=BREATH)
        for channel in range(len(roles))
    ]
    listening = [_signs_of_listening(channel, lanes) for channel in range(len(lanes))]
    talking = [
        [one for one in lane if one not in signs]
        for lane, signs in zip(lanes, listening, strict=True)
    ]
    found = [(one, True) for signs in listening for one in signs]
    for channel, lane in enumerate(talking):
        others = [_Lane(other) for number, other in enumerate(talking) if number != channel]
        found += [(one, False) for one in _turns(lane, others, alone=len(roles) == 1)]
    found.sort(key=lambda one: (one[0].start, one[0].channel))
    return tuple(
        _turn(index, one, roles[one.channel], backchannel=brief)
        for index, (one, brief) in enumerate(found)
    )


class _Lane:
    """The utterances of a channel, to be asked for the one before an instant."""

    def __init__(self, utterances: Sequence[_Utterance]) -> None:
        self._utterances = utterances
        self._starts = [one.start for one in utterances]

    def before(self, instant: float) -> _Utterance | None:
        """Return the last that starts before an instant."""
        place = bisect_left(self._starts, instant)
        return self._utterances[place - 1] if place else None


def _joined(pieces: Sequence[Said], *, pause: float) -> list[_Utterance]:
    """Join pieces of one channel over pauses up to ``pause``."""
    joined: list[_Utterance] = []
    for piece in pieces:
        if joined and piece.start - joined[-1].end <= pause:
            joined[-1] = _Utterance((*joined[-1].pieces, piece))
        else:
            joined.append(_Utterance((piece,)))
    return joined


def _signs_of_listening(channel: int, lanes: Sequence[Sequence[_Utterance]]) -> set[_Utterance]:
    """Return the brief utterances during which another channel speaks, before and after too."""
    others = [
        _Lane(_joined([piece for one in lane for piece in one.pieces], pause=PAUSE / 2))
        for number, lane in enumerate(lanes)
        if number != channel
    ]
    brief = [one for one in lanes[channel] if one.end - one.start <= BRIEF]
    return {one for one in brief if any(_within(one, lane.before(one.start)) for lane in others)}


def _within(one: _Utterance, other: _Utterance | None) -> bool:
    """Tell whether an utterance lies inside another and really sounds together with it."""
    if other is None or one.end >= other.end:
        return False
    together = sum(
        max(0.0, min(one.end, piece.end) - max(one.start, piece.start)) for piece in other.pieces
    )
    return together >= LAID_OVER


def _turns(own: Sequence[_Utterance], others: Sequence[_Lane], *, alone: bool) -> list[_Utterance]:
    """Join utterances of one channel to turns, unless somebody speaks in between.

    On the only channel of a recording both sides speak: there every pause may be between them.
    """
    turns: list[_Utterance] = []
    for one in own:
        if turns and not alone and _goes_on(turns[-1], one, others):
            turns[-1] = _Utterance(turns[-1].pieces + one.pieces)
        else:
            turns.append(one)
    return turns


def _goes_on(turn: _Utterance, one: _Utterance, others: Sequence[_Lane]) -> bool:
    """Tell whether an utterance goes on with a turn: no long pause, and nobody else in it."""
    if one.start - turn.end > PAUSE:
        return False
    latest = [lane.before(one.start) for lane in others]
    return not any(other is not None and other.end > turn.end for other in latest)


def _turn(index: int, one: _Utterance, speaker: Speaker, *, backchannel: bool) -> HeardTurn:
    """Make a turn of its pieces, its loudness that of all its loud parts together."""
    loud = sum(piece.loud for piece in one.pieces)
    power = sum(piece.power * piece.loud for piece in one.pieces) / loud if loud else 0.0
    return HeardTurn(
        index,
        speaker,
        one.channel,
        round(one.start, 2),
        round(one.end, 2),
        spoken=round(sum(piece.end - piece.start for piece in one.pieces), 2),
        loudness=round(10 * log10(power), 1) if power > 0 else None,
        backchannel=backchannel,
    )

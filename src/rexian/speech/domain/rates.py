"""How fast somebody speaks, as the clauses count it.

GH-3.1 and WC-3.3 give characters a minute: over the sum of one side's turns, pauses inside them
included. The rate of articulation leaves the pauses out: it tells hurry from short breath.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rexian.kernel.text.aloud import spoken_characters
from rexian.speech.domain.heard import HeardTurn
from rexian.standard.domain.events import Speaker

LEAST = 4
"""A turn of fewer characters says nothing of a pace: 喂 and 再见 are drawn out or clipped."""


def speaking_rate(turns: Iterable[HeardTurn], *, by: Speaker) -> float | None:
    """Return characters a minute over one side's turns; None where nothing was read."""
    counted = _counted(turns, by)
    return _a_minute(counted, sum(turn.end - turn.start for turn, _ in counted))


def articulation_rate(turns: Iterable[HeardTurn], *, by: Speaker) -> float | None:
    """Return characters a minute of speech proper; None where nothing was read."""
    counted = _counted(turns, by)
    return _a_minute(counted, sum(turn.spoken for turn, _ in counted))


def turn_rate(turn: HeardTurn) -> float | None:
    """Return characters a minute of one turn; None where it is too short to tell."""
    characters = spoken_characters(turn.text)
    length = turn.end - turn.start
    return characters * 60.0 / length if characters >= LEAST and length > 0 else None


def _counted(turns: Iterable[HeardTurn], by: Speaker) -> Sequence[tuple[HeardTurn, int]]:
    """Return the turns of one side that were read, with their characters; no signs of listening."""
    return [
        (turn, spoken_characters(turn.text))
        for turn in turns
        if turn.speaker is by and turn.words and not turn.backchannel
    ]


def _a_minute(counted: Sequence[tuple[HeardTurn, int]], seconds: float) -> float | None:
    """Return characters a minute."""
    characters = sum(number for _, number in counted)
    return characters * 60.0 / seconds if characters and seconds > 0 else None

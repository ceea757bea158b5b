"""What sounds besides speech, as stretches, and the signals that ring-back tells of."""

from __future__ import annotations

from collections.abc import Sequence

from rexian.speech.domain.heard import HeardTurn, Kind, Stretch
from rexian.speech.domain.listening.sounds import Sounds
from rexian.speech.domain.listening.tones import Tone, rings_of
from rexian.standard.domain.events import Signal, SignalName

PERIOD = 6.0
"""Seconds from one ring to the next where only one was heard: no country takes longer."""

SAME_RING = 1.0
"""Seconds within which a ring on one channel and on another are one: an echo of it."""


def stretches_of(channel: int, sounds: Sounds, *, end: float) -> list[Stretch]:
    """Return ring-back, other tones and music of a channel up to the ``end`` of the recording.

    Tones in music are its notes.
    """
    music = [(start, min(stop, end)) for start, stop in sounds.music()]
    rings = rings_of(sounds.tones)
    music = [
        (start, stop) for start, stop in music if 2 * _within(rings, start, stop) < stop - start
    ]
    found = [Stretch(Kind.MUSIC, channel, start, stop) for start, stop in music]
    for kind, tones in ((Kind.RING_BACK, rings), (Kind.TONE, _others(sounds.tones, rings))):
        found += [
            Stretch(kind, channel, round(tone.start, 2), round(min(tone.end, end), 2))
            for tone in tones
            if not any(start <= tone.start and tone.end <= stop for start, stop in music)
        ]
    return found


def _within(tones: Sequence[Tone], start: float, end: float) -> float:
    """Return how many seconds of a span tones take."""
    return sum(max(0.0, min(end, tone.end) - max(start, tone.start)) for tone in tones)


def _others(tones: Sequence[Tone], rings: Sequence[Tone]) -> list[Tone]:
    """Return the tones that are no part of a ring."""
    return [
        tone
        for tone in tones
        if not any(ring.start <= tone.start and tone.end <= ring.end for ring in rings)
    ]


def signals_of(stretches: Sequence[Stretch], turns: Sequence[HeardTurn]) -> tuple[Signal, ...]:
    """Return the rings before anybody speaks, and the answer: when they stop, at the latest.

    An answer makes no sound. It is put where the next ring would have come, or where somebody
    speaks before that: nobody is held to have been slower than can be proved.
    """
    spoken = turns[0].start if turns else float("inf")
    heard = sorted(
        one.start for one in stretches if one.kind is Kind.RING_BACK and one.start < spoken
    )
    rings = [at for place, at in enumerate(heard) if not place or at - heard[place - 1] > SAME_RING]
    if not rings:
        return ()
    signals = [Signal(SignalName.RING, ring) for ring in rings]
    if turns:
        period = rings[-1] - rings[-2] if len(rings) > 1 else PERIOD
        signals.append(Signal(SignalName.ANSWER, round(min(spoken, rings[-1] + period), 2)))
    return tuple(signals)

"""Music on hold: sound whose pitch stays for as long as a note does.

The spectrum of speech changes all the time, since no voice holds its pitch and every syllable has
other formants; so does that of noise. Music comes back as it was an eighth of a second ago. A hum
or a whistle of the line does too, but is as loud all the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rexian.speech.domain.listening.frames import Marks, Values, runs

BACK = 4
"""Spectra that a spectrum is compared over: 128 ms, more than a syllable keeps its pitch."""

SMOOTH = 17
"""Bins over which a spectrum is levelled (265 Hz), so that only its lines are compared."""

STEADY = 0.5
"""The likeness from which sound may be music: noise and speech have 0.3 to 0.45."""

STILL_STEADY = 0.46
"""The likeness down to which music that has begun goes on, through a bar of drums."""

STEADY_WITH_VOICE = 0.6
"""The likeness from which even what sounds like a voice is sung, or lies under music."""

VOICED = 0.3
"""The share of a step that sounds like a voice, from which it is one."""

LIVELY = 1.0
"""dB that the level of music varies by, at least; a hum or whistle stays as it is."""

SHORTEST = 4
"""Steps of music, at least: shorter is a jingle, or chance."""

INTERLUDE = 2
"""Steps without music that it may be broken by."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a step of sound is like: likeness and level of each spectrum, its share of voice."""

    likeness: Values
    level: Values
    voiced: float


def lines(power: Values) -> Values:
    """Return what stands out of each spectrum, in nepers."""
    log = np.log(power + 1e-12)
    around = np.pad(log, ((0, 0), (SMOOTH // 2, SMOOTH // 2)), mode="edge")
    sums = np.cumsum(np.pad(around, ((0, 0), (1, 0))), axis=1)
    standing: Values = np.maximum(log - (sums[:, SMOOTH:] - sums[:, :-SMOOTH]) / SMOOTH, 0.0)
    return standing


def likeness(standing: Values) -> Values:
    """Return how like each spectrum is to the one ``BACK`` before it, which come first, 0 to 1."""
    now, then = standing[BACK:], standing[:-BACK]
    size = np.sqrt((now * now).sum(axis=1) * (then * then).sum(axis=1))
    alike: Values = (now * then).sum(axis=1) / (size + 1e-9)
    return alike


def is_music(around: Sequence[Heard], *, begun: bool) -> bool:
    """Tell whether the middle one of some steps lies in music; ``begun``: the one before did."""
    level = np.concatenate([one.level for one in around])
    if float(np.std(level)) < LIVELY or float(np.median(level)) < -60.0:
        return False
    asked = STILL_STEADY if begun else STEADY
    if max(one.voiced for one in around) >= VOICED:
        asked = STEADY_WITH_VOICE
    return float(np.median(np.concatenate([one.likeness for one in around]))) >= asked


def passages(marks: Marks) -> list[tuple[int, int]]:
    """Return the runs of steps that are music, interludes closed and jingles left out."""
    joined: list[tuple[int, int]] = []
    for start, end in runs(marks):
        if joined and start - joined[-1][1] <= INTERLUDE:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(start, end) for start, end in joined if end - start >= SHORTEST]

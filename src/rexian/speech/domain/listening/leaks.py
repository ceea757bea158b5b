"""The other side's voice on one's own channel: crosstalk, or an echo that comes back.

It is the same sound, softer and a little later, so that both channels correlate as two people never
do; then whatever is no louder than such an echo would be is taken for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rexian.speech.domain.heard import RATE
from rexian.speech.domain.listening.frames import FRAME, FRAMES_A_SECOND, Marks, Samples, Values

LATEST = int(0.4 * RATE)
"""Samples that an echo is late by, at most: through the air of a room, or once around a network."""

EARLIEST = int(0.01 * RATE)
"""Samples that it may come before what it repeats: channels are recorded a little apart."""

SOFTER = 8.0
"""dB that a leak is softer by, at least; what is as loud is somebody who speaks."""

ALIKE = 0.4
"""The correlation from which sound is the same; two voices reach 0.25 over as many delays."""

MARGIN = 6.0
"""dB over the expected level that still is the leak: rooms colour it."""

SMEAR = 6
"""Frames that a leak may be earlier or later than its strongest part: rooms ring."""

REMEMBERED = 60 * FRAMES_A_SECOND
"""Frames for which a leak once found is expected: lines do not change within a minute."""


@dataclass(frozen=True, slots=True)
class Leak:
    """How one channel comes through on another: by how many frames later and at what gain in dB."""

    delay: int
    gain: float
    found: int
    """The frame at which it was heard last."""


def suspected(own: Values, other: Values, *, quiet: float) -> bool:
    """Tell from the levels of a step whether it may hold a leak of the other channel's speech."""
    loud, theirs = float(np.percentile(own, 90)), float(np.percentile(other, 90))
    return loud > quiet and theirs - loud >= SOFTER


def delay_of(own: Samples, other: Samples) -> int | None:
    """Return by how many samples ``own`` repeats ``other``; None where it is something else.

    ``other`` begins ``LATEST`` samples earlier and ends ``EARLIEST`` later than ``own``.
    """
    size = 1 << int(np.ceil(np.log2(len(other) + len(own))))
    mine, theirs = _sharpened(own), _sharpened(other)
    product = np.fft.rfft(theirs, size) * np.conj(np.fft.rfft(mine, size))
    found = np.fft.irfft(product, size)[: len(other) - len(own) + 1]
    power = np.concatenate(([0.0], np.cumsum(theirs.astype(np.float64) ** 2)))
    windows = power[len(mine) :] - power[: len(power) - len(mine)]
    energy = float((mine.astype(np.float64) ** 2).sum())
    alike = np.abs(found) / np.sqrt(np.maximum(windows * energy, 1e-12))
    best = int(np.argmax(alike))
    return LATEST - best if alike[best] >= ALIKE else None


def _sharpened(samples: Samples) -> Samples:
    """Return a sound with its deep parts weakened, which all voices share."""
    return np.diff(samples, prepend=samples[:1])


def leak_of(own: Values, other: Values, *, delay: int, at: int) -> Leak:
    """Return the leak that levels of a step tell of; ``other`` are those ``delay`` samples ago."""
    strong = other >= np.percentile(other, 75)
    gain = float(np.median((own - other)[strong]))
    return Leak(round(delay / FRAME), gain, at)


def explained_by(leak: Leak, own: Values, other: Values) -> Marks:
    """Mark the frames of ``own`` that are no louder than the leak of ``other`` would be.

    ``other`` begins and ends ``SMEAR`` frames farther out, already shifted by the delay.
    """
    around = np.lib.stride_tricks.sliding_window_view(other, 2 * SMEAR + 1).max(axis=1)
    marks: Marks = own <= around + leak.gain + MARGIN
    return marks

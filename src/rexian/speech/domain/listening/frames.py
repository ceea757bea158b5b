"""Sound cut into frames: how loud each is, and the wave as it is drawn.

A frame is 10 ms (``FRAME`` samples). Its level is measured over 16 ms and over what a telephone
carries (from 187 Hz on), so that mains hum and an offset of the wave count for nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from rexian.speech.domain.heard import PEAKS_A_SECOND, RATE

Samples = NDArray[np.float32]
Values = NDArray[np.float64]
Marks = NDArray[np.bool_]

FRAMES_A_SECOND = 100
FRAME = RATE // FRAMES_A_SECOND
WINDOW = 256
"""Samples over which a frame is measured: its own, and those just before it."""

REACH = WINDOW - FRAME
"""Samples before the first frame that ``levels`` needs besides the frames' own."""

SILENT = -100.0
"""The level in dB that stands for digital zero."""

LOWEST_BIN = 3
HUM_SPAN = 80
"""Samples whose mean is taken from the middle one (5 ms): 50 Hz loses 20 dB, 200 Hz nothing."""

_HANN = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
_SCALE = 2.0 / (WINDOW * float((_HANN**2).sum()))
PEAK = RATE // PEAKS_A_SECOND


def levels(samples: Samples) -> Values:
    """Return the level of each frame in dB against full scale; ``REACH`` samples come first."""
    windows = sliding_window_view(samples, WINDOW)[::FRAME]
    spectrum = np.fft.rfft(windows * _HANN, axis=1)[:, LOWEST_BIN:]
    power = (spectrum.real**2 + spectrum.imag**2).sum(axis=1, dtype=np.float64) * _SCALE
    decibels: Values = 10.0 * np.log10(np.maximum(power, 10.0 ** (SILENT / 10.0)))
    return decibels


def without_hum(samples: Samples) -> Samples:
    """Return sound without offset and mains hum; ``HUM_SPAN`` samples come first."""
    sums = np.cumsum(samples, dtype=np.float64)
    means = (sums[HUM_SPAN:] - sums[:-HUM_SPAN]) / HUM_SPAN
    middle = HUM_SPAN // 2
    return (samples[middle : len(samples) - middle] - means).astype(np.float32)


def loudness(decibels: Values) -> float | None:
    """Return the level of frames together, by their power; None for no frames."""
    if not len(decibels):
        return None
    return float(10.0 * np.log10(np.mean(10.0 ** (decibels / 10.0))))


class Wave:
    """One channel's wave as it is drawn: a byte for each 1/``PEAKS_A_SECOND`` s."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._bytes = bytearray()
        self._rest: Samples = np.zeros(0, np.float32)

    def hear(self, samples: Samples) -> None:
        """Take in sound."""
        sound = np.abs(np.concatenate((self._rest, samples)))
        whole = len(sound) // PEAK * PEAK
        self._bytes += _bytes(sound[:whole].reshape(-1, PEAK).max(axis=1, initial=0.0))
        self._rest = sound[whole:]

    @property
    def peaks(self) -> bytes:
        """The largest value of each piece, linear to full scale; the last may be shorter."""
        last = _bytes(self._rest.max(keepdims=True)) if len(self._rest) else b""
        return bytes(self._bytes) + last


def _bytes(values: Samples) -> bytes:
    return bytes(np.minimum(np.rint(values * 255.0), 255.0).astype(np.uint8))


def runs(marks: Marks) -> list[tuple[int, int]]:
    """Return where marks are set, from and to."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marks.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]

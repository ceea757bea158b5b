"""Tones that machines make, and the cadence by which ring-back is told from the others.

A tone keeps its frequency and its loudness as no voice does. Ring-back is a tone about 425 Hz (one
or two of them, 350 to 500 Hz) that lasts 0.3 to 3 s and comes again after a pause of seconds: 1 s
every 5 s in China, 2 s every 6 s in North America, twice 0.4 s every 3 s in Britain. Busy and
congestion tones are broken off as long as they sound; a dial tone never ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rexian.speech.domain.heard import RATE
from rexian.speech.domain.listening.frames import Marks, Samples, Values, runs

SPAN = 1024
"""Samples over which a spectrum is taken: 64 ms, a bin each 15.6 Hz."""

HOP = 512
"""Samples from one spectrum to the next."""

OVERHANG = SPAN - HOP
"""Samples before the first hop that ``spectra`` needs."""

LOW, HIGH = 16, 244
"""Bins of a telephone's band, 250 to 3800 Hz."""

BESIDE = 4
"""Bins on either side of the strongest that belong to it: two tones 50 Hz apart are one."""

PURE = 0.85
"""The share of the power that one or two such clusters have in a tone."""

FAINTEST = -60.0
"""dB against full scale under which nobody would hear a tone."""

STEADY_FREQUENCY = 6.0
"""Hz that a tone may move from one spectrum to the next; a voice moves by more, even held."""

STEADY_LEVEL = 2.0
"""dB that a tone may change by from one spectrum to the next, but for its ends."""

SHORTEST_TONE = 6
"""Spectra that a tone is there for (0.2 s): high level syllables are as pure for a moment."""

KEY_ROWS = (697.0, 770.0, 852.0, 941.0)
KEY_COLUMNS = (1209.0, 1336.0, 1477.0, 1633.0)
KEY_WIDTH = 0.02
KEY_BALANCE = 0.15
"""The share of its stronger tone that a key's other one has at least (ITU-T Q.23, Q.24)."""

UNMISTAKABLE = 16
"""Spectra after which a tone is no voice, even where it sounds like one (0.5 s)."""

RING_FREQUENCIES = (350.0, 500.0)
RING_BURST = (0.3, 3.0)
RING_PAUSE = 1.0
"""Seconds without a tone after a ring, at least; busy tones pause for less."""

DOUBLE_RING = 0.28
"""Seconds between the two parts of one ring, at most."""

LONE_RING = 0.7
"""Seconds of a single ring, at least: where nothing comes again, a beep is no ring."""

_HANN = np.hanning(SPAN + 1)[:-1].astype(np.float32)
_SCALE = 2.0 / (SPAN * float((_HANN**2).sum()))


@dataclass(frozen=True, slots=True)
class Tone:
    """A steady tone, in seconds and Hz."""

    start: float
    end: float
    frequency: float


def spectra(samples: Samples) -> Values:
    """Return the power of each bin of the telephone's band, a row for each ``HOP``."""
    windows = sliding_window_view(samples, SPAN)[::HOP]
    spectrum = np.fft.rfft(windows * _HANN, axis=1)[:, LOW:HIGH]
    power: Values = (spectrum.real**2 + spectrum.imag**2).astype(np.float64) * _SCALE
    return power


@dataclass(frozen=True, slots=True)
class Lines:
    """The strongest line of each spectrum, in Hz, its level in dB, and what else is known of it.

    ``pure`` marks spectra of hardly more than one or two lines; ``keyed`` those of a telephone key.
    """

    frequency: Values
    level: Values
    pure: Marks
    keyed: Marks


def lines_of(power: Values) -> Lines:
    """Return what is to be known of the lines of some spectra."""
    total = power.sum(axis=1) + 1e-30
    frequency, strongest, rest = _cluster(power)
    other, second, _ = _cluster(rest)
    level = 10.0 * np.log10(total)
    pure = ((strongest + second) / total >= PURE) & (level > FAINTEST)
    keyed = pure & (second >= KEY_BALANCE * strongest) & _are_keys(frequency, other)
    return Lines(frequency, level, pure, keyed)


def _are_keys(one: Values, other: Values) -> Marks:
    """Tell where two frequencies are those of a key, a row's and a column's."""
    low, high = np.minimum(one, other)[:, None], np.maximum(one, other)[:, None]
    row: Marks = (np.abs(low / np.array(KEY_ROWS) - 1.0) <= KEY_WIDTH).any(axis=1)
    column: Marks = (np.abs(high / np.array(KEY_COLUMNS) - 1.0) <= KEY_WIDTH).any(axis=1)
    both: Marks = row & column
    return both


def _cluster(power: Values) -> tuple[Values, Values, Values]:
    """Return where the strongest cluster of bins lies, its power, and the spectra without it."""
    bins = np.arange(power.shape[1])
    near = np.abs(bins - power.argmax(axis=1)[:, None]) <= BESIDE
    inside = np.where(near, power, 0.0)
    strength = inside.sum(axis=1)
    centre = (inside * bins).sum(axis=1) / np.maximum(strength, 1e-30)
    return (centre + LOW) * RATE / SPAN, strength, np.where(near, 0.0, power)


def steady(frequency: Values, level: Values, pure: Marks) -> list[tuple[int, int]]:
    """Return the runs of spectra that are one tone each."""
    same = (
        pure[1:]
        & pure[:-1]
        & (np.abs(np.diff(frequency)) <= STEADY_FREQUENCY)
        & (np.abs(np.diff(level)) <= STEADY_LEVEL)
    )
    return [(start, end + 1) for start, end in runs(same) if end + 1 - start >= SHORTEST_TONE]


def rings_of(tones: Sequence[Tone]) -> list[Tone]:
    """Return the rings among the tones of one channel, each with both parts of a double one."""
    bursts = _bursts([tone for tone in tones if _may_ring(tone)])
    apart = [True, *(b.start - a.end >= RING_PAUSE for a, b in pairwise(bursts)), True]
    rings = [
        burst
        for burst, before, after in zip(bursts, apart, apart[1:], strict=False)
        if before and after and RING_BURST[0] <= burst.end - burst.start <= RING_BURST[1]
    ]
    if len(rings) == 1 and rings[0].end - rings[0].start < LONE_RING:
        return []
    return rings


def _may_ring(tone: Tone) -> bool:
    """Tell whether a tone has a frequency of ring-back."""
    return RING_FREQUENCIES[0] <= tone.frequency <= RING_FREQUENCIES[1]


def _bursts(tones: Sequence[Tone]) -> list[Tone]:
    """Join the parts of double rings."""
    bursts: list[Tone] = []
    for tone in tones:
        if bursts and tone.start - bursts[-1].end <= DOUBLE_RING:
            bursts[-1] = Tone(bursts[-1].start, tone.end, bursts[-1].frequency)
        else:
            bursts.append(tone)
    return bursts

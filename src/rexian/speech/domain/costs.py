"""What hearing costs in hours of a core, and how long what is left will take.

Hours of a core are what one processor core is busy for. What was read on this installation before
is the measure; before the first recording there is an assumption, and it is called one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from pathlib import PurePath

ASSUMED_READING = 0.2
"""Core seconds for a second of sound with its words: Whisper base took 0.05, others take more."""

ASSUMED_LISTENING = 0.02
"""The same where nobody reads: decoding, speech and silence, loudness."""

ENOUGH = 600.0
"""Seconds of sound after which what was measured stands for itself."""

_NARROWEST = 0.1
_UNSURE = 0.5


@dataclass(frozen=True, slots=True)
class Pace:
    """What was measured of one engine: so many calls and seconds of sound in so much core time.

    ``squares`` and ``products`` are the sums of core × core and of core × sound, and
    ``sound_squares`` of sound × sound, by which the spread from call to call is known.
    """

    calls: int = 0
    sound: float = 0.0
    core: float = 0.0
    squares: float = 0.0
    products: float = 0.0
    sound_squares: float = 0.0

    @property
    def rate(self) -> float:
        """Core seconds for a second of sound."""
        return self.core / self.sound if self.sound else 0.0

    @property
    def is_known(self) -> bool:
        """Tell whether enough was heard to go by."""
        return self.sound >= ENOUGH

    def spread(self) -> float:
        """Return how far the rate may be off, as a share of it: twice its standard error."""
        if self.calls < 2 or not self.core:
            return _UNSURE
        rate = self.rate
        residual = self.squares - 2 * rate * self.products + rate * rate * self.sound_squares
        error = sqrt(max(residual, 0.0) * self.calls / (self.calls - 1)) / self.core
        few = _UNSURE / self.calls
        return min(max(2 * error, few, _NARROWEST), 0.9)


@dataclass(frozen=True, slots=True)
class Cost:
    """What hearing ``sound`` seconds costs: from ``least`` to ``most`` hours of a core.

    ``measured_on`` is how many seconds of sound stand behind it; 0 means that it is assumed.
    """

    sound: float
    least: float
    most: float
    measured_on: float


@dataclass(frozen=True, slots=True)
class Left:
    """How much is left: seconds of sound, and the span in which that will be through."""

    sound: float
    least: timedelta
    most: timedelta


def cost_of(sound: float, pace: Pace, *, assumed: float) -> Cost:
    """Return what hearing so many seconds of sound will cost, at a pace or as it is assumed."""
    rate, spread = (pace.rate, pace.spread()) if pace.is_known else (assumed, _UNSURE)
    hours = sound * rate / 3600
    measured_on = pace.sound if pace.is_known else 0.0
    return Cost(sound, hours * (1 - spread), hours * (1 + spread), measured_on)


def left(sound: float, pace: Pace, *, at_once: int) -> Left | None:
    """Return when the rest will be through if ``at_once`` are heard at a time; ``None`` before any.

    The range is wide at first and narrows as calls are done: it is twice the standard error of
    what they took.
    """
    if not pace.calls or not pace.sound:
        return None
    seconds = sound * pace.rate / max(at_once, 1)
    spread = pace.spread()
    return Left(
        sound,
        timedelta(seconds=round(seconds * (1 - spread))),
        timedelta(seconds=round(seconds * (1 + spread))),
    )


def label_of(spec: str) -> str:
    """Return what an engine is called in a measure and on a page, without where it lies.

    >>> label_of("whisper:/models/whisper-base")
    'whisper:whisper-base'
    >>> label_of("https://asr.example.org/v1#large")
    'asr.example.org#large'
    """
    kind, _, place = spec.partition(":")
    if kind in {"http", "https"}:
        address, _, model = place.lstrip("/").partition("#")
        return f"{address.partition('/')[0]}#{model}"[:200]
    return f"{kind}:{PurePath(place).name}"[:200]

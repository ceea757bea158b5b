"""Cohen's kappa of two raters who each say yes or no, with an interval that holds for few cases.

Kappa is how much of the agreement that chance leaves open two raters reach (Cohen, 1960): 1 is
all of it, 0 is what chance gives. The interval is the central 95 % of kappa's posterior under
Jeffreys' prior for the four cells. It needs no large numbers: where the two have agreed five times
out of five, the usual standard error is 0, and says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

_DRAWS = 2000
_SEED = 1960
_PRIOR = 0.5
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Cells:
    """How often which rater said yes: ``both``, only the ``first``, only the ``second``, none."""

    both: int = 0
    first: int = 0
    second: int = 0
    neither: int = 0

    @property
    def total(self) -> int:
        """How many cases both have answered."""
        return self.both + self.first + self.second + self.neither

    @property
    def observed(self) -> float | None:
        """The share of cases on which they agree, ``None`` without cases."""
        return (self.both + self.neither) / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where a figure may lie, at 95 %."""

    low: float
    high: float


def kappa(cells: Cells) -> float | None:
    """Return Cohen's kappa, ``None`` where nobody could disagree: all yes, all no, no cases."""
    if not cells.total:
        return None
    return _kappa(cells.both, cells.first, cells.second, cells.neither)


@cache
def interval(cells: Cells) -> Interval | None:
    """Return where kappa may lie, the same each time; ``None`` where there is no kappa."""
    if kappa(cells) is None:
        return None
    chance = Random(_SEED)  # noqa: S311 - draws for a figure, no secret
    counts = (cells.both, cells.first, cells.second, cells.neither)
    drawn = sorted(
        one
        for _ in range(_DRAWS)
        if (one := _kappa(*(chance.gammavariate(n + _PRIOR, 1.0) for n in counts))) is not None
    )
    place = round(_TAIL * (len(drawn) - 1))
    return Interval(drawn[place], drawn[-1 - place])


def _kappa(both: float, first: float, second: float, neither: float) -> float | None:
    total = both + first + second + neither
    yes_first, yes_second = (both + first) / total, (both + second) / total
    expected = yes_first * yes_second + (1 - yes_first) * (1 - yes_second)
    if 1 - expected < 1e-12:
        return None
    return ((both + neither) / total - expected) / (1 - expected)

"""When what failed is tried again: later each time, never all at once, and not for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

_SPREAD = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How often work is attempted, the wait after the first failure, and the longest wait."""

    attempts: int
    first: timedelta
    longest: timedelta

    def __post_init__(self) -> None:
        if self.attempts < 1 or not timedelta() < self.first <= self.longest:
            raise ValueError(f"Nothing can be tried by {self}.")

    def is_last(self, attempt: int) -> bool:
        """Tell whether there is no attempt after this one; the first is 1."""
        return attempt >= self.attempts

    def wait(self, attempt: int, seed: object) -> timedelta:
        """Return how long to wait after that attempt: twice the last wait, up to the longest.

        Up to a quarter is added, by ``seed`` and attempt: what failed together (a mail server that
        was down) does not come back together, and the same row always waits the same.
        """
        doubled: timedelta = self.first * (1 << min(attempt - 1, 30))
        spread: float = 1 + _SPREAD * _fraction(f"{seed}:{attempt}")
        return min(doubled, self.longest) * spread

    @property
    def longest_wait(self) -> timedelta:
        """Return a span that no wait exceeds."""
        return self.longest * (1 + _SPREAD)


def _fraction(text: str) -> float:
    return crc32(text.encode()) / 2**32


PROMPTLY = Retry(attempts=10, first=timedelta(seconds=1), longest=timedelta(minutes=5))
ON_ERRANDS = Retry(attempts=10, first=timedelta(seconds=5), longest=timedelta(minutes=30))
AT_LEISURE = Retry(attempts=5, first=timedelta(seconds=10), longest=timedelta(hours=1))

"""What the clockwork needs from the machine, and whom it tells how work ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from rexian.clockwork.domain.work import Kind


class Clock(Protocol):
    """The machine's two clocks: the one on the wall may be set, the other only goes forward."""

    def now(self) -> datetime:
        """Return the instant on the wall, in UTC."""

    def monotonic(self) -> float:
        """Return seconds since some fixed moment."""


class Outcome(StrEnum):
    """How one attempt at some work ended."""

    DONE = "done"
    FAILED = "failed"
    PARKED = "parked"
    INTERRUPTED = "interrupted"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt that has ended; ``lag`` is how late it began."""

    kind: Kind
    name: str
    outcome: Outcome
    lag: timedelta
    took: timedelta


Observer = Callable[[Attempt], None]
"""Counts attempts that have just ended, for the metrics of this process."""

"""Clocks: the machine's, one that stands still, and one that tests set."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


class MachineClock:
    """The clocks of the machine."""

    def now(self) -> datetime:
        """Return the instant on the wall, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since some fixed moment."""
        return time.monotonic()


@dataclass(slots=True)
class SetClock:
    """A clock that goes only when it is told to; its wall can be set without time passing."""

    at: datetime
    passed: float = 0.0

    def now(self) -> datetime:
        """Return what the wall shows."""
        return self.at

    def monotonic(self) -> float:
        """Return how much time has passed, whatever was done to the wall."""
        return self.passed

    def go(self, span: timedelta) -> None:
        """Let time pass."""
        self.at += span
        self.passed += span.total_seconds()

    def set_by(self, span: timedelta) -> None:
        """Set the wall forward, or back by a negative span, in no time."""
        self.at += span

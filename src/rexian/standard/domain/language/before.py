"""What came before an utterance in its conversation, for operators that look back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rexian.standard.domain.events import Speaker
from rexian.standard.domain.language.matching import CLAUSE_EDGES


class Passed(Protocol):
    """An event that has passed: a turn with its words and times, or a signal by its name."""

    by: Speaker
    signal: str
    folded: str
    aside: bool
    start: float | None
    end: float | None


@dataclass(slots=True)
class Before:
    """Who speaks now, from when on, and the latest events before that, oldest first.

    What is said ``aside``, as a sign of listening, interrupts nobody.
    """

    by: Speaker
    start: float | None
    items: Sequence[Passed]
    aside: bool = False

    def overlap(self) -> float:
        """Return for how many seconds the other side was still speaking when this one began."""
        last = self._last()
        if self.aside or last is None or last.signal or last.by in (self.by, Speaker.UNKNOWN):
            return 0.0
        if last.end is None or last.start is None or self.start is None or self.start < last.start:
            return 0.0
        return last.end - self.start

    def silence(self) -> float:
        """Return for how many seconds nobody spoke before; none after a hold or another signal."""
        last = self._last()
        if last is None or last.signal or last.end is None or self.start is None:
            return 0.0
        return self.start - last.end

    def _last(self) -> Passed | None:
        """Return what passed last; a sign of listening passes within another's speech."""
        return next((one for one in reversed(self.items) if not one.aside), None)

    def times_said(self, clause: str) -> int:
        """Return in how many of their earlier turns this side has said a clause."""
        return sum(clause in one.folded for one in self.items if one.by is self.by)


def long_clauses(characters: int) -> re.Pattern[str]:
    """Return what finds the clauses of a text that have at least so many characters."""
    return re.compile(f"[^{re.escape(''.join(sorted(CLAUSE_EDGES)))}]{{{characters},}}")

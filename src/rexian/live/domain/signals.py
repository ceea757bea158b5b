"""What passes and is not kept: somebody types, has seen, is still there. No id, no replay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from rexian.live.domain.topics import Watch

LARGEST = 1024
"""The most bytes that a signal may have."""

_KIND = re.compile(r"[a-z][a-z-]{0,31}")
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Signal:
    """What a page sends under a watch: its kind, and a few values that nobody here looks at."""

    watch: Watch
    kind: str
    data: Mapping[str, str | float | None]


def read_signal(body: bytes) -> Signal:
    """Read a signal; raise ``ValueError`` for what makes no sense."""
    read = orjson.loads(body)  # refuses what no browser could read: NaN, half a character
    if not isinstance(read, dict) or not read.keys() <= {"watch", "kind", "data"}:
        raise ValueError("A signal has a watch, a kind and data.")
    watch, kind, data = read.get("watch"), read.get("kind"), read.get("data", {})
    if not (isinstance(watch, str) and isinstance(data, dict) and _is_flat(data)):
        raise ValueError("A watch is a text, data are an object of plain values.")
    if not (isinstance(kind, str) and _KIND.fullmatch(kind)):
        raise ValueError("A kind is a word in small letters.")
    return Signal(Watch.read(watch), kind, data)


def _is_flat(data: dict[str, Any]) -> bool:
    return not any(isinstance(value, dict | list) for value in data.values())


@dataclass(slots=True)
class Allowance:
    """How many signals each sender may still send: so many at once, and so many more a second.

    Senders who have been quiet long enough to have all of theirs again are forgotten when they
    have become many.
    """

    at_once: float = 20.0
    a_second: float = 5.0
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, sender: str, now: float) -> bool:
        """Tell whether a sender may send one more, and count it."""
        left = self._left_of(sender, now)
        if left < 1:
            return False
        if len(self._left) >= _REMEMBERED:
            self._forget(now)
        self._left[sender] = (left - 1, now)
        return True

    def _left_of(self, sender: str, now: float) -> float:
        left, then = self._left.get(sender, (self.at_once, now))
        return min(self.at_once, left + (now - then) * self.a_second)

    def _forget(self, now: float) -> None:
        full = [one for one in self._left if self._left_of(one, now) >= self.at_once]
        for one in full or list(self._left)[: _REMEMBERED // 2]:
            del self._left[one]

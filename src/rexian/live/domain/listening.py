"""One stream's place: what it watches, how far it has been told, what waits to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest

from rexian.kernel.authority import Actor
from rexian.live.domain.topics import Watch


class End(StrEnum):
    """Why a stream is ended from this side; whoever reads it comes back unless signed out."""

    CLOSING = "closing"
    REFUSED = "refused"
    SIGNED_OUT = "signed-out"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Change:
    """A watched thing as it is after the entry ``id``: the event to send, without its id line."""

    id: int
    watch: Watch
    frame: bytes


@dataclass(slots=True, eq=False)
class Listener:
    """A stream: everything up to ``cursor`` has been told or waits here in the order of ids.

    What waits is at most one change for each watch, since a newer state replaces an older one: a
    slow reader skips states and never makes the server's memory grow.
    """

    watches: frozenset[Watch]
    cursor: int
    language: str
    actor: Actor
    session: str = ""
    checked: float = 0.0
    wake: Callable[[], None] = lambda: None
    end: End | None = None
    _waiting: dict[Watch, Change] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Tell whether there is something to send."""
        return bool(self._waiting)

    def offer(self, change: Change) -> None:
        """Put a change at the end of what waits, in the place of an older one of the same thing."""
        self._waiting.pop(change.watch, None)
        self._waiting[change.watch] = change

    def take(self) -> bytes:
        """Return all that waits as the bytes of events, and forget it.

        Only the last event of an entry bears its id. A stream that breaks off between two events of
        the same entry is continued before it, and neither is lost.
        """
        waiting = list(self._waiting.values())
        self._waiting.clear()
        parts: list[bytes] = []
        for change, following in zip_longest(waiting, waiting[1:]):
            if following is None or following.id > change.id:
                parts.append(b"id: %d\n" % change.id)
            parts.append(change.frame)
        return b"".join(parts)

    def cut(self, reason: End) -> None:
        """End the stream; what waits is not sent, and is told to whoever comes back."""
        self.end = self.end or reason
        self._waiting.clear()
        self.wake()


Frames = Mapping[tuple[Watch, str], bytes]

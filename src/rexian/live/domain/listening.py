"""One stream's place: what it watches, how far it has been told, what waits to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest
from operator import attrgetter

from rexian.kernel.authority import Actor
from rexian.live.domain.pacing import NOTHING_OWED
from rexian.live.domain.topics import VISITOR, Watch

_MOST_SIGNALS = 16


class End(StrEnum):
    """Why a stream is ended from this side.

    Whoever reads it comes back, unless they are signed out or, known by a key alone, crowded out
    by newer ones.
    """

    CLOSING = "closing"
    CROWDED = "crowded"
    REFUSED = "refused"
    SIGNED_OUT = "signed-out"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Change:
    """A watched thing as it is after the entry ``id``: the event to send, without its id line.

    ``numbered`` is the same with it. One change is shared by all who are told in a language.
    """

    id: int
    watch: Watch
    frame: bytes
    numbered: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbered", b"id: %d\n%b" % (self.id, self.frame))


@dataclass(slots=True, eq=False)
class Listener:
    """A stream: everything up to ``cursor`` has been told or waits here.

    What waits is at most one change for each watch, since a newer state replaces an older one, and
    one signal of each kind: a slow reader skips states and never makes the server's memory grow.
    While somebody is ``doubted``, since their rights may have ended, everything waits.
    ``upheavals`` is how often rights had changed for anybody when theirs were first looked at.
    """

    watches: frozenset[Watch]
    cursor: int
    language: str
    actor: Actor
    session: str = ""
    asked_language: str = ""
    checked: float = 0.0
    upheavals: int = 0
    doubted: bool = False
    wake: Callable[[], None] = lambda: None
    end: End | None = None
    _waiting: dict[Watch, Change] = field(default_factory=dict)
    _signals: dict[tuple[Watch, str], bytes] = field(default_factory=dict)

    @property
    def is_visitor(self) -> bool:
        """Tell whether this is somebody who is known by a key alone."""
        return self.actor == VISITOR

    @property
    def waits(self) -> bool:
        """Tell whether there is something to send."""
        return not self.doubted and bool(self._waiting or self._signals)

    def offer(self, change: Change) -> None:
        """Put a change among what waits, in the place of an older one of the same thing."""
        self._waiting[change.watch] = change

    def hear(self, watch: Watch, kind: str, frame: bytes) -> None:
        """Put a signal among what waits, in the place of an older one of its kind."""
        self._signals.pop((watch, kind), None)
        if len(self._signals) >= _MOST_SIGNALS:
            del self._signals[next(iter(self._signals))]
        self._signals[watch, kind] = frame

    def take(self, owed: int = NOTHING_OWED) -> bytes:
        """Return all that waits as the bytes of events, and forget it.

        Changes come in the order of ids, and only the last of an entry bears its id. A stream that
        breaks off between two events of the same entry is continued before it, and neither is lost.
        For the same reason none bears an id from ``owed`` on: what that entry changed is told
        later. Signals bear none.
        """
        if not self._signals and len(self._waiting) == 1:
            (only,) = self._waiting.values()
            self._waiting.clear()
            return only.numbered if only.id < owed else only.frame
        waiting = sorted(self._waiting.values(), key=attrgetter("id"))
        parts = list(self._signals.values())
        for change, following in zip_longest(waiting, waiting[1:]):
            is_last = following is None or following.id > change.id
            parts.append(change.numbered if is_last and change.id < owed else change.frame)
        self._waiting.clear()
        self._signals.clear()
        return b"".join(parts)

    def heartbeat(self, told: int, owed: int) -> bytes:
        """Return what says that the stream is alive, and moves the reader's cursor."""
        if self._waiting:
            return b": \n\n"
        return b": \nid: %d\n\n" % max(self.cursor, min(told, owed - 1))

    def cut(self, reason: End) -> None:
        """End the stream; what waits is not sent, and is told to whoever comes back."""
        self.end = self.end or reason
        self._waiting.clear()
        self._signals.clear()
        self.wake()


Frames = Mapping[tuple[Watch, str], bytes]

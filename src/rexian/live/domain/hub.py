"""Who is told what: entries on one side, streams on the other, the order of ids in between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from rexian.journal.domain.entries import Entry
from rexian.live.domain.listening import Change, End, Frames, Listener
from rexian.live.domain.pacing import Pacing
from rexian.live.domain.topics import Watch, changed_by

MOST_VISITORS = 10
"""How many streams may be open at once for a key that alone admits to it."""

CROWD = 50
"""From so many listeners on, one after the other is woken in a row that others may pass."""

_REMEMBERED = 20_000


@dataclass(slots=True)
class Told:
    """Whom a batch was told, few each or in a crowd, and how many events that makes."""

    near: set[Listener] = field(default_factory=set)
    crowd: set[Listener] = field(default_factory=set)
    events: int = 0


class Hub:
    """Knows all listeners, and the last entry that changed each thing since ``complete_since``.

    ``position`` is the id up to which entries have been noted, ``told`` the one up to which all
    listeners have been told. Between the two lies a batch whose states are being read.
    """

    def __init__(self, position: int = 0, *, remembered: int = _REMEMBERED) -> None:
        self.position = self.told = self.complete_since = position
        self._remembered = remembered
        self._latest: dict[Watch, int] = {}
        self._listeners: dict[Watch, dict[Listener, None]] = {}
        self._all: set[Listener] = set()
        self._pacing = Pacing()

    @property
    def listeners(self) -> Collection[Listener]:
        """All streams that are told of changes."""
        return self._all

    @property
    def watched(self) -> int:
        """How many things are watched by anybody."""
        return len(self._listeners)

    def watching(self, watch: Watch) -> Collection[Listener]:
        """Return the streams that watch one thing, the oldest first."""
        return self._listeners.get(watch, ())

    def note(self, entries: Iterable[Entry], position: int, now: float = 0.0) -> dict[Watch, int]:
        """Take a batch that ends at ``position``; return what is to be told now, as far as watched.

        The values are the id of the last entry that changed it; the order is theirs.
        """
        changed: dict[Watch, int] = {}
        for entry in entries:
            for watch in sorted(changed_by(entry)):
                changed.pop(watch, None)
                changed[watch] = entry.id
        for watch, entry_id in changed.items():
            self._latest.pop(watch, None)
            self._latest[watch] = entry_id
        self._forget()
        self.position = position
        watched = {watch: id_ for watch, id_ in changed.items() if watch in self._listeners}
        return self._pacing.let(watched, now)

    def missed(self, watches: Iterable[Watch], cursor: int) -> dict[Watch, int]:
        """Return which of these things have changed after ``cursor``, in the order of ids.

        For a cursor from before our memory these are all, as of when it begins.
        """
        otherwise = self.complete_since if cursor < self.complete_since else 0
        found = {watch: self._latest.get(watch, otherwise) for watch in watches}
        later = ((entry_id, watch) for watch, entry_id in found.items() if entry_id > cursor)
        return {watch: entry_id for entry_id, watch in sorted(later)}

    def owed(self, listener: Listener) -> int:
        """Return the first id that a listener may not be given: what it changed is told later."""
        return self._pacing.owed(listener.watches)

    def join(self, listener: Listener) -> None:
        """Tell a listener from now on; it has to have been told all up to ``position``.

        Of those who are known by a key alone, the oldest gives way when they become too many.
        """
        self._all.add(listener)
        for watch in listener.watches:
            self._listeners.setdefault(watch, {})[listener] = None
            if listener.is_visitor:
                visitors = [one for one in self._listeners[watch] if one.is_visitor]
                for crowded in visitors[:-MOST_VISITORS]:
                    crowded.cut(End.CROWDED)
                    self.leave(crowded)

    def leave(self, listener: Listener) -> None:
        """Forget a listener, whether it had joined or not."""
        self._all.discard(listener)
        for watch in listener.watches:
            told = self._listeners.get(watch, {})
            told.pop(listener, None)
            if not told and self._listeners.pop(watch, None) is not None:
                self._pacing.forget(watch)

    def languages(self, watches: Iterable[Watch]) -> dict[Watch, frozenset[str]]:
        """Return for each of these things the languages of those who watch it."""
        return {
            watch: frozenset(one.language for one in self._listeners.get(watch, ()))
            for watch in watches
        }

    def deliver(self, changes: Mapping[Watch, int], frames: Frames) -> Told:
        """Tell all who watch what has changed, as far as they do not know; return who was told.

        They are not woken yet. Whoever watches something that could not be shown (its frame is
        missing) is cut, and asks again from where they were.
        """
        told = Told()
        for watch, entry_id in changes.items():
            listeners = tuple(self._listeners.get(watch, ()))
            group = told.crowd if len(listeners) > CROWD else told.near
            made: dict[str, Change] = {}
            for listener in listeners:
                if entry_id <= listener.cursor or listener.end is not None:
                    continue
                change = made.get(listener.language) or _made(watch, entry_id, frames, listener)
                if change is None:
                    listener.cut(End.STUCK)
                    self.leave(listener)
                    continue
                made[listener.language] = change
                listener.offer(change)
                group.add(listener)
                told.events += 1
        self._pacing.settle(changes)
        self.told = self.position
        return told

    def pass_on(self, watch: Watch, kind: str, frame: bytes) -> int:
        """Let all who watch something hear a signal, and return how many do."""
        listeners = self.watching(watch)
        for listener in listeners:
            if listener.end is None:
                listener.hear(watch, kind, frame)
                listener.wake()
        return len(listeners)

    def _forget(self) -> None:
        """Drop the oldest half of a memory that has grown too large."""
        if len(self._latest) <= self._remembered:
            return
        for watch in list(self._latest)[: len(self._latest) // 2]:
            self.complete_since = max(self.complete_since, self._latest.pop(watch))


def _made(watch: Watch, entry_id: int, frames: Frames, listener: Listener) -> Change | None:
    frame = frames.get((watch, listener.language))
    return None if frame is None else Change(entry_id, watch, frame)

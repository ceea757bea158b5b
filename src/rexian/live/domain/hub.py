"""Who is told what: entries on one side, streams on the other, the order of ids in between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from rexian.journal.domain.entries import Entry
from rexian.live.domain.listening import Change, End, Frames, Listener
from rexian.live.domain.topics import Watch, changed_by

_REMEMBERED = 20_000


class Hub:
    """Knows all listeners, and the last entry that changed each thing since ``complete_since``.

    ``position`` is the id up to which entries have been noted, ``told`` the one up to which all
    listeners have been told. Between the two lies a batch whose states are being read.
    """

    def __init__(self, position: int = 0, *, remembered: int = _REMEMBERED) -> None:
        self.position = self.told = self.complete_since = position
        self._remembered = remembered
        self._latest: dict[Watch, int] = {}
        self._listeners: dict[Watch, set[Listener]] = {}
        self._all: set[Listener] = set()

    @property
    def listeners(self) -> Collection[Listener]:
        """All streams that are told of changes."""
        return self._all

    @property
    def watched(self) -> int:
        """How many things are watched by anybody."""
        return len(self._listeners)

    def note(self, entries: Iterable[Entry], position: int) -> dict[Watch, int]:
        """Take a batch that ends at ``position``; return what is watched of what it changed.

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
        return {watch: entry_id for watch, entry_id in changed.items() if watch in self._listeners}

    def missed(self, watches: Iterable[Watch], cursor: int) -> dict[Watch, int]:
        """Return which of these things have changed after ``cursor``, in the order of ids.

        For a cursor from before our memory these are all, as of now.
        """
        if cursor < self.complete_since:
            return dict.fromkeys(sorted(watches), self.position)
        found = {watch: self._latest.get(watch, 0) for watch in watches}
        later = ((entry_id, watch) for watch, entry_id in found.items() if entry_id > cursor)
        return {watch: entry_id for entry_id, watch in sorted(later)}

    def join(self, listener: Listener) -> None:
        """Tell a listener from now on; it has to have been told all up to ``position``."""
        self._all.add(listener)
        for watch in listener.watches:
            self._listeners.setdefault(watch, set()).add(listener)

    def leave(self, listener: Listener) -> None:
        """Forget a listener, whether it had joined or not."""
        self._all.discard(listener)
        for watch in listener.watches:
            told = self._listeners.get(watch, set())
            told.discard(listener)
            if not told:
                self._listeners.pop(watch, None)

    def languages(self, watches: Iterable[Watch]) -> frozenset[str]:
        """Return the languages of all who watch these things."""
        return frozenset(
            one.language for watch in watches for one in self._listeners.get(watch, ())
        )

    def deliver(self, changes: Mapping[Watch, int], frames: Frames) -> int:
        """Tell all who watch what has changed, as far as they do not know; return how many events.

        Whoever watches something that could not be shown (its frame is missing) is cut, and asks
        again from where they were.
        """
        told: set[Listener] = set()
        events = 0
        for watch, entry_id in changes.items():
            for listener in tuple(self._listeners.get(watch, ())):
                if entry_id <= listener.cursor or listener.end is not None:
                    continue
                frame = frames.get((watch, listener.language))
                if frame is None:
                    listener.cut(End.STUCK)
                    self.leave(listener)
                else:
                    listener.offer(Change(entry_id, watch, frame))
                    told.add(listener)
                    events += 1
        self.told = self.position
        for listener in told:
            listener.wake()
        return events

    def _forget(self) -> None:
        """Drop the oldest half of a memory that has grown too large."""
        if len(self._latest) <= self._remembered:
            return
        for watch in list(self._latest)[: len(self._latest) // 2]:
            self.complete_since = max(self.complete_since, self._latest.pop(watch))

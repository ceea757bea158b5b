"""The one reader of the journal in a process, which tells all its streams."""

from __future__ import annotations

import asyncio
import logging
import time
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rexian.journal.domain.entries import Entry
from rexian.journal.services import Tail
from rexian.live.admission import Admission, admit
from rexian.live.domain.concern import concerned
from rexian.live.domain.hub import Hub
from rexian.live.domain.listening import Change, End, Listener
from rexian.live.domain.topics import Watch
from rexian.live.readers import Readers
from rexian.live.rendering import frames_of

logger = logging.getLogger(__name__)

POLL = 0.2
SLOWEST_POLL = 5.0
STAYS_AWAKE = 30.0
RIGHTS_HOLD = 45.0
_ADMISSIONS = 2
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Measures:
    """How a process's streams do.

    ``lag`` is how old, in seconds, the newest entry was when it was last told, 0 while nothing
    happens; ``told`` and ``cut`` count events and streams ended by us; ``position`` is the id up to
    which all have been told.
    """

    streams: int
    watched: int
    told: int
    cut: int
    lag: float
    position: int


class Broadcaster:
    """Follows the journal while somebody listens, and tells the listeners what has changed."""

    def __init__(self, *, poll: float = POLL, rights_hold: float = RIGHTS_HOLD) -> None:
        self.hub = Hub()
        self.closing = False
        self.events = self.cuts = 0
        self.lag = 0.0
        self._joining = 0
        self._poll = poll
        self._rights_hold = rights_hold
        self._tail: Tail | None = None
        self._reading = Readers(1)
        self._admitting = Readers(_ADMISSIONS)
        self._starting = asyncio.Lock()
        self._running: tuple[asyncio.Task[None], ...] = ()
        _broadcasters.add(self)

    async def admit(self, session: str, watches: frozenset[Watch]) -> Admission | None:
        """Return what the owner of a session may watch."""
        return await self._admitting.ask(admit, session, watches)

    async def join(self, listener: Listener) -> None:
        """Have a listener told what it has missed since its cursor, and all that comes."""
        self._joining += 1  # nobody goes to rest meanwhile
        try:
            await self._wake()
            if listener.cursor > self.hub.position:
                await self._correct(listener)
            while missed := self.hub.missed(listener.watches, listener.cursor):
                await self._catch_up(listener, missed)
            listener.checked = time.monotonic()
            if self.closing:
                listener.cut(End.CLOSING)
            if listener.end is None:
                self.hub.join(listener)
        finally:
            self._joining -= 1

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        self.hub.leave(listener)
        self.cuts += listener.end is not None and listener.end is not End.CLOSING

    async def close(self) -> None:
        """End all streams, then the reading; a second time changes nothing."""
        if self.closing:
            return
        self.closing = True
        for listener in tuple(self.hub.listeners):
            listener.cut(End.CLOSING)
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._running = ()
        await self._reading.close()
        await self._admitting.close()

    async def step(self) -> int:
        """Read the entries that have come since, tell of them, and return how many there were."""
        tail = self._tail
        if tail is None:
            return 0
        entries = await self._reading.ask(tail.read, _BATCH)
        changes = self.hub.note(entries, tail.position)
        await self._check(concerned(entries, self.hub.listeners))
        languages = self.hub.languages(changes)
        frames = await self._reading.ask(frames_of, changes, languages) if changes else {}
        self.events += self.hub.deliver(changes, frames)
        self._measure(entries)
        return len(entries)

    async def check_rights(self) -> None:
        """Look again at every stream whose rights were last looked at too long ago."""
        before = time.monotonic() - self._rights_hold
        await self._check([one for one in self.hub.listeners if one.checked < before])

    async def _check(self, listeners: Sequence[Listener]) -> None:
        for listener in listeners:
            admission = await self.admit(listener.session, listener.watches)
            if admission is None:
                listener.cut(End.SIGNED_OUT)
            elif admission.refused:
                listener.cut(End.REFUSED)
            else:
                listener.actor, listener.language = admission.actor, admission.language
                listener.checked = time.monotonic()
                continue
            self.hub.leave(listener)

    async def _catch_up(self, listener: Listener, missed: Mapping[Watch, int]) -> None:
        """Tell a listener what it has missed; what cannot be shown ends it."""
        position = self.hub.position
        frames = await self._reading.ask(frames_of, missed, {listener.language})
        for watch, entry_id in missed.items():
            frame = frames.get((watch, listener.language))
            if frame is None:
                listener.cut(End.STUCK)
            elif listener.end is None:
                listener.offer(Change(entry_id, watch, frame))
        listener.cursor = position

    async def _correct(self, listener: Listener) -> None:
        """Bring a cursor back that is ahead of the journal, as after a backup was restored."""
        newest = (await self._reading.ask(Tail)).position
        if listener.cursor > newest:
            listener.cursor = -1

    async def _wake(self) -> None:
        """Begin to follow the journal, where it was left or, after a long rest, where it is now."""
        async with self._starting:
            if self._tail is None:
                self._tail = await self._reading.ask(Tail)
                self.hub = Hub(self._tail.position)
            if not self._running and not self.closing:
                loop = asyncio.get_running_loop()
                self._running = (
                    loop.create_task(self._follow()),
                    loop.create_task(self._watch_rights()),
                )

    async def _follow(self) -> None:
        pause, listened_at = self._poll, time.monotonic()
        while time.monotonic() < listened_at + STAYS_AWAKE or not await self._rest():
            listened_at = time.monotonic() if self.hub.listeners else listened_at
            try:
                full = await self.step() == _BATCH
                pause = self._poll
            except Exception:  # the edge of a process: the database may be back in a moment
                logger.exception("The journal cannot be followed.")
                full, pause = False, min(pause * 2, SLOWEST_POLL)
            await asyncio.sleep(0 if full else pause)

    async def _watch_rights(self) -> None:
        while True:
            await asyncio.sleep(min(1.0, self._rights_hold / 4))
            try:
                await self.check_rights()
            except Exception:  # the edge of a process: asked again in a second
                logger.exception("Rights cannot be looked at.")

    async def _rest(self) -> bool:
        """Stop following, since nobody has listened for a while; return whether it has stopped."""
        async with self._starting:
            if self.hub.listeners or self._joining:
                return False
            me = asyncio.current_task()
            for task in self._running:
                if task is not me:
                    task.cancel()
            self._running = ()
            self._tail = None
            await self._reading.rest()
            await self._admitting.rest()
            return True

    def _measure(self, entries: Sequence[Entry]) -> None:
        newest = entries[-1].at if entries else None
        self.lag = max(0.0, (datetime.now(UTC) - newest).total_seconds()) if newest else 0.0


_broadcasters: weakref.WeakSet[Broadcaster] = weakref.WeakSet()


def measures() -> Measures:
    """Return how this process's streams do, for the page of metrics."""
    all_here = tuple(_broadcasters)
    return Measures(
        streams=sum(len(one.hub.listeners) for one in all_here),
        watched=sum(one.hub.watched for one in all_here),
        told=sum(one.events for one in all_here),
        cut=sum(one.cuts for one in all_here),
        lag=max((one.lag for one in all_here), default=0.0),
        position=max((one.hub.told for one in all_here), default=0),
    )

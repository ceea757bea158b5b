"""The one reader of the journal in a process, which tells all its streams."""

from __future__ import annotations

import asyncio
import logging
import time
import weakref
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import DatabaseError, transaction

from rexian.journal.domain.entries import Entry
from rexian.journal.services import Tail
from rexian.live.admission import Admission, admit
from rexian.live.domain.concern import changes_rights, concerned
from rexian.live.domain.hub import Hub, Told
from rexian.live.domain.listening import Change, End, Listener
from rexian.live.domain.topics import Topic, Watch
from rexian.live.readers import Readers
from rexian.live.rendering import Frames, Painter

logger = logging.getLogger(__name__)

POLL = 0.025
GATHERS = 0.015
SLOWEST_POLL = 5.0
STAYS_AWAKE = 30.0
QUIET_AFTER = 10.0
RIGHTS_HOLD = 45.0
_ADMISSIONS = 2
_BATCH = 500
_ROW = 32
_GOLDEN = 0.618  # multiples of it, without their integers, lie evenly between 0 and 1


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
    """Follows the journal while somebody listens, and tells the listeners what has changed.

    It looks every ``poll`` seconds for what other processes have recorded, half as often where all
    is quiet, and at once when this one has recorded something (``notice``). What comes within a
    moment is told together.
    """

    def __init__(self, *, poll: float = POLL, rights_hold: float = RIGHTS_HOLD) -> None:
        self.hub = Hub()
        self.closing = False
        self.events = self.cuts = self.upheavals = 0
        self.lag = 0.0
        self._joined = self._joining = 0
        self._poll = poll
        self._rights_hold = rights_hold
        self._tail: Tail | None = None
        self._painter = Painter()
        self._reading = Readers(1)
        self._admitting = Readers(_ADMISSIONS)
        self._starting = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._doubts = asyncio.Event()
        self._row: deque[Listener] = deque()
        self._waking: asyncio.Task[None] | None = None
        self._running: tuple[asyncio.Task[None], ...] = ()
        _broadcasters.add(self)

    async def admit(
        self, session: str, watches: frozenset[Watch], language: str = ""
    ) -> Admission | None:
        """Return what a session and the keys themselves admit to."""
        return await self._admitting.ask(admit, session, watches, language)

    async def relays(self, topic: Topic, key: str) -> tuple[Watch, ...]:
        """Return where a signal goes that is sent under a key of a topic."""
        return await self._admitting.ask(lambda: tuple(topic.relays(key) if topic.relays else ()))

    async def join(self, listener: Listener) -> None:
        """Have a listener told what it has missed since its cursor, and all that comes."""
        self._joining += 1  # nobody goes to rest meanwhile
        try:
            await self._wake()
            if listener.cursor > self.hub.position:
                await self._correct(listener)
            while missed := self.hub.missed(listener.watches, listener.cursor):
                await self._catch_up(listener, missed)
            listener.checked = time.monotonic() - self._early()
            if self.closing:
                listener.cut(End.CLOSING)
            if listener.end is None:
                self.hub.join(listener)
                if listener.upheavals != self.upheavals:
                    self._doubt([listener])
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
        self._running, self._loop = (), None
        await self._reading.close()
        await self._admitting.close()

    async def step(self) -> int:
        """Read the entries that have come since, tell of them, and return how many there were."""
        tail = self._tail
        if tail is None:
            return 0
        entries = await self._reading.ask(tail.read, _BATCH)
        changes = self.hub.note(entries, tail.position, time.monotonic())
        self.upheavals += any(map(changes_rights, entries))
        self._doubt(concerned(entries, self.hub.listeners))
        frames = await self._paint(changes, self.hub.languages(changes)) if changes else {}
        told = self.hub.deliver(changes, frames)
        self.events += told.events
        self._call(told)
        self._measure(entries)
        return len(entries)

    async def check_rights(self) -> None:
        """Look again at every stream in doubt, and at each that was last looked at too long ago."""
        before = time.monotonic() - self._rights_hold
        doubted = [one for one in self.hub.listeners if one.doubted]
        for one in doubted or [one for one in self.hub.listeners if one.checked < before]:
            if one.end is None:
                await self._check(one)

    def rouse(self) -> None:
        """Look at the journal at once; called from any thread."""
        loop = self._loop
        if loop is not None and not self._news.is_set():
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self._news.set)

    def _early(self) -> float:
        """Return how much earlier than the last one's the rights of the next are looked at again.

        Thousands may come at once, and are not all looked at again at once.
        """
        self._joined += 1
        return self._joined * _GOLDEN % 1 * self._rights_hold / 2

    def _doubt(self, listeners: Sequence[Listener]) -> None:
        """Keep back what is told to listeners until their rights have been looked at."""
        for one in listeners:
            one.doubted = True
        if listeners:
            self._doubts.set()

    async def _check(self, listener: Listener) -> None:
        try:
            admission = await self.admit(
                listener.session, listener.watches, listener.asked_language
            )
        except DatabaseError:
            raise  # nobody can be looked at now; who is in doubt stays so
        except Exception:  # one topic's bug is not everybody's
            logger.exception("The rights of a stream cannot be looked at.")
            listener.cut(End.STUCK)
            self.hub.leave(listener)
        else:
            self._judge(listener, admission)

    def _judge(self, listener: Listener, admission: Admission | None) -> None:
        """Let a listener go on after its rights were looked at, or end its stream."""
        if admission is None:
            listener.cut(End.SIGNED_OUT)
        elif admission.refused:
            listener.cut(End.REFUSED)
        else:
            listener.actor, listener.language = admission.actor, admission.language
            listener.checked, listener.doubted = time.monotonic(), False
            listener.wake()
            return
        self.hub.leave(listener)

    def _call(self, told: Told) -> None:
        """Wake those who have been told: a crowd in a row, so that others may pass between them."""
        for one in told.near:
            one.wake()
        self._row.extend(told.crowd - told.near)
        if self._row and self._waking is None:
            self._waking = asyncio.get_running_loop().create_task(self._wake_row())

    async def _wake_row(self) -> None:
        while self._row:
            for _ in range(min(_ROW, len(self._row))):
                self._row.popleft().wake()
            await asyncio.sleep(0)
        self._waking = None

    async def _paint(
        self, changes: Mapping[Watch, int], languages: Mapping[Watch, Collection[str]]
    ) -> Frames:
        return await self._reading.ask(self._painter.frames, changes, languages)

    async def _catch_up(self, listener: Listener, missed: Mapping[Watch, int]) -> None:
        """Tell a listener what it has missed; what cannot be shown ends it."""
        position = self.hub.position
        frames = await self._paint(missed, dict.fromkeys(missed, (listener.language,)))
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
                self._painter = Painter()
            if not self._running and not self.closing:
                self._loop = asyncio.get_running_loop()
                self._running = (
                    self._loop.create_task(self._follow()),
                    self._loop.create_task(self._watch_rights()),
                )

    async def _follow(self) -> None:
        pause, listened_at, heard_at = self._poll, time.monotonic(), time.monotonic()
        while time.monotonic() < listened_at + STAYS_AWAKE or not await self._rest():
            begun = time.monotonic()
            listened_at = begun if self.hub.listeners else listened_at
            self._news.clear()
            count = 0
            try:
                count = await self.step()
                heard_at = begun if count else heard_at
                pause = self._poll * (1 if begun < heard_at + QUIET_AFTER else 2)
            except Exception:  # the edge of a process: the database may be back in a moment
                logger.exception("The journal cannot be followed.")
                pause = min(pause * 2, SLOWEST_POLL)
            await asyncio.sleep(0) if count == _BATCH else await self._listen(pause, begun)

    async def _listen(self, pause: float, begun: float) -> None:
        """Wait for news, or until it is time for another look; what comes in a burst gathers."""
        if await _comes(self._news, within=pause):
            await asyncio.sleep(begun + GATHERS - time.monotonic())

    async def _watch_rights(self) -> None:
        pause = max(0.01, min(1.0, self._rights_hold / 4))
        while True:
            await _comes(self._doubts, within=pause)
            self._doubts.clear()
            try:
                await self.check_rights()
            except Exception:  # the edge of a process: asked again in a second
                logger.exception("Rights cannot be looked at.")
                await asyncio.sleep(pause)

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
            self._tail = self._loop = None
            await self._reading.rest()
            await self._admitting.rest()
            return True

    def _measure(self, entries: Sequence[Entry]) -> None:
        newest = entries[-1].at if entries else None
        self.lag = max(0.0, (datetime.now(UTC) - newest).total_seconds()) if newest else 0.0


async def _comes(event: asyncio.Event, *, within: float) -> bool:
    """Wait for an event, but not longer than so many seconds; tell whether it came."""
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            return await event.wait()
    return False


_broadcasters: weakref.WeakSet[Broadcaster] = weakref.WeakSet()


def notice(entry: Entry) -> None:  # noqa: ARG001 - the form of a witness
    """Have this process's streams look at the journal as soon as an entry is committed."""
    if _broadcasters:
        transaction.on_commit(_rouse_all, robust=True)


def _rouse_all() -> None:
    for one in tuple(_broadcasters):
        one.rouse()


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

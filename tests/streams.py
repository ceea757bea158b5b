"""A browser's stream without a browser, and the proof that a page that listens stays right.

Loaded as a plugin, so that every test of a topic has the fixture ``assert_live``.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.loops import run_apart

SOON = 10.0


@dataclass(frozen=True)
class Told:
    """An event as a browser hands it on; ``cursor`` is the last id that it knows after it."""

    name: str
    data: Any
    cursor: int


@dataclass
class Reading:
    """What a stream has said so far, read as the standard of server-sent events has it."""

    cursor: int = -1
    _rest: bytes = b""
    told: asyncio.Queue[Told] = field(default_factory=asyncio.Queue)

    def feed(self, body: bytes) -> None:
        """Take some bytes and tell the events that end in them."""
        *blocks, self._rest = (self._rest + body).split(b"\n\n")
        for block in blocks:
            fields: dict[str, str] = {}
            for line in block.decode().splitlines():
                name, _, value = line.partition(": ")
                fields[name] = value
            self.cursor = int(fields.get("id", self.cursor))
            data = json.loads(fields["data"]) if "data" in fields else None
            self.told.put_nowait(Told(fields.get("event", ""), data, self.cursor))


class Stream:
    """A stream that is open; leaving its block is what closing the browser is."""

    def __init__(self, application: Any, scope: Mapping[str, Any]) -> None:
        self.reading = Reading()
        self.status = 0
        self.over = asyncio.Event()
        self.taking = asyncio.Event()
        self.taking.set()
        self._gone = asyncio.Event()
        self._begun = asyncio.Event()
        self._task = asyncio.ensure_future(application(scope, self._receive, self._send))

    @property
    def cursor(self) -> int:
        """The id up to which this browser has been told everything."""
        return self.reading.cursor

    async def begin(self) -> None:
        """Wait for the status."""
        waiting = asyncio.ensure_future(self._begun.wait())
        await asyncio.wait({waiting, self._task}, return_when="FIRST_COMPLETED")
        waiting.cancel()
        if self._task.done():
            self._task.result()

    async def next(self, name: str = "change") -> Told:
        """Return the next event of a name, leaving out others."""
        async with asyncio.timeout(SOON):
            while (told := await self.reading.told.get()).name != name:
                pass
        return told

    async def up_to(self, entry_id: int) -> list[Told]:
        """Return what is told until the cursor is at ``entry_id`` or past it."""
        found: list[Told] = []
        async with asyncio.timeout(SOON):
            while self.cursor < entry_id or not self.reading.told.empty():
                found.append(await self.reading.told.get())
        return [one for one in found if one.name == "change"]

    async def ended(self) -> None:
        """Wait until the server has ended the stream."""
        async with asyncio.timeout(SOON):
            await asyncio.shield(self._task)

    async def leave(self) -> None:
        """Close the browser, and wait until the server has noticed."""
        self._gone.set()
        async with asyncio.timeout(SOON):
            await self._task

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Mapping[str, Any]) -> None:
        await self.taking.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._begun.set()
        else:
            self.reading.feed(message["body"])
            if not message.get("more_body"):
                self.over.set()


@asynccontextmanager
async def open_stream(
    application: Any,
    watches: Sequence[str],
    *,
    session: str = "",
    after: int | None = None,
    last_event_id: int | None = None,
    language: str | None = None,
) -> AsyncIterator[Stream]:
    """Open a stream as a browser would."""
    query = [("watch", watch) for watch in watches]
    query += [("after", str(after))] if after is not None else []
    query += [("language", language)] if language is not None else []
    headers = [(b"cookie", f"rexian_session={session}".encode())]
    if last_event_id is not None:
        headers.append((b"last-event-id", str(last_event_id).encode()))
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/live",
        "query_string": urlencode(query).encode(),
        "headers": headers,
    }
    stream = Stream(application, scope)
    await stream.begin()
    try:
        yield stream
    finally:
        await stream.leave()


def session_of(client: Client) -> str:
    """Return the session of somebody who is signed in."""
    return client.cookies["rexian_session"].value


class AssertLive(Protocol):
    """See that a page with a watched element, kept up to date, looks like the page made anew."""

    def __call__(self, topic: str, key: str, do: Callable[[], Any], *, session: str) -> None:
        """Open a stream, ``do`` something, and compare what was told with a fresh snapshot."""


@pytest.fixture
def assert_live() -> AssertLive:
    """Return the check that *snapshot + events = fresh snapshot*; needs real transactions."""

    def check(topic: str, key: str, do: Callable[[], Any], *, session: str) -> None:
        before, told, after = run_apart(_watched(topic, key, do, session))
        assert after != before, f"What was done changes nothing in {topic}:{key}."
        assert told == after

    return check


async def _watched(
    topic: str, key: str, do: Callable[[], Any], session: str
) -> tuple[object, object, object]:
    from rexian.journal.queries import newest_id  # noqa: PLC0415 - after the settings
    from rexian.live.broadcasting import Broadcaster  # noqa: PLC0415
    from rexian.live.endpoint import LiveApplication  # noqa: PLC0415
    from rexian.live.readers import Readers  # noqa: PLC0415

    database, broadcaster = Readers(1), Broadcaster(poll=0.01)
    application = LiveApplication(None, broadcaster=broadcaster, heartbeat=0.02)  # type: ignore[arg-type]
    try:
        start = await database.ask(newest_id)
        shown = before = await database.ask(_snapshot, topic, key, session)
        async with open_stream(
            application, [f"{topic}:{key}"], session=session, after=start
        ) as stream:
            assert stream.status == 200
            await database.ask(do)
            for told in await stream.up_to(await database.ask(newest_id)):
                shown = told.data.get("html", told.data.get("state"))
        return before, shown, await database.ask(_snapshot, topic, key, session)
    finally:
        await broadcaster.close()
        await database.close()


def _snapshot(topic: str, key: str, session: str) -> object:
    """Return the content of the element as the page itself shows it to the session's owner."""
    from rexian.live.admission import admit  # noqa: PLC0415 - after the settings
    from rexian.live.domain.topics import Watch, topic_named  # noqa: PLC0415
    from rexian.live.rendering import fragment  # noqa: PLC0415

    found, admission = topic_named(topic), admit(session, [Watch(topic, key)])
    assert found is not None
    assert admission is not None
    state = found.states([key]).get(key)
    if found.template:
        return fragment(found, key, state, admission.language)
    return json.loads(json.dumps(state))

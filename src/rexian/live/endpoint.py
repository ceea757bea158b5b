"""``GET /live``: a stream of server-sent events, spoken in plain ASGI so that it stays cheap."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http.cookie import parse_cookie

from rexian.live.broadcasting import Broadcaster
from rexian.live.domain.listening import End, Listener
from rexian.live.domain.topics import Watch
from rexian.live.rendering import event

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PATH = "/live"
HEARTBEAT = 15.0
PATIENCE = 20.0
MOST_WATCHES = 100
_COMES_BACK = b"retry: 3000\n\n"
_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser asks for: things to watch, the id it knows everything up to, its session."""

    watches: frozenset[Watch]
    cursor: int
    session: str


class LiveApplication:
    """Answers ``/live`` and hands everything else on; ends its streams when the server ends.

    200 with a stream; 204 where there is nothing to watch, 400 where it cannot be understood, 401
    without a session, 403 where nothing of it may be watched: for these a browser does not return.
    503 while the server closes.
    """

    def __init__(
        self,
        otherwise: Application,
        *,
        broadcaster: Broadcaster | None = None,
        heartbeat: float = HEARTBEAT,
        patience: float = PATIENCE,
    ) -> None:
        self._otherwise = otherwise
        self._given = broadcaster
        self._heartbeat = heartbeat
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the server's own life."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"] == PATH:
            await self._answer(scope, receive, send)
        else:
            await self._otherwise(scope, receive, send)

    @property
    def broadcaster(self) -> Broadcaster:
        """Who reads the journal for this process; made in the loop that runs it."""
        if self._given is None:
            self._given = Broadcaster()
        return self._given

    async def close(self) -> None:
        """End all streams."""
        if self._given is not None:
            await self._given.close()

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await self.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            return await _refuse(send, 405)
        try:
            asked = _asked(scope)
        except ValueError:
            return await _refuse(send, 400)
        if not asked.watches:
            return await _refuse(send, 204)
        if self.broadcaster.closing:
            return await _refuse(send, 503)
        admission = await self.broadcaster.admit(asked.session, asked.watches)
        if admission is None:
            return await _refuse(send, 401)
        if not admission.allowed:
            return await _refuse(send, 403)
        listener = Listener(
            watches=admission.allowed,
            cursor=asked.cursor,
            language=admission.language,
            actor=admission.actor,
            session=asked.session,
        )
        refused = sorted(map(str, admission.refused))
        return await self._stream(listener, refused, receive, send)

    async def _stream(
        self, listener: Listener, refused: list[str], receive: Receive, send: Send
    ) -> None:
        woken = asyncio.Event()
        listener.wake = woken.set
        leaving = asyncio.ensure_future(_until_gone(receive, woken))
        try:
            await self.broadcaster.join(listener)
            await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
            first = _COMES_BACK + (event("refused", refused) if refused else b"")
            await self._write(send, first)
            while listener.end is None and not leaving.done():
                await self._write(send, await self._next(listener, woken))
            if not leaving.done():
                last = event("end", {"reason": listener.end or End.CLOSING})
                await self._write(send, last, more=False)
        except TimeoutError:
            listener.cut(End.STUCK)  # what this reader has not taken, it asks for when it is back
        finally:
            self.broadcaster.leave(listener)
            leaving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await leaving

    async def _next(self, listener: Listener, woken: asyncio.Event) -> bytes:
        """Return what there is to send, or a heartbeat, which also moves the reader's cursor."""
        if not listener.waits:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._heartbeat):
                    await woken.wait()
        woken.clear()
        if listener.waits or listener.end is not None:
            return listener.take()
        return b": \nid: %d\n\n" % max(listener.cursor, self.broadcaster.hub.told)

    async def _write(self, send: Send, body: bytes, *, more: bool = True) -> None:
        if body or not more:
            async with asyncio.timeout(self._patience):
                await send({"type": "http.response.body", "body": body, "more_body": more})


def _asked(scope: Scope) -> Asked:
    """Read the request; raise ``ValueError`` for what makes no sense."""
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    query = parse_qs(scope["query_string"].decode("ascii"), max_num_fields=MOST_WATCHES + 1)
    watches = frozenset(map(_watch, query.get("watch", ())))
    last = headers.get(b"last-event-id", b"").decode("ascii") or query.get("after", ["-1"])[0]
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    return Asked(watches, int(last), cookies.get(settings.SESSION_COOKIE_NAME, ""))


def _watch(text: str) -> Watch:
    topic, colon, key = text.partition(":")
    if not (topic and colon and key) or len(text) > 200:
        raise ValueError(text)
    return Watch(topic, key)


async def _until_gone(receive: Receive, woken: asyncio.Event) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    woken.set()


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": list(_HEADERS[1:])})
    await send({"type": "http.response.body", "body": b""})

"""``GET /live``: a stream of server-sent events, spoken in plain ASGI so that it stays cheap."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from urllib.parse import parse_qs

from rexian.kernel.language import Language
from rexian.live import signalling
from rexian.live.asgi import (
    PLAIN,
    Application,
    Receive,
    Scope,
    Send,
    answer,
    headers_of,
    session_of,
)
from rexian.live.broadcasting import Broadcaster
from rexian.live.domain.listening import End, Listener
from rexian.live.domain.topics import VISITOR, Watch
from rexian.live.pulse import Line, Pulse
from rexian.live.rendering import event

Leaving = asyncio.Future[None]

PATH = "/live"
HEARTBEAT = 15.0
PATIENCE = 20.0
MOST_WATCHES = 100
_COMES_BACK = b"retry: 3000\n\n"
_HEADERS = ((b"content-type", b"text/event-stream; charset=utf-8"), *PLAIN)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser asks for: things to watch, the id it knows everything up to, its session.

    ``language`` is empty where that of the session's owner is wanted.
    """

    watches: frozenset[Watch]
    cursor: int
    session: str
    language: str


class LiveApplication:
    """Answers ``/live`` and ``/live/signal`` and hands everything else on.

    Ends its streams when the server ends. 200 with a stream; 204 where there is nothing to watch,
    400 where it cannot be understood, 401 without a session where one is needed, 403 where nothing
    of it may be watched: for these a browser does not return. 503 while the server closes.
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
        self._pulse = Pulse(heartbeat, patience)
        self._switchboard = signalling.Switchboard()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the server's own life."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"] == PATH:
            await self._answer(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == signalling.PATH:
            await self._switchboard.answer(scope, receive, send, self.broadcaster)
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
            return await answer(send, 405)
        try:
            asked = _asked(scope)
        except ValueError:
            return await answer(send, 400)
        if not asked.watches:
            return await answer(send, 204)
        if self.broadcaster.closing:
            return await answer(send, 503)
        upheavals = self.broadcaster.upheavals
        admission = await self.broadcaster.admit(asked.session, asked.watches, asked.language)
        if admission is None:
            return await answer(send, 401)
        if not admission.allowed:
            return await answer(send, 403)
        listener = Listener(
            watches=admission.allowed,
            cursor=asked.cursor,
            language=admission.language,
            actor=admission.actor,
            session="" if admission.actor is VISITOR else asked.session,
            asked_language=asked.language,
            upheavals=upheavals,
        )
        refused = sorted(map(str, admission.refused))
        return await self._stream(listener, refused, receive, send)

    async def _stream(
        self, listener: Listener, refused: list[str], receive: Receive, send: Send
    ) -> None:
        with self._pulse.line() as line:
            listener.wake = line.woken.set
            leaving = asyncio.ensure_future(_until_gone(receive, line.woken))
            try:
                await self.broadcaster.join(listener)
                await self._tell(listener, refused, line, leaving, send)
            except asyncio.CancelledError:
                if not line.is_stuck:
                    raise
                line.task.uncancel()
                listener.cut(End.STUCK)  # what this reader has not taken, they ask for again
            finally:
                self.broadcaster.leave(listener)
                leaving.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await leaving

    async def _tell(
        self, listener: Listener, refused: list[str], line: Line, leaving: Leaving, send: Send
    ) -> None:
        """Tell a reader what there is, until they leave or the stream is ended."""
        await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
        await _write(line, send, _COMES_BACK + (event("refused", refused) if refused else b""))
        while listener.end is None and not leaving.done():
            if body := await self._next(listener, line, leaving):
                await _write(line, send, body)
        if not leaving.done():
            last = event("end", {"reason": listener.end or End.CLOSING})
            await _write(line, send, last, more=False)

    async def _next(self, listener: Listener, line: Line, leaving: Leaving) -> bytes:
        """Return what there is to send, or a heartbeat when there was nothing for a while."""
        hub = self.broadcaster.hub
        while not listener.waits:
            if line.is_due:
                line.is_due = False
                return listener.heartbeat(hub.told, hub.owed(listener))
            line.woken.clear()
            await line.woken.wait()
            if listener.end is not None or leaving.done():
                return b""
        return listener.take(hub.owed(listener))


def _asked(scope: Scope) -> Asked:
    """Read the request; raise ``ValueError`` for what makes no sense."""
    headers = headers_of(scope)
    query = parse_qs(scope["query_string"].decode("ascii"), max_num_fields=MOST_WATCHES + 2)
    watches = frozenset(map(Watch.read, query.get("watch", ())))
    if len(watches) > MOST_WATCHES:
        raise ValueError("These are too many.")
    last = headers.get(b"last-event-id", b"").decode("ascii") or query.get("after", ["-1"])[0]
    language = query.get("language", [""])[0]
    return Asked(watches, int(last), session_of(headers), language and Language(language).value)


async def _write(line: Line, send: Send, body: bytes, *, more: bool = True) -> None:
    with line.writing():
        await send({"type": "http.response.body", "body": body, "more_body": more})


async def _until_gone(receive: Receive, woken: asyncio.Event) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    woken.set()

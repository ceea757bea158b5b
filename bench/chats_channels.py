"""The same turns by Django Channels, as its documents have a chat: a socket on each side.

A turn comes in by a socket, becomes a row, goes to the group of the chat and to the other side's
socket. Sessions are looked at where a socket opens. There is no guide, no journal, no desk, nothing
is read again that was missed. Layer in memory, SQLite, under the same server as ours, with a
connection that lasts.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from chats_serving import House, founded, free_port, started, surroundings
from measure import Figure

PACE = 6.0
WARM, MEASURED, AFTER = 6.0, 30.0, 3.0
_MARK = re.compile(rb"\[\[(\w+)\]\]")
_WORDS = {
    "c": "你好，我想问一下从柳村收费站到临川要多少过路费？",
    "a": "请您稍等，我马上为您查询一下。",
}
_UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


def figures(chats: int, said: str) -> Iterator[Figure]:
    """Measure, or say why not."""
    said = f"for comparison, Django Channels, layer in memory: {said}"
    if importlib.util.find_spec("channels") is None:
        yield Figure(said, "not installed: uv sync --inexact --group comparison", "-", True)
        return
    with tempfile.TemporaryDirectory(prefix="rexian-bench-") as home:
        around, port = surroundings(home), free_port()
        given = json.loads(founded(around, "chats_channels.py", "found", str(chats)))
        command = [sys.executable, __file__, "serve", str(port)]
        with started(command, around, Path(home, "server.log")) as server:
            house = House(port, port, [server], [])
            sockets, cpu = asyncio.run(_play(house, given))
    yield from _told(said, sockets, cpu)


@dataclass
class Socket(asyncio.Protocol):
    """One side of a chat: what it sent when, and when the other side's words came."""

    request: bytes
    by: str
    opened: asyncio.Future[None]
    sent: dict[str, float] = field(default_factory=dict)
    came: dict[str, float] = field(default_factory=dict)
    line: Any = None
    _rest: bytes = b""

    def connection_made(self, transport: Any) -> None:
        """Ask for the socket."""
        self.line = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        at = time.perf_counter()
        if not self.opened.done():
            if not data.startswith(b"HTTP/1.1 101"):
                raise RuntimeError(data.decode())
            self.opened.set_result(None)
        data = self._rest + data
        for mark in _MARK.findall(data):
            self.came.setdefault(mark.decode(), at)
        self._rest = data[-64:]

    def say(self, mark: str) -> None:
        """Send a turn; a client's frames bear a mask, of which the plainest is as good as any."""
        words = json.dumps({"text": f"{_WORDS[self.by]}[[{mark}]]"}, ensure_ascii=False).encode()
        self.sent[mark] = time.perf_counter()
        self.line.write(b"\x81\xfe" + len(words).to_bytes(2, "big") + bytes(4) + words)


Pair = tuple[Socket, Socket]


async def _play(house: House, given: Sequence[tuple[int, str]]) -> tuple[list[Pair], float]:
    chats = [
        (await _open(house, contact, "c", ""), await _open(house, contact, "a", session))
        for contact, session in given
    ]
    chance, begun = Random(7), time.perf_counter()
    end = begun + WARM + MEASURED
    talks = [
        _talk(*one, str(at), begun + chance.random() * PACE, end) for at, one in enumerate(chats)
    ]
    spent: list[float] = []

    async def watch_processor() -> None:
        await asyncio.sleep(WARM)
        before = house.cpu()
        await asyncio.sleep(MEASURED)
        spent.append((house.cpu() - before) / MEASURED)

    await asyncio.gather(watch_processor(), *talks)
    await asyncio.sleep(AFTER)
    for pair in chats:
        for one in pair:
            one.sent = {mark: at for mark, at in one.sent.items() if begun + WARM <= at}
            one.line.abort()
    return chats, spent[0]


async def _open(house: House, contact: int, by: str, session: str) -> Socket:
    loop = asyncio.get_running_loop()
    head = (
        f"GET /chat/{contact}/{by} HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: rexian_session={session}\r\n{_UPGRADE}\r\n"
    )
    socket = Socket(head.encode(), by, loop.create_future())
    await loop.create_connection(lambda: socket, "127.0.0.1", house.streams)
    await asyncio.wait_for(socket.opened, 30)
    return socket


async def _talk(customer: Socket, agent: Socket, number: str, begun: float, end: float) -> None:
    turn = 0
    while (due := begun + turn * PACE) < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        (agent if turn % 2 else customer).say(f"{number}x{turn}")
        turn += 1


def _told(said: str, chats: Sequence[Pair], cpu: float) -> Iterator[Figure]:
    turns = lost = 0
    for where, side in (("the customer's screen", 1), ("the agent's screen, without a hint", 0)):
        waits = []
        for pair in chats:
            for mark, at in pair[side].sent.items():
                came = pair[1 - side].came.get(mark)
                if came is None:
                    lost += 1
                else:
                    waits.append((came - at) * 1000)
        turns += len(waits)
        waits.sort()
        median, late = statistics.median(waits), waits[int(len(waits) * 0.99)]
        yield Figure(f"{said}: to {where}, median", f"{median:,.2f} ms", "-", True)
        yield Figure(f"{said}: to {where}, p99", f"{late:,.2f} ms", "-", True)
    yield Figure(f"{said}: turns that did not come", str(lost), "-", True)
    yield Figure(f"{said}: processor a turn", f"{cpu * MEASURED / turns * 1000:,.2f} ms", "-", True)


def found(chats: int) -> None:
    """Found the same house, with an agent's contact for each chat; print it with their session."""
    import chats_house  # noqa: PLC0415 - it prints, and needs settings

    people = chats_house.people(-(-chats // 3))
    from django.utils.timezone import now  # noqa: PLC0415

    from rexian.contacts import models  # noqa: PLC0415

    hotline, at = models.Hotline.objects.order_by("pk")[0], now()
    rows = models.Contact.objects.bulk_create(
        models.Contact(
            organisation_id=hotline.organisation_id,
            hotline=hotline,
            channel="chat",
            state="connected",
            queue="general",
            priority=5,
            agent_id=people[one // 3][0],
            arrived_at=at,
        )
        for one in range(chats)
    )
    print(json.dumps([(row.pk, people[one // 3][1]) for one, row in enumerate(rows)]), flush=True)


def be_server(port: int) -> None:
    """Serve sockets by Channels."""
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    django.setup()
    from django.db import connections  # noqa: PLC0415

    connections.settings["default"] |= {"CONN_MAX_AGE": 600}  # as ours; else it connects each time
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.server.embed import Server  # noqa: PLC0415

    async def run() -> None:
        server = Server(
            _application(),
            address="127.0.0.1",
            port=port,
            interface=Interfaces.ASGINL,
            websockets=True,
            log_enabled=False,
        )
        asyncio.get_running_loop().call_later(1, lambda: print("ready", flush=True))
        await server.serve()

    asyncio.run(run())


def _application() -> Any:
    from channels.auth import AuthMiddlewareStack  # noqa: PLC0415
    from channels.db import database_sync_to_async  # noqa: PLC0415
    from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: PLC0415
    from channels.routing import ProtocolTypeRouter  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.utils.timezone import now  # noqa: PLC0415

    from rexian.contacts import models  # noqa: PLC0415

    @transaction.atomic
    def keep(contact: int, by: str, text: str) -> dict[str, Any]:
        row = models.Contact.objects.select_for_update().get(pk=contact)
        row.lines, row.last_line_at = row.lines + 1, now()
        row.save(update_fields=["lines", "last_line_at"])
        speaker = "agent" if by == "a" else "customer"
        models.Line.objects.create(
            contact=row, seq=row.lines, at=row.last_line_at, speaker=speaker, text=text
        )
        return {"seq": row.lines, "at": row.last_line_at.isoformat(), "by": by, "text": text}

    class Chat(AsyncWebsocketConsumer):
        async def connect(self) -> None:
            _, _, number, self.by = self.scope["path"].split("/")
            self.contact = int(number)
            row = await models.Contact.objects.aget(pk=self.contact)
            if self.by == "a" and self.scope["user"].pk != row.agent_id:
                await self.close()
                return
            await self.channel_layer.group_add(f"chat.{number}", self.channel_name)
            await self.accept()

        async def receive(self, text_data: str) -> None:
            text = json.loads(text_data)["text"]
            line = await database_sync_to_async(keep)(self.contact, self.by, text)
            message = {"type": "said", "line": line}
            await self.channel_layer.group_send(f"chat.{self.contact}", message)

        async def said(self, event: dict[str, Any]) -> None:
            await self.send(text_data=json.dumps(event["line"], ensure_ascii=False))

    return ProtocolTypeRouter({"websocket": AuthMiddlewareStack(Chat.as_asgi())})


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["found", chats]:
            found(int(chats))
        case ["serve", port]:
            be_server(int(port))
        case _:
            for one in figures(200, "200 busy chats"):
                print(f"{one.what}: {one.measured}", flush=True)

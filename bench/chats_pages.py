"""The pages that ``chats.py`` plays: a connection that asks, and a stream that is read."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

PATIENCE = 30.0

_MARK = re.compile(rb"\[\[(\w+)\]\]")
_FORM = "application/x-www-form-urlencoded"


class Browser:
    """Kept connections, to where pages are and where streams are: a request at a time."""

    def __init__(self, pages: int, streams: int, cookies: str = "") -> None:
        self._ports, self._cookies = (pages, streams), cookies
        self._turn = asyncio.Lock()
        self._pipes: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def ask(self, path: str, fields: dict[str, str] | None = None) -> dict[str, Any]:
        """Get what is at an address, or post a form; raise for every refusal."""
        body = urlencode(fields).encode() if fields is not None else None
        told: dict[str, Any] = json.loads(await self._answer(path, _FORM, body))
        return told

    async def signal(self, watch: str, kind: str, data: dict[str, Any]) -> None:
        """Tell the other side what passes and is not kept."""
        told = {"watch": watch, "kind": kind, "data": data}
        await self._answer("/live/signal", "application/json", json.dumps(told).encode())

    async def _answer(self, path: str, form: str, body: bytes | None) -> bytes:
        request = self._request(path, form, body)
        port = self._ports[path.startswith("/live")]
        async with self._turn, asyncio.timeout(PATIENCE):
            try:
                head, answer = await self._exchange(port, request)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()  # it had been idle for so long that the server has closed it
                head, answer = await self._exchange(port, request)
        if not head.startswith(b"HTTP/1.1 20"):
            raise RuntimeError(f"{path}: {head.decode()}{answer.decode()}")
        return answer

    async def _exchange(self, port: int, request: bytes) -> tuple[bytes, bytes]:
        if port not in self._pipes:
            self._pipes[port] = await asyncio.open_connection("127.0.0.1", port)
        reader, writer = self._pipes[port]
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        return head, await reader.readexactly(int(length[1]) if length else 0)

    def close(self) -> None:
        """Close the connections."""
        for _, writer in self._pipes.values():
            writer.close()
        self._pipes.clear()

    def _request(self, path: str, form: str, body: bytes | None) -> bytes:
        head = [
            f"{'GET' if body is None else 'POST'} {path} HTTP/1.1",
            "Host: localhost",
            "Origin: http://localhost",
            "Accept: application/json",
            f"Cookie: {self._cookies}",
            f"Content-Type: {form}",
            f"Content-Length: {len(body or b'')}",
        ]
        return "\r\n".join([*head, "", ""]).encode() + (body or b"")


@dataclass
class Screen(asyncio.Protocol):
    """A stream that is open: when which words came first, and the offers seen on a desk."""

    request: bytes
    opened: asyncio.Future[None]
    came: dict[str, float] = field(default_factory=dict)
    frames: int = 0
    hints: int = 0
    offers: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    line: Any = None
    _rest: bytes = b""

    def connection_made(self, transport: Any) -> None:
        """Ask for the stream."""
        self.line = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        at = time.perf_counter()
        if not self.opened.done():
            if not data.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(data.decode())
            self.opened.set_result(None)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b"data: "):
                self._take(line, at)

    def _take(self, line: bytes, at: float) -> None:
        self.frames += 1
        if b'"topic":"desk"' in line:
            contacts = json.loads(line[6:])["state"]["contacts"]
            for one in contacts:
                if one["state"] == "offered":
                    self.offers.put_nowait(one["id"])
        self.hints += b'"guide":{"next":{' in line
        for mark in _MARK.findall(line):
            self.came.setdefault(mark.decode(), at)

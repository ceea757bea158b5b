"""Two thousand open desks on one live process, and beside them the same by Django Channels.

Each desk watches what is its own, and with all others the figures of the queue, told at most once a
second. Everybody has a session of their own, and rights that are looked at. 20 changes a second are
recorded by the serving process itself, then by another one. ``python bench/desks.py [desks]``.

Channels runs under the same server with its layer in memory (and in Redis, where there is one),
on the same database, and is told of each change after its commit, as its documents have it.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import math
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from measure import Figure, at_least, at_most

DESKS = 2_000
PACE, CHANGES = 0.05, 300
AT_ONCE = 50
WARM = 2.0
_TOLD = re.compile(rb'"id":(\d+),"topic":"(\w+)","key":"(\d+)"')

_UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)

Written = dict[int, tuple[str, float]]


@dataclass
class Desk(asyncio.Protocol):
    """One browser: what it was told, and when it came."""

    request: bytes
    number: str
    came: asyncio.Future[None]
    line: asyncio.Transport | None = None
    heard: list[tuple[str, int, float]] = field(default_factory=list)
    newest: dict[str, int] = field(default_factory=dict)
    _rest: bytes = b""

    def connection_made(self, transport: Any) -> None:
        """Ask for the stream."""
        self.line = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        at = time.time()
        if not self.came.done():
            if not data.startswith((b"HTTP/1.1 200", b"HTTP/1.1 101")):
                raise RuntimeError(data.decode())
            self.came.set_result(None)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if told := _TOLD.search(line):
                topic, entry_id = told[2].decode(), int(told[1])
                self.heard.append((topic, entry_id, at))
                self.newest[topic] = max(entry_id, self.newest.get(topic, 0))


@dataclass
class House:
    """The server under measurement, and what changes things: it, or another process."""

    home: str
    port: int
    server: subprocess.Popen[str]
    people: list[tuple[str, str]]
    upgrade: str

    def cpu(self) -> float:
        """Return the processor time of the server so far, in seconds."""
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Result:
    """What came of one run: waits in milliseconds, and how many desks show the newest figures."""

    own: list[float]
    queue: list[float]
    missing: int
    right: int
    cpu: float
    let_in: float


def figures(desks: int = DESKS) -> Iterator[Figure]:
    """Measure ours, then the other."""
    with _house("live", desks) as house:
        for by in ("its own process", "another process"):
            result = asyncio.run(_run(house, by_itself=by == "its own process"))
            said = f"{_name(desks)}, recorded by {by}"
            yield at_most(f"{said}: told, median", _median(result.own), 75, "ms")
            yield at_most(f"{said}: told, p99", _p99(result.own), 150, "ms")
            yield at_most(f"{said}: the queue's figures, p99", _p99(result.queue), 150, "ms")
            yield at_most(f"{said}: desks not told {WARM:.0f} s after the last", result.missing, 0)
            yield at_least(f"{said}: desks that show the newest", result.right, desks)
            yield at_least(f"{said}: let in", result.let_in, 100, "a second")
            yield at_most(f"{said}: processor", result.cpu * 100, 75, "% of a core")
    for number in (desks // 10, desks):
        yield from _others(number)


def _name(desks: int) -> str:
    return f"{desks:,} desks, {1 / PACE:.0f} changes a second"


def _others(desks: int) -> Iterator[Figure]:
    """Measure Django Channels, or say why not."""
    said = f"for comparison, Django Channels: {_name(desks)}"
    if importlib.util.find_spec("channels") is None:
        yield Figure(said, "not installed: uv sync --inexact --group comparison", "-", True)
        return
    for layer in ("memory", "redis") if _has_redis() else ("memory",):
        with _house(layer, desks) as house:
            result = asyncio.run(_run(house, by_itself=True))
        told = f"{said}, layer in {layer}"
        for what, measured in (
            ("told, median", f"{_median(result.own):,.2f} ms"),
            ("told, p99", f"{_p99(result.own):,.2f} ms"),
            ("the queue's figures, p99", f"{_p99(result.queue):,.2f} ms"),
            (f"desks not told {WARM:.0f} s after the last", str(result.missing)),
            ("processor", f"{result.cpu * 100:,.2f} % of a core"),
        ):
            yield Figure(f"{told}: {what}", measured, "-", True)


def _has_redis() -> bool:
    if importlib.util.find_spec("channels_redis") is None:
        return False
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", 6379)) == 0


async def _run(house: House, *, by_itself: bool) -> Result:
    """Open all desks, change things, and see who hears of it when."""
    begun = time.perf_counter()
    desks = await _open(house)
    let_in = len(desks) / (time.perf_counter() - begun)
    await asyncio.sleep(WARM)
    for one in desks:
        one.heard.clear()
    with _writer(house, by_itself=by_itself) as write:
        before, begun = house.cpu(), time.perf_counter()
        written = await _change(write, len(desks))
        spent = (house.cpu() - before) / (time.perf_counter() - begun)
    await asyncio.sleep(WARM)
    newest, last = max(written), {number: id_ for id_, (number, _) in sorted(written.items())}
    result = Result(
        own=_waits(desks, written, "desk"),
        queue=_waits(desks, written, "queue"),
        missing=sum(one.newest.get("desk", 0) < last.get(one.number, 0) for one in desks),
        right=sum(one.newest.get("queue", 0) == newest for one in desks),
        cpu=spent,
        let_in=let_in,
    )
    for one in desks:
        if one.line:
            one.line.abort()
    return result


async def _open(house: House) -> list[Desk]:
    """Open a stream for everybody, some at a time, as browsers do that were cut off."""
    loop, gate = asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)

    async def one(number: str, session: str) -> Desk:
        async with gate:
            desk = Desk(_request(number, session, house.upgrade), number, loop.create_future())
            await loop.create_connection(lambda: desk, "127.0.0.1", house.port)
            await asyncio.wait_for(desk.came, 60)
            return desk

    return await asyncio.gather(*(one(number, session) for number, session in house.people))


def _request(number: str, session: str, upgrade: str) -> bytes:
    return (
        f"GET /live?watch=desk:{number}&watch=queue:1 HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: rexian_session={session}\r\n{upgrade}\r\n"
    ).encode()


async def _change(write: Callable[[str], tuple[int, float]], desks: int) -> Written:
    """Change something of somebody's, 20 times a second; return the entries, whose, and when."""
    chance, written, begun = Random(7), {}, time.perf_counter()
    for turn in range(CHANGES):
        await asyncio.sleep(max(0.0, begun + turn * PACE - time.perf_counter()))
        number = str(chance.randrange(desks) + 1)
        entry_id, at = await asyncio.to_thread(write, number)
        written[entry_id] = number, at
    return written


def _waits(desks: Sequence[Desk], written: Written, topic: str) -> list[float]:
    """Return, sorted, how long after its commit each change came to each who was told, in ms.

    For the queue, how old the figures are that come; the last change of all is kept back for what
    is left of a second, and says nothing.
    """
    last = max(written)
    return sorted(
        (at - written[entry_id][1]) * 1000
        for one in desks
        for told, entry_id, at in one.heard
        if told == topic and entry_id in written and (topic != "queue" or entry_id < last)
    )


def _median(waits: Sequence[float]) -> float:
    return statistics.median(waits or [math.inf])


def _p99(waits: Sequence[float]) -> float:
    return waits[int(len(waits) * 0.99)] if waits else math.inf


@contextmanager
def _house(kind: str, desks: int) -> Iterator[House]:
    """Run a server in a home of its own, with somebody at every desk."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="rexian-bench-") as home:
        server = _started(home, "serve", kind, str(port), str(desks))
        try:
            people = json.loads(_line(server))
            _line(server)
            yield House(home, port, server, people, "" if kind == "live" else _UPGRADE)
        finally:
            server.kill()
            server.wait()


@contextmanager
def _writer(house: House, *, by_itself: bool) -> Iterator[Callable[[str], tuple[int, float]]]:
    """Yield what changes a desk and returns the entry's id, and when it was there."""
    process = house.server if by_itself else _started(house.home, "write")

    def write(number: str) -> tuple[int, float]:
        if process.stdin is None:
            raise RuntimeError("There is no pipe.")
        process.stdin.write(f"{number}\n")
        process.stdin.flush()
        entry_id, at = json.loads(_line(process))
        return entry_id, at

    try:
        yield write
    finally:
        if not by_itself:
            process.kill()
            process.wait()


def _started(home: str, *arguments: str) -> subprocess.Popen[str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("REXIAN_")}
    return subprocess.Popen(
        [sys.executable, __file__, *arguments],
        env=others
        | {
            "REXIAN_HOME": home,
            "REXIAN_SECRET": "a secret for measurements alone, longer than fifty characters",
            "DJANGO_SETTINGS_MODULE": "rexian.site.settings",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _line(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline() if process.stdout else ""


def main() -> None:
    """Print every figure, or be one of the processes."""
    match sys.argv[1:]:
        case ["serve", kind, port, desks]:
            import desk_server  # noqa: PLC0415 - it needs settings

            desk_server.be_server(kind, int(port), int(desks))
        case ["write"]:
            import desk_server  # noqa: PLC0415

            desk_server.be_writer()
        case numbers:
            for one in figures(*map(int, numbers)):
                print(f"{'yes' if one.reached else 'NO ':3}  {one.what}: {one.measured}", end="")
                print(f" (wanted: {one.wanted})", flush=True)


if __name__ == "__main__":
    main()

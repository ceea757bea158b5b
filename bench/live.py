"""Measure the live face over loopback: how soon a change is told, what it costs, who loses what.

``python bench/live.py [streams] [reconnects]``: a server of its own, on a fresh SQLite file. The
baseline is what a page would do without streams: be loaded again and again.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO, Any
from urllib.parse import urlencode

from measure import Figure, at_least, at_most

STREAMS, RECONNECTS = 1_000, 10_000
LAMPS = 8
CHANGES, PACE = 30, 0.3
POLLS = 100


@dataclass
class Reader:
    """One browser: an open connection, what it was told and when, the cursor it comes back with."""

    cursor: int
    heard: list[tuple[int, float]] = field(default_factory=list)
    shown: dict[str, list[int]] = field(default_factory=dict)
    faults: int = 0
    is_open: bool = False

    def hear(self, block: str) -> bool:
        """Take an event; return whether it told of a change."""
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if fields.get("event") == "change":
            told = json.loads(fields["data"])
            before, after = self.shown.get(told["key"], []), told["state"]["switched"]
            right = told["id"] > self.cursor and told["id"] in after
            self.faults += not (right and after[: len(before)] == before)
            self.shown[told["key"]] = after
            self.heard.append((told["id"], time.time()))
        self.cursor = int(fields.get("id", self.cursor))
        return fields.get("event") == "change"


@asynccontextmanager
async def opened(house: House, reader: Reader) -> AsyncIterator[AsyncIterator[str]]:
    """Open a stream from the reader's cursor on, and yield its events as they come."""
    query = urlencode([("watch", f"lamp:{lamp}") for lamp in range(LAMPS)])
    head = (
        f"GET /live?{query} HTTP/1.1\r\nHost: localhost\r\nCookie: rexian_session={house.session}"
        f"\r\nLast-Event-ID: {reader.cursor}\r\n\r\n"
    )
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", house.port)
    outgoing.write(head.encode())
    status = await incoming.readuntil(b"\r\n\r\n")
    if b" 200 " not in status.splitlines()[0]:
        raise RuntimeError(status.decode())
    try:
        yield blocks(incoming)
    finally:
        outgoing.close()
        with suppress(ConnectionError):
            await outgoing.wait_closed()


async def blocks(incoming: asyncio.StreamReader) -> AsyncIterator[str]:
    """Yield the events of a body in chunks."""
    rest = ""
    while size := int((await incoming.readline()).strip() or b"0", 16):
        *whole, rest = (rest + (await incoming.readexactly(size + 2))[:-2].decode()).split("\n\n")
        for block in whole:
            yield block


@dataclass
class House:
    """The server under measurement, and a second process that changes things beside it."""

    port: int
    session: str
    server: subprocess.Popen[str]
    writer: subprocess.Popen[str]
    to_writer: IO[str]
    from_writer: IO[str]

    def switch(self, lamps: Collection[int]) -> list[tuple[int, float]]:
        """Switch lamps, each in a transaction; return the entries' ids and when they were there."""
        self.to_writer.write(" ".join(map(str, lamps)) + "\n")
        self.to_writer.flush()
        return [(entry, at) for entry, at in json.loads(self.from_writer.readline())]

    def cpu(self) -> float:
        """Return the processor time of the server so far, in seconds."""
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def figures(streams: int = STREAMS, reconnects: int = RECONNECTS) -> list[Figure]:
    """Return all figures of the live face."""
    with tempfile.TemporaryDirectory(prefix="rexian-bench-") as home:
        house = start(home)
        try:
            latency = asyncio.run(tell_many(house, streams))
            asked = asyncio.run(break_off_often(house, reconnects))
        finally:
            left = stop(house)
    return [*latency, *asked, left]


async def tell_many(house: House, streams: int) -> list[Figure]:
    """Open many streams, change things now and then, and see when each stream hears of it."""
    start_at = await asyncio.to_thread(house.switch, [0])
    readers = [Reader(cursor=start_at[-1][0]) for _ in range(streams)]
    listening = [asyncio.ensure_future(listen(house, one)) for one in readers]
    begun = time.perf_counter()
    while not all(one.is_open for one in readers):  # noqa: ASYNC110 - a glance now and then will do
        await asyncio.sleep(0.05)
    let_in = streams / (time.perf_counter() - begun)
    await asyncio.sleep(2)
    idle = await cost(house, asyncio.sleep(5))
    written: list[tuple[int, float]] = []

    async def change() -> None:
        for turn in range(CHANGES):
            written.extend(await asyncio.to_thread(house.switch, [turn % LAMPS]))
            await asyncio.sleep(PACE)

    spent = await cost(house, change())
    await asyncio.sleep(3)
    for one in listening:
        one.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    at = dict(written)
    right = sum(is_right(one, written) for one in readers)
    waits = sorted(
        (heard - at[entry]) * 1000 for one in readers for entry, heard in one.heard if entry in at
    )
    told, polled = len(waits), await asyncio.to_thread(poll, house)
    each = (spent - idle / 5 * CHANGES * PACE) / max(told, 1) * 1000
    name = f"{streams:,} streams: change told"
    return [
        at_most(f"{name}, median", statistics.median(waits), 250, "ms"),
        at_most(f"{name}, p99", waits[int(len(waits) * 0.99)], 500, "ms"),
        at_least(f"{streams:,} streams: show the newest states in the end", right, streams),
        at_least("streams let in", let_in, 50, "a second"),
        at_most(f"{streams:,} streams, idle: processor", idle / 5 * 100, 25, "% of a core"),
        at_most(f"{streams:,} streams: processor a change and stream", each, 1, "ms"),
        at_least("processor of a page loaded again, to a change told", polled / each, 20, "times"),
    ]


def is_right(reader: Reader, written: list[tuple[int, float]]) -> bool:
    """Tell whether a reader shows, of the last changes to all lamps, each."""
    newest = {turn % LAMPS: entry for turn, (entry, _) in enumerate(written)}
    return all(reader.shown[str(lamp)][-1] == entry for lamp, entry in newest.items())


async def listen(house: House, reader: Reader) -> None:
    """Read a stream until cancelled."""
    async with opened(house, reader) as told:
        reader.is_open = True
        async for block in told:
            reader.hear(block)


async def cost(house: House, work: Any) -> float:
    """Return the server's processor time while ``work`` is done."""
    before = house.cpu()
    await work
    return house.cpu() - before


def poll(house: House) -> float:
    """Return the processor time of one load of a page, in milliseconds."""
    from urllib.request import Request, urlopen  # noqa: PLC0415

    request = Request(
        f"http://127.0.0.1:{house.port}/journal/",
        headers={"Cookie": f"rexian_session={house.session}"},
    )
    before = house.cpu()
    for _ in range(POLLS):
        with urlopen(request) as answer:  # noqa: S310 - our own server
            answer.read()
    return (house.cpu() - before) / POLLS * 1000


async def break_off_often(house: House, reconnects: int) -> list[Figure]:
    """Have ten readers break off and come back during traffic, and look at what they have seen."""
    ((start, _),) = await asyncio.to_thread(house.switch, [0])
    readers, over = [Reader(cursor=start) for _ in range(10)], asyncio.Event()
    written: dict[str, list[int]] = {}
    begun = time.perf_counter()

    async def write() -> None:
        chance = Random(7)
        while not over.is_set():
            lamps = [chance.randrange(LAMPS) for _ in range(3)]
            for lamp, (entry, _) in zip(
                lamps, await asyncio.to_thread(house.switch, lamps), strict=True
            ):
                written.setdefault(str(lamp), []).append(entry)
            await asyncio.sleep(0.05)

    writing = asyncio.ensure_future(write())
    await asyncio.gather(
        *(come_and_go(house, one, reconnects // 10, Random(at)) for at, one in enumerate(readers))
    )
    over.set()
    await writing
    newest = max(entry for entries in written.values() for entry in entries)
    for one in readers:
        await catch_up(house, one, newest)
    return judge(readers, written, reconnects, time.perf_counter() - begun)


async def come_and_go(house: House, reader: Reader, times: int, chance: Random) -> None:
    """Open a stream again and again, each time for no, one or two changes."""
    for _ in range(times):
        wanted = chance.randrange(3)
        async with opened(house, reader) as told:
            async for block in told:
                wanted -= reader.hear(block)
                if wanted <= 0:
                    break


async def catch_up(house: House, reader: Reader, newest: int) -> None:
    """Read until everything up to ``newest`` has been told."""
    async with opened(house, reader) as told:
        async for block in told:
            reader.hear(block)
            if reader.cursor >= newest:
                break


def judge(
    readers: list[Reader], written: Mapping[str, list[int]], reconnects: int, seconds: float
) -> list[Figure]:
    """Compare what each reader shows with what was written since it began."""
    lost = sum(
        len(set(entries) - set(one.shown.get(key, ())))
        for one in readers
        for key, entries in written.items()
    )
    disordered = sum(one.faults + (one.heard != sorted(set(one.heard))) for one in readers)
    told = sum(len(one.heard) for one in readers)
    name = f"{reconnects:,} reconnects during traffic ({told:,} changes told)"
    return [
        at_most(f"{name}: lost", lost, 0),
        at_most(f"{name}: doubled or out of order", disordered, 0),
        at_least("reconnects", reconnects / seconds, 50, "a second"),
    ]


def start(home: str) -> House:
    """Start the server and the writer in a home of their own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("REXIAN_")},
        "REXIAN_HOME": home,
        "REXIAN_SECRET": "a secret for measurements alone, longer than fifty characters",
        "DJANGO_SETTINGS_MODULE": "rexian.site.settings",
    }

    def run(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, __file__, *arguments],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    server, writer = run("serve", str(port)), run("write")
    said, to_writer, from_writer = server.stdout, writer.stdin, writer.stdout
    if not (said and to_writer and from_writer):
        raise RuntimeError("There are no pipes.")
    session = said.readline().strip()
    said.readline()
    return House(port, session, server, writer, to_writer, from_writer)


def stop(house: House) -> Figure:
    """Stop both with 200 streams open, and return how long the server took."""

    async def leave_open() -> float:
        open_streams = [asyncio.ensure_future(listen(house, Reader(cursor=0))) for _ in range(200)]
        await asyncio.sleep(3)
        begun = time.perf_counter()
        house.server.terminate()
        await asyncio.to_thread(house.server.wait, 20)
        taken = time.perf_counter() - begun
        await asyncio.gather(*open_streams, return_exceptions=True)
        return taken

    house.writer.terminate()
    house.writer.wait()
    return at_most("server stopped with 200 streams open", asyncio.run(leave_open()), 5, "s")


def serve(port: int) -> None:
    """Be the server: everything that there is, and a topic of lamps kept in the journal."""
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.utils.timezone import now  # noqa: PLC0415

    from rexian.live.domain.topics import Topic, add_topic  # noqa: PLC0415
    from rexian.org.domain.roles import Role  # noqa: PLC0415
    from rexian.site.addresses import Address  # noqa: PLC0415
    from rexian.site.asgi import application  # noqa: PLC0415
    from rexian.site.demonstration import found_demonstration  # noqa: PLC0415
    from rexian.site.serving import Site, leave  # noqa: PLC0415
    from rexian.site.serving import serve as answer  # noqa: PLC0415

    manager = found_demonstration(now()).player(Role.MANAGER)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=manager.id))
    add_topic(
        Topic(
            name="lamp",
            events=frozenset({"lamps.lamp_switched"}),
            may_watch=lambda _, __: None,
            states=_states,
        )
    )
    print(client.cookies["rexian_session"].value, flush=True)
    answer(
        Site(application, application.close),
        Address("127.0.0.1", port),
        ready=lambda: print("ready", flush=True),
    )
    leave(0)


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    from rexian.journal import models  # noqa: PLC0415

    found: dict[str, list[int]] = {key: [] for key in keys}
    rows = models.Entry.objects.filter(subject__in=[f"lamp:{key}" for key in keys]).order_by("id")
    for subject, entry_id in rows.values_list("subject", "id"):
        found[subject.partition(":")[2]].append(entry_id)
    return {key: {"switched": ids} for key, ids in found.items()}


def write() -> None:
    """Be the writer: a line of lamps in, the ids of the entries and their instants out."""
    import django  # noqa: PLC0415

    django.setup()
    from django.utils.timezone import now  # noqa: PLC0415

    from rexian.journal import models  # noqa: PLC0415

    for line in sys.stdin:
        told = []
        for lamp in line.split():
            row = models.Entry.objects.create(
                at=now(), actor="system:bench", name="lamps.lamp_switched", subject=f"lamp:{lamp}"
            )
            told.append((row.id, time.time()))
        print(json.dumps(told), flush=True)


def main() -> None:
    """Print every figure."""
    match sys.argv[1:]:
        case ["serve", port]:
            serve(int(port))
        case ["write"]:
            write()
        case numbers:
            for one in figures(*map(int, numbers)):
                print(f"{'yes' if one.reached else 'NO ':3}  {one.what}: {one.measured}", end="")
                print(f" (wanted: {one.wanted})")


if __name__ == "__main__":
    main()

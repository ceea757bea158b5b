"""One process that answers everything: pages, REST and streams, with the worker in a thread."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server

from rexian.site.addresses import Address, listening
from rexian.site.exchanges import Application, Exchanges

# Below this, granian keeps connections waiting long before the machine is busy: streams stop at
# 1,024 with the server's own default.
BACKLOG = 4096

# Seconds after the signal to stop: what is being answered may end, then it is ended, then we go.
GRACE, LAST = 2.0, 4.0

INTERRUPTED = 130

# After how many objects more Python looks for those that hold each other alone: its own 700 is
# looking all the time where an answer makes thousands, and takes everybody's turn for it.
_SELDOM = 10_000, 20, 20

_log = logging.getLogger(__name__)


@dataclass
class Worker:
    """What runs beside the server until ``stop`` is set: ``run`` is called in a thread."""

    run: Callable[[threading.Event], None]
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to work; the thread does not keep the process alive."""
        self.thread = threading.Thread(
            target=self.run, args=(self.stop,), name="rexian-worker", daemon=True
        )
        self.thread.start()

    def finish(self, patience: float) -> None:
        """Wait until the worker has put down what it has in hand, but not for ever."""
        self.stop.set()
        if self.thread:
            self.thread.join(patience)


@dataclass(frozen=True, slots=True)
class Site:
    """What is served: an ASGI application, and how its streams are ended.

    A stream never ends by itself; a server that waits for its streams never stops.
    """

    application: Application
    end_streams: Callable[[], Awaitable[None]]


def serve(
    site: Site, address: Address, *, ready: Callable[[], None], worker: Worker | None = None
) -> None:
    """Answer at ``address`` until a signal to stop, and call ``ready`` when all can be reached.

    Leaves within ``LAST`` seconds of the signal whatever is still open; a second signal ends the
    process at once.
    """
    _run(_serve(site, address, ready, worker))


def work(run: Callable[[threading.Event], None], *, ready: Callable[[], None]) -> None:
    """Do nothing but the worker's work until a signal to stop."""
    _run(_work(Worker(run), ready))


async def _work(worker: Worker, ready: Callable[[], None]) -> None:
    stop = _stop_on_signals()
    worker.start()
    ready()
    await stop.wait()
    await asyncio.to_thread(worker.finish, LAST)


async def _serve(
    site: Site, address: Address, ready: Callable[[], None], worker: Worker | None
) -> None:
    exchanges = Exchanges(site.application)
    server = _server(exchanges, address)
    stop = _stop_on_signals()
    serving = asyncio.create_task(server.serve())
    await _listening(address, serving)
    if worker:
        worker.start()
    gc.freeze()  # what has been loaded stays: looking through it again takes 0.2 s at a time
    gc.set_threshold(*_SELDOM)
    ready()
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()
    if worker:
        worker.stop.set()
    server.stop()  # type: ignore[no-untyped-call]
    await _wind_down(site, exchanges, serving)
    if worker:
        await asyncio.to_thread(worker.finish, 0.5)


async def _wind_down(site: Site, exchanges: Exchanges, serving: asyncio.Task[None]) -> None:
    """End streams at once and other requests after a while, then leave what still hangs."""
    ending = asyncio.ensure_future(site.end_streams())
    await asyncio.wait({serving}, timeout=GRACE)
    if not serving.done():
        exchanges.end_all()
        await asyncio.wait({serving}, timeout=LAST - GRACE)
    ending.cancel()


def _run(main: Coroutine[Any, Any, None]) -> None:
    """Run to the end, and not wait for threads that still answer something, as asyncio's own would.

    The runner is never closed: whoever serves goes by ``leave`` next.
    """
    asyncio.Runner().run(main)


def leave(status: int) -> None:
    """End this process without waiting for the threads of the server, which Python cannot end."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


def _server(exchanges: Exchanges, address: Address) -> Server:
    return Server(
        exchanges,
        address=address.host,
        port=address.port,
        interface=Interfaces.ASGINL,
        backlog=BACKLOG,
        backpressure=BACKLOG,
        websockets=False,
        log_enabled=False,
    )


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()

    def heed() -> None:
        if stop.is_set():
            os._exit(INTERRUPTED)
        stop.set()

    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, heed)
    return stop


async def _listening(address: Address, serving: asyncio.Task[None]) -> None:
    """Wait until a connection is accepted, or raise what kept the server from listening."""
    while True:
        done, _ = await asyncio.wait({serving}, timeout=0.02)
        if done:
            serving.result()
            raise RuntimeError("The server ended before it began.")
        if await listening(address):
            return

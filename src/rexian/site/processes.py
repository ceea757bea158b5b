"""Pages and REST from several processes under WSGI, with connections to the database that last."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from time import sleep
from types import FrameType
from typing import Any

from django.urls import get_resolver
from granian.constants import Interfaces
from granian.server import MPServer

from rexian.site.addresses import Address, listening
from rexian.site.configuration import read_configuration
from rexian.site.logs import configure_logs
from rexian.site.serving import BACKLOG, INTERRUPTED
from rexian.site.warming import keep_warm

# How many requests a process answers at a time; each may hold a connection to the database.
_THREADS = 16

# Seconds in which a process may end what it is answering.
_GRACE = 4

_FIGURES = "PROMETHEUS_MULTIPROC_DIR"


def serve_pages(address: Address, *, processes: int, ready: Callable[[], None]) -> None:
    """Answer pages and REST at ``address`` until a signal to stop.

    A process that dies is replaced. If this one dies, the others notice and end.
    """
    multiprocessing.set_start_method("spawn", force=True)
    figures = tempfile.mkdtemp(prefix="rexian-figures-")
    os.environ[_FIGURES] = figures
    try:
        _serve(address, processes, ready)
    finally:
        shutil.rmtree(figures, ignore_errors=True)


def load(_target: str) -> Any:
    """Return the site's WSGI application, in a process that has just begun."""
    threading.Thread(target=_end_with_parent, name="rexian-parent", daemon=True).start()
    configure_logs(read_configuration(os.environ).log)
    from rexian.site.wsgi import application  # noqa: PLC0415 - after the log, in the new process

    get_resolver().url_patterns  # noqa: B018 - the first to come need not wait for them
    keep_warm()
    return application


def _serve(address: Address, processes: int, ready: Callable[[], None]) -> None:
    server = MPServer(
        "rexian.site.wsgi:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=_THREADS,
        backlog=BACKLOG,
        backpressure=BACKLOG,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE,
        log_enabled=False,
    )
    server.on_startup(lambda: _on_startup(server, address, ready))
    server.serve(target_loader=load)


def _on_startup(server: MPServer, address: Address, ready: Callable[[], None]) -> None:
    """Take over the signals, which the server has just taken, and wait for the first answer."""

    def heed(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal's handler
        if server.interrupt_signal:
            for one in multiprocessing.active_children():
                one.kill()
            os._exit(INTERRUPTED)
        server.signal_handler_interrupt()  # type: ignore[no-untyped-call]

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, heed)
    threading.Thread(target=_announce, args=(address, ready), daemon=True).start()


def _announce(address: Address, ready: Callable[[], None]) -> None:
    while not asyncio.run(listening(address)):
        sleep(0.05)
    ready()


def _end_with_parent() -> None:
    """End this process when the one that began it is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)

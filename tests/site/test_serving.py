"""A server ends when it is told to, whatever is open: streams, slow answers, idle connections."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.conftest import free_port

SITE = """
import asyncio, sys, threading, time
from rexian.site.addresses import Address
from rexian.site.serving import Site, Worker, leave, serve

ended = asyncio.Event()

async def application(scope, receive, send):
    start = {"type": "http.response.start", "status": 200, "headers": []}
    if scope["path"] == "/blocked":
        await asyncio.to_thread(time.sleep, 60)
    await send(start)
    if scope["path"] == "/stream":
        await send({"type": "http.response.body", "body": b"begun ", "more_body": True})
        await ended.wait()
    if scope["path"] == "/stubborn":
        await send({"type": "http.response.body", "body": b"begun ", "more_body": True})
        await asyncio.sleep(60)
    await send({"type": "http.response.body", "body": b"done"})

async def end_streams():
    ended.set()

def work(stop):
    stop.wait()
    print("put down", flush=True)

address = Address("127.0.0.1", int(sys.argv[1]))
site = Site(application, end_streams)
serve(site, address, ready=lambda: print("ready", flush=True), worker=Worker(work))
leave(0)
"""


class Server:
    """The little site, running."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        script = folder / "site.py"
        script.write_text(SITE, "utf-8")
        self.process = subprocess.Popen(
            [sys.executable, str(script), str(self.port)], stdout=subprocess.PIPE, text=True
        )
        self.sockets: list[socket.socket] = []
        assert self.line() == "ready\n"

    def line(self) -> str:
        """Return the next line that it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def ask(self, path: str, *, wait_for: bytes = b"") -> socket.socket:
        """Ask for a page, and read until something has come."""
        one = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        self.sockets.append(one)
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        read = b""
        while wait_for not in read:
            read += one.recv(4096)
        return one

    def close(self) -> None:
        """Leave nothing behind."""
        for one in self.sockets:
            one.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Start the little site."""
    begun = Server(tmp_path)
    yield begun
    begun.close()


def rest_of(one: socket.socket) -> bytes:
    """Return all that comes until the connection is closed."""
    read = b""
    while block := one.recv(4096):
        read += block
    return read


def test_streams_are_told_the_end_and_idle_connections_do_not_matter(server: Server) -> None:
    server.ask("/page", wait_for=b"done")
    stream = server.ask("/stream", wait_for=b"begun")
    server.process.send_signal(signal.SIGTERM)
    assert b"done" in rest_of(stream)
    assert server.line() == "put down\n"
    assert server.process.wait(5) == 0


def test_what_does_not_end_by_itself_is_ended_within_five_seconds(server: Server) -> None:
    server.ask("/stubborn", wait_for=b"begun")
    server.ask("/blocked")
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(5) == 0


def test_a_second_signal_ends_it_at_once(server: Server) -> None:
    server.ask("/stubborn", wait_for=b"begun")
    server.process.send_signal(signal.SIGINT)
    assert server.line() == "put down\n"
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(1) == 130

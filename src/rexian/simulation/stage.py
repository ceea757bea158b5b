"""Bring the people together: agents at their desks, customers coming as long as it goes on."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from rexian.simulation.answerers import Answerer
from rexian.simulation.callers import Caller
from rexian.simulation.doors import DeskDoor, PortalDoor, Refused, Unreachable
from rexian.simulation.people import AgentPart, CustomerPart, People

TRIES_AGAIN = 3.0
"""Seconds after which somebody comes back who met a door that did not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What is played: at which address, and how often a customer comes.

    ``every`` is the seconds between two
    customers on average, ``most`` how many there are at once; ``pace`` makes all of it faster
    (above 1) or slower.
    """

    url: str
    every: float = 20.0
    most: int = 6
    pace: float = 1.0
    seed: int = 1


class Somebody(Protocol):
    """Whoever does one thing after another."""

    def step(self) -> float:
        """Do the next thing, and say after how many seconds to go on."""


class Stage:
    """Threads, one for each person, that end when ``stop`` is set."""

    def __init__(self, play: Play, people: People, stop: threading.Event) -> None:
        self.play, self.people, self.stop = play, people, stop
        self._random = random.Random(play.seed)  # noqa: S311 - a play, no secret
        self._customers = 0
        self._lock = threading.Lock()

    def run(self) -> None:
        """Play until it is stopped."""
        for one in self.people.agents:
            self._begin(partial(self._answerer, one))
        while not self.stop.is_set():
            if self._customers < self.play.most:
                self._begin(self._caller)
            self._wait(self._random.expovariate(1 / self.play.every))

    def _begin(self, act: Callable[[], None]) -> None:
        threading.Thread(target=act, daemon=True).start()

    def _caller(self) -> None:
        with self._lock:
            self._customers += 1
            part = self._choose()
        caller = Caller(part, PortalDoor(self.play.url, self.people.hotline))
        try:
            self._go_on(caller, lambda: caller.is_over)
        finally:
            with self._lock:
                self._customers -= 1

    def _choose(self) -> CustomerPart:
        customers = self.people.customers
        return self._random.choices(customers, [one.weight for one in customers])[0]

    def _answerer(self, part: AgentPart) -> None:
        door = DeskDoor(self.play.url)
        while not self.stop.is_set():
            try:
                door.sign_in(part.sign_in, self.people.password)
                self._go_on(Answerer(self.people.manners[part.manner], door), lambda: False)
            except Unreachable:
                pass
            except Refused:
                return  # nobody of that name: the demonstration is another one
            self._wait(TRIES_AGAIN)

    def _go_on(self, somebody: Somebody, is_over: Callable[[], bool]) -> None:
        while not (self.stop.is_set() or is_over()):
            try:
                pause = somebody.step()
            except Unreachable:
                pause = TRIES_AGAIN
            except Refused as refused:
                if refused.status != 429:
                    return
                pause = TRIES_AGAIN
            self._wait(pause)

    def _wait(self, seconds: float) -> None:
        self.stop.wait(seconds / self.play.pace)

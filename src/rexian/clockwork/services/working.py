"""The worker: looks at what is due, does it, sleeps until the next."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from django.db import connections

from rexian.clockwork.adapters.clocks import MachineClock, SetClock
from rexian.clockwork.domain.work import Lane
from rexian.clockwork.ports import Clock
from rexian.clockwork.services.claiming import first_at
from rexian.clockwork.services.firing import fire_some
from rexian.clockwork.services.keeping import Keeper
from rexian.clockwork.services.running import take_next
from rexian.clockwork.services.waking import Sleeper, wake_all

LOOKS_EVERY = 0.5
"""Seconds between two looks at what other processes may have made due."""

BREATH = 0.02
"""Seconds before the next look after all that was due has been done."""

RECOVERS_IN = 1.0
"""Seconds before the next look after the database has failed."""

GRACE = 4.0
"""Seconds that jobs have to end in when the worker stops; after that they go back as they are."""

_log = logging.getLogger("rexian.clockwork")


@dataclass(frozen=True, slots=True)
class Threads:
    """How many threads of one worker see to each lane."""

    prompt: int = 1
    errands: int = 1
    jobs: int = 1

    def lanes(self) -> list[Lane]:
        """Return the lane of each thread."""
        wanted = {Lane.PROMPT: self.prompt, Lane.ERRANDS: self.errands, Lane.JOBS: self.jobs}
        return [lane for lane, count in wanted.items() for _ in range(count)]


class Worker:
    """Does what is due under a ``name`` of its own, alone or beside any number of others."""

    def __init__(
        self, name: str, *, clock: Clock | None = None, threads: Threads | None = None
    ) -> None:
        self.name = name[:80]
        self._clock = clock or MachineClock()
        self._threads = threads or Threads()
        self._keeper = Keeper(self._clock)
        self._stopping = threading.Event()

    def tick(self, now: datetime, *, most: int = 10_000) -> int:
        """Do in this thread all that is due at ``now``, and return how much that was.

        For tests and notebooks; what becomes due at ``now`` meanwhile is done too, up to ``most``.
        """
        standing = SetClock(now)
        worked = 0
        while worked < most:
            done = next(filter(None, (self._work_on(lane, standing) for lane in Lane)), 0)
            if not done:
                break
            worked += done
        return worked

    def run_until(self, stop: threading.Event) -> None:
        """Work until ``stop`` is set; what is then under way has a few seconds to end in."""
        self._stopping.clear()
        threads = [
            threading.Thread(
                target=self._see_to,
                args=(lane,),
                name=f"{self.name}-{lane.name.lower()}",
                daemon=True,  # a job that will not end must not keep the process
            )
            for lane in self._threads.lanes()
        ]
        for thread in threads:
            thread.start()
        _log.info("worker %s works", self.name)
        self._keeper.beat_until(stop)
        self._stop(threads)

    def _stop(self, threads: list[threading.Thread]) -> None:
        self._stopping.set()
        self._keeper.stop_all()
        wake_all()
        end = self._clock.monotonic() + GRACE
        for thread in threads:
            thread.join(max(end - self._clock.monotonic(), 0))
        self._keeper.give_all_back()
        connections.close_all()
        _log.info("worker %s has stopped", self.name)

    def _see_to(self, lane: Lane) -> None:
        with Sleeper(lane) as sleeper:
            while not self._stopping.is_set():
                sleeper.sleep(self._look_at(lane))
        connections.close_all()

    def _look_at(self, lane: Lane) -> float:
        """Do what is due in a lane, and return for how many seconds to look away.

        What goes wrong with the database is logged and tried again: a worker does not give up.
        """
        try:
            wait = look_again_in(first_at(lane), self._clock.now())
            if wait > 0:
                return wait
            while not self._stopping.is_set() and self._work_on(lane, self._clock):
                pass
        except Exception:  # noqa: BLE001 - a worker goes on whatever happens
            _log.exception("worker %s could not look at %s", self.name, lane.name.lower())
            connections.close_all()
            return RECOVERS_IN
        # What is still due is locked by another worker, which will be done with it in a moment.
        return BREATH

    def _work_on(self, lane: Lane, clock: Clock) -> int:
        """Do the next of a lane that is due, and return how much that was."""
        if lane == Lane.PROMPT:
            return fire_some(clock, worker=self.name)
        run = take_next(lane, clock, worker=self.name)
        if run is None:
            return 0
        with self._keeper.keeping(run):
            run.call()
        return 1


def look_again_in(first: datetime | None, now: datetime) -> float:
    """Return in how many seconds to look again, given when something next wants attention.

    0 if it does already; never more than ``LOOKS_EVERY``: another process may have work by then,
    and a clock that was set tells nothing of what it skipped.
    """
    if first is None:
        return LOOKS_EVERY
    return min(max((first - now).total_seconds(), 0), LOOKS_EVERY)

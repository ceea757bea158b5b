"""Keep a worker's leases alive while it works, and mend what a clock that is set does to them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from rexian.clockwork.ports import Clock
from rexian.clockwork.services.repairing import repair
from rexian.clockwork.services.running import Run

BEATS_EVERY = 0.5
REPAIRS_EVERY = 30.0
JUMP = 2.0
"""Seconds by which the two clocks of the machine may drift apart between two beats."""

_log = logging.getLogger("rexian.clockwork")


class Keeper:
    """The heartbeat of a worker, in a thread of its own: jobs need not think of their leases."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._runs: dict[int, Run] = {}
        self._lock = threading.Lock()
        self._seen_at, self._seen = clock.now(), clock.monotonic()
        self._repaired: float | None = None
        self._stopping = False

    @contextmanager
    def keeping(self, run: Run) -> Iterator[None]:
        """Keep the lease of a run alive until it has ended."""
        with self._lock:
            self._runs[id(run)] = run
        if self._stopping:
            run.stop()
        try:
            yield
        finally:
            with self._lock:
                self._runs.pop(id(run), None)

    def beat_until(self, stop: threading.Event) -> None:
        """Beat until ``stop`` is set, whatever the database does meanwhile."""
        while True:
            try:
                self.beat()
            except Exception:  # noqa: BLE001 - a worker goes on whatever happens
                _log.exception("the leases could not be renewed")
                connections.close_all()
            if stop.wait(BEATS_EVERY):
                return

    def beat(self) -> None:
        """Renew leases; repair now and then, and at once where the clock has been set."""
        jump = self._jump()
        if abs(jump) > JUMP:
            _log.warning("the clock was set by %.0f s", jump)
            self._repaired = None
        for run in self._running():
            run.renew()
        now = self._clock.monotonic()
        if self._repaired is None or now - self._repaired >= REPAIRS_EVERY:
            repair(self._clock.now())
            self._repaired = now

    def stop_all(self) -> None:
        """Ask all that is running, and all that is begun from now on, to end soon."""
        self._stopping = True
        for run in self._running():
            run.stop()

    def give_all_back(self) -> None:
        """Let other workers have what did not end in time."""
        for run in self._running():
            _log.warning("%s %s did not end in time and goes back", run.name, run.id)
            try:
                run.give_back()
            except Exception:  # noqa: BLE001 - the others are to go back too
                _log.exception("%s %s could not be given back", run.name, run.id)

    def _running(self) -> list[Run]:
        with self._lock:
            return list(self._runs.values())

    def _jump(self) -> float:
        """Return by how many seconds the wall's clock was set since the last beat."""
        at, seen = self._clock.now(), self._clock.monotonic()
        jump = (at - self._seen_at).total_seconds() - (seen - self._seen)
        self._seen_at, self._seen = at, seen
        return jump

"""Wake this process's workers at once for what is due now; those of others look twice a second."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Self

from django.db import transaction

from rexian.clockwork.domain.work import Lane

_sleepers: dict[Lane, set[threading.Event]] = {lane: set() for lane in Lane}
_lock = threading.Lock()


class Sleeper:
    """A thread of a worker between two looks at what is due."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._woken = threading.Event()

    def __enter__(self) -> Self:
        with _lock:
            _sleepers[self._lane].add(self._woken)
        return self

    def __exit__(self, *exception: object) -> None:
        with _lock:
            _sleepers[self._lane].discard(self._woken)

    def sleep(self, seconds: float) -> None:
        """Sleep for so long, or until there is work."""
        self._woken.wait(seconds)
        self._woken.clear()


def wake_all() -> None:
    """Wake everybody: the workers are to look around."""
    for lane in Lane:
        wake(lane)


def wake(lane: Lane) -> None:
    """Wake whoever works on a lane in this process."""
    with _lock:
        for woken in _sleepers[lane]:
            woken.set()


def wake_after_commit(lane: Lane, *, next_at: datetime, at: datetime) -> None:
    """Wake a lane once this transaction is committed, if its work is due already."""
    if next_at <= at:
        transaction.on_commit(lambda: wake(lane))

"""Tell whoever counts (the metrics of this process) how each attempt ended, and log it."""

from __future__ import annotations

import logging

from rexian.clockwork.ports import Attempt, Observer

_log = logging.getLogger("rexian.clockwork")
_observers: list[Observer] = []


def call_observer(observer: Observer) -> None:
    """Have an observer see every attempt from now on; twice is once."""
    if observer not in _observers:
        _observers.append(observer)


def observe(attempt: Attempt) -> None:
    """Tell all observers of an attempt that has ended."""
    _log.debug(
        "%s %s %s after %.3f s",
        attempt.kind,
        attempt.name,
        attempt.outcome,
        attempt.lag.total_seconds(),
    )
    for observer in _observers:
        observer(attempt)

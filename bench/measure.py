"""How a measurement is taken: the best of a few runs, since other work only ever adds time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, what is wanted of it, and whether it is reached."""

    what: str
    measured: str
    wanted: str
    reached: bool


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the processor time of the fastest of a few runs."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def elapsed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the time by the clock of the fastest of a few runs, for work in several processes."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


def at_least(what: str, value: float, wanted: float, unit: str = "") -> Figure:
    """Return a figure that wants to be large."""
    return Figure(what, _said(value, unit), f"at least {_said(wanted, unit)}", value >= wanted)


def at_most(what: str, value: float, wanted: float, unit: str = "") -> Figure:
    """Return a figure that wants to be small."""
    return Figure(what, _said(value, unit), f"at most {_said(wanted, unit)}", value <= wanted)


def _said(value: float, unit: str) -> str:
    number = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
    return f"{number} {unit}".strip()

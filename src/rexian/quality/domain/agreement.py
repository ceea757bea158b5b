"""How far the machine and the inspectors agree on each clause, and what a manager may trust."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from rexian.quality.domain.answers import Machine, Said
from rexian.quality.domain.kappa import Cells, Interval, interval, kappa


class Trust(StrEnum):
    """What the figures allow to say of a clause.

    ``UNTRIED`` is a clause on which neither has found a fault: there is nothing to agree on.
    """

    TRUSTED = "trusted"
    UNSETTLED = "unsettled"
    DISTRUSTED = "distrusted"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True)
class Pair:
    """What machine and inspector say of one clause in one contact."""

    contact: int
    clause: str
    machine: Machine
    inspector: Said


@dataclass(slots=True)
class _Counts:
    both: int = 0
    machine: int = 0
    inspector: int = 0
    neither: int = 0
    left_open: int = 0
    left_open_broken: int = 0
    cannot_tell: int = 0
    disputed: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on one clause, or on all together.

    ``cells`` count faults: said by both, by the machine alone, by the inspector alone, by nobody.
    ``left_open`` are those that the machine left to a person (``left_open_broken`` of them were
    faults), ``cannot_tell`` those that the inspector did: neither is in ``cells``. ``disputed`` are
    the contacts in which the two differ.
    """

    clause: str
    cells: Cells
    left_open: int
    left_open_broken: int
    cannot_tell: int
    disputed: tuple[int, ...]

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa, ``None`` where no fault was found by either."""
        return kappa(self.cells)

    @property
    def interval(self) -> Interval | None:
        """Where kappa may lie, at 95 %."""
        return interval(self.cells)

    @property
    def found(self) -> float | None:
        """The share of the inspector's faults that the machine finds too."""
        faults = self.cells.both + self.cells.second
        return self.cells.both / faults if faults else None

    @property
    def right(self) -> float | None:
        """The share of the machine's faults that the inspector finds too."""
        faults = self.cells.both + self.cells.first
        return self.cells.both / faults if faults else None

    def trust(self, trusted_from: float) -> Trust:
        """Return what the interval says against the kappa that the organisation asks for."""
        found = self.interval
        if found is None:
            return Trust.UNTRIED
        if found.low >= trusted_from:
            return Trust.TRUSTED
        return Trust.DISTRUSTED if found.high < trusted_from else Trust.UNSETTLED


def agreements(pairs: Iterable[Pair]) -> tuple[Agreement, ...]:
    """Return the agreement on each clause, in the order in which clauses first come."""
    counts: dict[str, _Counts] = {}
    for pair in pairs:
        _count(counts.setdefault(pair.clause, _Counts()), pair)
    return tuple(_agreement(clause, one) for clause, one in counts.items())


def overall(each: Iterable[Agreement]) -> Agreement:
    """Return the agreement on all clauses together, each answer counting once."""
    total = _Counts()
    disputed: dict[int, None] = {}
    for one in each:
        total.both += one.cells.both
        total.machine += one.cells.first
        total.inspector += one.cells.second
        total.neither += one.cells.neither
        total.left_open += one.left_open
        total.left_open_broken += one.left_open_broken
        total.cannot_tell += one.cannot_tell
        disputed |= dict.fromkeys(one.disputed)
    total.disputed = list(disputed)
    return _agreement("", total)


def _count(counts: _Counts, pair: Pair) -> None:
    broken = pair.inspector is Said.BROKEN
    if pair.inspector is Said.CANNOT_TELL:
        counts.cannot_tell += 1
    elif pair.machine is Machine.LEFT_OPEN:
        counts.left_open += 1
        counts.left_open_broken += broken
    elif pair.machine is Machine.FAULT:
        counts.both += broken
        counts.machine += not broken
        counts.disputed += [] if broken else [pair.contact]
    else:
        counts.inspector += broken
        counts.neither += not broken
        counts.disputed += [pair.contact] if broken else []


def _agreement(clause: str, one: _Counts) -> Agreement:
    cells = Cells(one.both, one.machine, one.inspector, one.neither)
    return Agreement(
        clause, cells, one.left_open, one.left_open_broken, one.cannot_tell, tuple(one.disputed)
    )

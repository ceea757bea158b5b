"""Whose work a customer is asked about: whoever handled the case when it was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Handed:
    """A move as far as it says who handles the case: by whom, to whom, in which unit then."""

    seq: int
    effect: str
    maker: int | None
    person: int | None
    unit: int | None


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom the answers of a customer are credited to."""

    person: int | None
    unit: int | None


_GIVEN_AWAY = frozenset({"forward", "arbitrate", "return"})


def credited(moves: Iterable[Handed], *, done: int) -> Credit:
    """Return who handled a case at the move ``done``; without a handler, whoever made that move.

    Whoever is assigned later has nothing to do with it.
    """
    handler, unit = None, None
    for one in sorted(moves, key=lambda each: each.seq):
        if one.seq > done:
            break
        unit = one.unit or unit
        if one.effect == "sign":
            handler = one.maker
        elif one.effect == "reassign":
            handler = one.person or handler
        elif one.effect in _GIVEN_AWAY:
            handler = None
        if one.seq == done and handler is None:
            handler = one.maker
    return Credit(handler, unit)

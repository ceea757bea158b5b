"""What people hold open, as the contexts above tell it."""

from __future__ import annotations

from dataclasses import dataclass

from rexian.org.ports import Held, Holding

_holdings: dict[str, Holding] = {}


@dataclass(frozen=True, slots=True)
class HeldKind:
    """What somebody holds open of one kind; ``title`` is a message."""

    kind: str
    title: str
    things: tuple[Held, ...]


def add_holding(holding: Holding) -> None:
    """Have a kind of thing asked for whenever somebody moves or leaves; once is enough."""
    _holdings[holding.kind] = holding


def holdings() -> tuple[Holding, ...]:
    """Return the kinds of things that people can hold open."""
    return tuple(_holdings.values())


def holdings_of(person_id: int) -> tuple[HeldKind, ...]:
    """Return what somebody holds open now, without the kinds of which there is nothing."""
    found = (HeldKind(one.kind, one.title, tuple(one.held_by(person_id))) for one in holdings())
    return tuple(one for one in found if one.things)

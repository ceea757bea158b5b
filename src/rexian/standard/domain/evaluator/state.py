"""What the evaluator remembers of a conversation between two events: small, and plain to store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from rexian.standard.domain.evaluator.items import Evidence, Item
from rexian.standard.domain.evaluator.opportunities import Opportunity
from rexian.standard.domain.events import Facts
from rexian.standard.domain.language.earlier import Earlier

REMEMBERED_ITEMS = 48
"""How many turns and signals are kept whole; what is older lives on in masks and evidence."""


@dataclass(slots=True)
class State:
    """The evaluator's state: facts, counters, what was seen, what is open.

    ``heard`` tells that its words were recognised from sound.
    ``answered_at`` is when an agent first answered; ``first`` tells where an act that counts from
    the start was first done, by side and number;
    ``open`` are the opportunities by scene, in the order of their opening; ``memory`` belongs to
    the rules that are no scenes, by rule: plain immutable values.
    """

    facts: Facts
    events: int = 0
    turns: int = 0
    agent_turns: int = 0
    customer_turns: int = 0
    rings: int = 0
    speakers_known: bool = True
    heard: bool = False
    clock: float | None = None
    answered_at: float | None = None
    seen_agent: int = 0
    seen_customer: int = 0
    closed: int = 0
    first: dict[str, Evidence] = field(default_factory=dict)
    signals: list[tuple[str, str, int]] = field(default_factory=list)
    recent: list[Item] = field(default_factory=list)
    customer: Earlier = field(default_factory=Earlier)
    open: dict[int, Opportunity] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def waited(self) -> float | None:
        """How many seconds the customer waited for an agent, as far as that is known."""
        return self.answered_at if self.facts.waited is None else self.facts.waited

    def copy(self) -> State:
        """Return a state that can go on by itself; what is never changed is shared."""
        values: list[Any] = [
            self.facts,
            *(getattr(self, name) for name in (*_COUNTERS, *_MASKS)),
            dict(self.first),
            list(self.signals),
            list(self.recent),
            self.customer.copy(),
            {number: one.copy() for number, one in self.open.items()},
            dict(self.memory),
        ]
        return State(*values)

    def keep(self, item: Item) -> None:
        """Remember an event whole, until so many others have come."""
        self.recent.append(item)
        if len(self.recent) > REMEMBERED_ITEMS:
            del self.recent[0]

    def recall(self, turn: int) -> Item | None:
        """Return a turn by its index, if it is still remembered."""
        return next((one for one in self.recent if one.turn == turn), None)

    def to_json(self) -> dict[str, Any]:
        """Return the state in values that JSON knows."""
        return {
            "facts": {one.name: getattr(self.facts, one.name) for one in fields(Facts)}
            | {"parameters": dict(self.facts.parameters)},
            **{name: getattr(self, name) for name in _COUNTERS},
            **{name: f"{getattr(self, name):x}" for name in _MASKS},
            "first": {key: one.to_json() for key, one in self.first.items()},
            "signals": list(self.signals),
            "recent": [item.to_json() for item in self.recent],
            "customer": list(self.customer.said),
            "open": [one.to_json() for one in self.open.values()],
            "memory": dict(self.memory),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> State:
        """Return the state that ``to_json`` gave."""
        opened = map(Opportunity.from_json, plain["open"])
        values: list[Any] = [
            Facts.of_plain(plain["facts"]),
            *(plain[name] for name in _COUNTERS),
            *(int(plain[name], 16) for name in _MASKS),
            {key: Evidence.from_json(one) for key, one in plain["first"].items()},
            [(name, by, order) for name, by, order in plain["signals"]],
            [Item.from_json(one) for one in plain["recent"]],
            Earlier(plain["customer"]),
            {one.scene: one for one in opened},
            {key: _frozen(one) for key, one in plain["memory"].items()},
        ]
        return cls(*values)


_COUNTERS = (
    "events",
    "turns",
    "agent_turns",
    "customer_turns",
    "rings",
    "speakers_known",
    "heard",
    "clock",
    "answered_at",
)
_MASKS = ("seen_agent", "seen_customer", "closed")


def _frozen(value: Any) -> Any:
    """JSON turns tuples into lists; memory is made of tuples."""
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value

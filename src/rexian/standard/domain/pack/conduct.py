"""What a pack says of conduct: breaches and praise, counted over a period, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rexian.standard.domain.pack.documents import NOWHERE, Fault, Node, Place
from rexian.standard.domain.pack.texts import Text

Period = Literal[
    "ever", "month", "quarter", "year", "calendar_month", "calendar_quarter", "calendar_year"
]
"""Over which time conduct is counted; ``year`` runs from the first time, others by the calendar."""

Counted = Literal["person", "crew", "vehicle", "line", "unit"]
"""Whose conduct is counted together."""

Whom = Literal["person", "crew", "owner", "vehicle", "line", "unit", "customer"]
"""On whom something falls; ``owner`` is who has the vehicle or the line."""

Finder = Literal["complaint", "inspection", "assessment", "authority", "report", "customer"]

Consequence = Literal[
    "warn",
    "notify",
    "points",
    "fine",
    "fine_times",
    "off_post",
    "suspend",
    "correct",
    "pledge",
    "resume",
    "bar",
    "end_contract",
    "forfeit",
    "replace",
    "return",
    "train",
    "refer",
    "by_rules",
    "publish",
    "reward",
]
"""What follows, from a closed vocabulary; ``docs/guide/packs.md`` tells each in a word."""

COUNTING = frozenset({"points", "fine", "fine_times"})
"""What needs an amount: points, money, and times the value of the thing."""


@dataclass(frozen=True)
class Amount:
    """An amount, or the least and the most of one; it is written ``100`` or ``[500, 3000]``."""

    least: float
    most: float

    @classmethod
    def from_node(cls, node: Node) -> Amount:
        """Read one number, or two of which the second is not the less."""
        nodes = node.value if isinstance(node.value, list) else [node]
        values = [one.scalar() for one in nodes]
        numbers = [float(one) for one in values if type(one) in (int, float) and one >= 0]
        if len(numbers) != len(values) or len(values) not in (1, 2) or numbers != sorted(numbers):
            written = ", ".join(map(str, values))
            reason = f"an amount is a number, or the least and the most: [500, 3000], not {written}"
            raise Fault(node.place, reason)
        return cls(numbers[0], numbers[-1])

    def __str__(self) -> str:
        return f"{self.least:g}" if self.least == self.most else f"{self.least:g}-{self.most:g}"


@dataclass(frozen=True)
class Sanction:
    """One thing that follows: what, in words, on whom; an ``amount`` where it is counted.

    ``optional`` is what may follow and need not (可); ``grave`` only where the case is grave.
    """

    does: Consequence
    title: Text
    whom: Whom = "person"
    amount: Amount | None = None
    currency: str = "CNY"
    optional: bool = False
    grave: bool = False


@dataclass(frozen=True)
class LadderStep:
    """What follows from the so-manieth time in the period on, until the next step."""

    then: tuple[Sanction, ...]
    at: int = 1
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class ConductSpec:
    """One kind of breach, or of praise: what it is, whose is counted within what, what follows.

    ``acts`` are what it consists of; ``verified`` counts only what an investigation has found to be
    so; ``found_by`` are the ways in which it comes to light. Without a ladder it is only recorded.
    """

    id: str
    clause: str
    title: Text
    kind: Literal["breach", "praise"] = "breach"
    acts: tuple[Text, ...] = ()
    counts: Counted = "person"
    within: Period | None = None
    verified: bool = False
    found_by: tuple[Finder, ...] = ()
    ladder: tuple[LadderStep, ...] = ()
    cites: tuple[str, ...] = ()
    note: Text = field(default_factory=Text)
    place: Place = field(default=NOWHERE, compare=False)

    def clauses(self) -> tuple[str, ...]:
        """Return every clause that it carries the figures of, each once."""
        return tuple(dict.fromkeys((self.clause, *self.cites)))

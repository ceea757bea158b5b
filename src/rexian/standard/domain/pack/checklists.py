"""What a pack says of checks: lists of items, what each is about, how often it is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rexian.standard.domain.pack.documents import NOWHERE, Place
from rexian.standard.domain.pack.texts import Text

Checked = Literal[
    "each_time",
    "before_each",
    "during_each",
    "after_each",
    "each_shift",
    "on_leaving",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "at_random",
]
"""How often something is looked at; ``each`` is a lesson, a service, a journey."""

Checker = Literal["oneself", "colleague", "supervisor", "inspector", "customer"]

Circumstance = Literal[
    "men",
    "women",
    "spring",
    "summer",
    "autumn",
    "winter",
    "workdays",
    "weekend",
    "rain",
    "heat",
    "night",
]
"""When, or for whom alone, an item holds."""

FigureUnit = Literal[
    "s", "min", "h", "d", "times", "pieces", "people", "rings", "chars_per_min", "share", "CNY"
]


@dataclass(frozen=True)
class Figure:
    """A figure of a clause with its unit; ``soft`` where the source says about, or if possible."""

    unit: FigureUnit
    at_least: float | None = None
    at_most: float | None = None
    soft: bool = False


@dataclass(frozen=True)
class CheckItem:
    """One item: what is to be so, or what must not be (``never``), and its figure if it has one.

    ``checked`` and ``clause`` stand for those of its list; ``only`` are the circumstances.
    """

    id: str
    text: Text
    clause: str = ""
    never: bool = False
    figure: Figure | None = None
    checked: Checked | None = None
    only: tuple[Circumstance, ...] = ()


@dataclass(frozen=True)
class ChecklistSpec:
    """A list of what is looked at on one subject, how often, and by whom.

    What is found wrong on a list that ``blocks`` keeps the subject from being used until it is put
    right.
    """

    id: str
    clause: str
    title: Text
    about: Literal["coach", "vehicle", "counter", "office", "post", "staff", "school"]
    items: tuple[CheckItem, ...]
    checked: Checked = "each_time"
    by: tuple[Checker, ...] = ()
    blocks: bool = False
    cites: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)

    def items_of(self, clause: str) -> tuple[CheckItem, ...]:
        """Return the items by a clause; those that cite none are by the clause of the list."""
        return tuple(one for one in self.items if (one.clause or self.clause) == clause)

    def clauses(self) -> tuple[str, ...]:
        """Return every clause that the list and its items carry the figures of, each once."""
        items = (one.clause for one in self.items if one.clause)
        return tuple(dict.fromkeys((self.clause, *self.cites, *items)))

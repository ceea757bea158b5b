"""What a pack says of a customer's journey: its stages, what is bought, given and made good."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from rexian.standard.domain.pack.casework import SpanSpec
from rexian.standard.domain.pack.checklists import Circumstance
from rexian.standard.domain.pack.documents import NOWHERE, Place
from rexian.standard.domain.pack.texts import Text

Choice = Literal["school", "coach", "vehicle", "place", "time", "hours"]
Redress = Literal["repeat", "refund", "offer_repeat", "apologise", "discipline", "tell"]
"""What makes good; ``offer_repeat`` asks whether the units are wanted again, without a fee."""

Instant = Literal["booked", "before_start", "at_start", "before_end", "at_end", "after_end"]


@dataclass(frozen=True)
class Unit:
    """What is bought and booked, such as a teaching hour; ``length`` where one is set."""

    id: str
    title: Text
    length: timedelta | None = None
    least: int = 1
    most: int | None = None
    clause: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage of the journey: what it is, after which others, in which units it is bought.

    ``chooses`` is what the customer chooses for themselves in it.
    """

    id: str
    title: Text
    does: Literal["advise", "study", "practise", "test", "exam", "collect", "follow_up"]
    after: tuple[str, ...] = ()
    unit: str = ""
    chooses: tuple[Choice, ...] = ()
    clause: str = ""


@dataclass(frozen=True)
class Comfort:
    """A small comfort that is ready from so many units on, or under circumstances."""

    id: str
    title: Text
    at_least: int = 1
    at_most: int | None = None
    only: tuple[Circumstance, ...] = ()
    clause: str = ""


@dataclass(frozen=True)
class Moment:
    """What is done at an instant of what was booked, and the prescribed words for it.

    ``by`` is how long before, or after, that instant at the latest.
    """

    id: str
    title: Text
    at: Instant
    by: timedelta | None = None
    say: tuple[str, ...] = ()
    clause: str = ""


@dataclass(frozen=True)
class Compensation:
    """What makes good what went wrong, once it is found to be so (``verified``)."""

    id: str
    title: Text
    gives: tuple[Redress, ...]
    verified: bool = True
    within: SpanSpec | None = None
    cause: Text = field(default_factory=Text)
    clause: str = ""


Part = Unit | Stage | Comfort | Moment | Compensation


@dataclass(frozen=True)
class CurriculumSpec:
    """A customer's journey as a whole; its parts cite their own clauses, or its."""

    id: str
    clause: str
    title: Text
    units: tuple[Unit, ...] = ()
    stages: tuple[Stage, ...] = ()
    comforts: tuple[Comfort, ...] = ()
    moments: tuple[Moment, ...] = ()
    compensation: tuple[Compensation, ...] = ()
    cites: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)

    def parts(self) -> tuple[Part, ...]:
        """Return everything in it, in the order units, stages, comforts, moments, compensation."""
        return (*self.units, *self.stages, *self.comforts, *self.moments, *self.compensation)

    def parts_of(self, clause: str) -> tuple[Part, ...]:
        """Return the parts by a clause; those that cite none are by the curriculum's."""
        return tuple(one for one in self.parts() if (one.clause or self.clause) == clause)

    def clauses(self) -> tuple[str, ...]:
        """Return every clause that it and its parts carry the figures of, each once."""
        cited = (one.clause for one in self.parts() if one.clause)
        return tuple(dict.fromkeys((self.clause, *self.cites, *cited)))

"""Where a case stands, as far as deciding its next move needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Source(StrEnum):
    """By which way a case came in."""

    CONTACT = "contact"
    PORTAL = "portal"
    OUTSIDE = "outside"
    REST = "rest"
    PERSON = "person"
    CALLBACK = "callback"


class Finding(StrEnum):
    """What an investigation came to (定性)."""

    TRUE = "true"
    PARTLY = "partly"
    UNTRUE = "untrue"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made: by whom, where, in which round."""

    move: str
    person: int | None
    unit: int | None
    round: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as moves see it; a higher ``path`` is nearer the top."""

    id: int
    path: str
    tier: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """A case as its flow sees it.

    ``unit`` has it, ``home`` took it; one that ``is_merged`` goes on as another. ``made`` are the
    moves so far, in their order; ``pending`` is a move that waits for approval, with who asked;
    ``assisting`` are the units that assist and have not said that they are done.
    """

    state: str
    round: int
    unit: Unit
    home: Unit
    taken_by: int | None
    handler: int | None
    case_class: str = ""
    is_merged: bool = False
    pending: str = ""
    asked_by: int | None = None
    assisting: Mapping[int, str] = field(default_factory=dict)
    made: tuple[Made, ...] = ()

    def times(self, move: str) -> int:
        """Return how often a move was made in this round."""
        return sum(one.move == move and one.round == self.round for one in self.made)

    def makers(self, move: str) -> frozenset[int]:
        """Return who made a move in this round; taking the case is the first of all."""
        found = {one.person for one in self.made if one.move == move and one.round == self.round}
        if move == "taken":
            found.add(self.taken_by)
        return frozenset(one for one in found if one is not None)

"""The motorway's hotline with its standards in force, and hands to take and move cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.standing import Source
from rexian.cases.queries import CasePage, CaseShown, case, case_page
from rexian.cases.services import Given, approve_move, move_case, refuse_move, take_case
from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.services.firing import fire_some
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from tests.cast import FOUNDED_AT
from tests.contacts.conftest import NOON, House, house, later

__all__ = ["NOON", "Desk", "desk", "house", "later"]

MACHINE = Actor.system("tests")
_numbers = count(1)


@dataclass(frozen=True)
class Desk:
    """Hands for everybody who has to do with cases."""

    house: House
    units: Mapping[str, int]

    def actor(self, role: Role | str = Role.AGENT) -> Actor:
        """Return somebody of the house, or the outsider."""
        return self.house.cast.actor(role)

    def take(self, *, role: Role = Role.AGENT, at: datetime = NOON, **said: Any) -> int:
        """Take a case; a complaint about a toll station unless said otherwise."""
        details = CaseDetails(
            source=Source.PERSON,
            category="complaint-attitude",
            case_class="simple",
            title="收费员态度不好",
            matter="柳村收费站收费员态度生硬。",
            name="赵先生",
            number="13800138000",
            sent_as=f"case-{next(_numbers)}",
        )
        return take_case(
            self.house.code, details=replace(details, **said), actor=self.actor(role), at=at
        )

    def move(
        self,
        case_id: int,
        move: str,
        role: Role | str | Actor = Role.AGENT,
        *,
        at: datetime = NOON,
        version: int | None = None,
        **given: Any,
    ) -> int:
        """Make a move as somebody; the version is the one that stands, unless said otherwise."""
        actor = role if isinstance(role, Actor) else self.actor(role)
        seen = self.shown(case_id).version if version is None else version
        return move_case(case_id, move=move, given=Given(**given), version=seen, actor=actor, at=at)

    def approve(self, case_id: int, role: Role, *, at: datetime = NOON) -> int:
        """Approve what was asked for."""
        return approve_move(
            case_id, version=self.shown(case_id).version, actor=self.actor(role), at=at
        )

    def refuse(self, case_id: int, role: Role, *, reason: str, at: datetime = NOON) -> int:
        """Refuse what was asked for."""
        return refuse_move(
            case_id,
            version=self.shown(case_id).version,
            reason=reason,
            actor=self.actor(role),
            at=at,
        )

    def shown(self, case_id: int, role: Role | str | None = None) -> CaseShown:
        """Return a case as somebody sees it, else as it is."""
        return case(case_id, actor=MACHINE if role is None else self.actor(role))

    def page(self, case_id: int, role: Role | str | None = None) -> CasePage:
        """Return a case with all that belongs to it."""
        return case_page(case_id, actor=MACHINE if role is None else self.actor(role))

    def offered(self, case_id: int, role: Role | str) -> list[str]:
        """Return the moves that somebody is offered."""
        return [one.move.id for one in self.page(case_id, role).offers]

    def clock(self, case_id: int, name: str) -> Any:
        """Return the latest clock of a name."""
        found = [one for one in self.page(case_id).clocks if one.clock == name]
        assert found, f"no clock {name}"
        return found[-1]

    def work(self, at: datetime) -> None:
        """Have the worker do what is due by an instant."""
        while fire_some(SetClock(at), worker="tests"):
            pass


@pytest.fixture
def desk(house: House) -> Desk:
    """Return the hands, with a section centre between the service centre and the toll station."""
    house.cast.put_standards_in_force(FOUNDED_AT)
    return Desk(house, house.cast.units)

"""A hotline of the motorway with three agents, and hands to play both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import cast as taken_for

import pytest

from rexian.clockwork.domain.running import RunningJob
from rexian.contacts.domain.hotlines import HotlineDetails
from rexian.contacts.jobs import end_all_lapsed
from rexian.contacts.queries import QueueShown
from rexian.contacts.services import Arrival, arrive, assign_agent, become_ready, set_up_hotline
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from tests.cast import Cast

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
"""A Monday in Chinese time, when every hotline is open."""

DETAILS = HotlineDetails(
    code="test-line", name="华通热线", company="华通高速", standard="highway", offer_time=20
)
QUEUES = (
    QueueShown("emergency", "紧急求助", emergency=True),
    QueueShown("general", "咨询", emergency=False),
    QueueShown("complaints", "投诉", emergency=False),
)


def later(seconds: float) -> datetime:
    """Return an instant so many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


@dataclass(frozen=True)
class House:
    """A hotline, and those who serve it by role."""

    hotline: int
    code: str
    cast: Cast

    def actor(self, role: Role | str = Role.AGENT) -> Actor:
        """Return somebody of the house."""
        return self.cast.actor(role)

    def ready(self, role: Role | str = Role.AGENT, *, after: float = 0) -> Actor:
        """Have somebody be ready."""
        actor = self.actor(role)
        become_ready(actor=actor, at=later(after))
        return actor

    def arrival(self, *, after: float = 0, **said: str) -> int:
        """Have a customer arrive, and return the contact."""
        asked = replace(Arrival(sent_as=f"request-{next(_numbers)}", text="你好"), **said)  # type: ignore[arg-type]
        return arrive(self.code, arrival=asked, at=later(after))


_numbers = count(1)


class Sweeping:
    """A run of a periodic task, at an instant."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return the instant."""
        return self._at


def sweep(at: datetime) -> None:
    """Have the worker notice who is gone."""
    end_all_lapsed(taken_for("RunningJob", Sweeping(at)))


@pytest.fixture
def house(cast: Cast) -> House:
    """Return a hotline that the agent, the team leader and the callback agent serve."""
    manager = cast.actor(Role.MANAGER)
    hotline = set_up_hotline(
        cast.units["centre"], details=DETAILS, queues=QUEUES, actor=manager, at=NOON
    )
    for role, capacity in ((Role.AGENT, 2), (Role.TEAM_LEADER, 2), (Role.CALLBACK_AGENT, 1)):
        assign_agent(
            cast.id(role),
            hotline=hotline,
            queues=[one.code for one in QUEUES],
            capacity=capacity,
            actor=manager,
            at=NOON,
        )
    return House(hotline, DETAILS.code, cast)

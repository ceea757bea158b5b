"""The hotline of the contacts' tests, with the motorway's standard in force."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest

from rexian.contacts.services import (
    accept_offer,
    end_contact,
    finish_contact,
    save_record,
    say_as_customer,
    say_to_customer,
)
from rexian.contacts.services.records import RecordDetails
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from tests.cast import Cast
from tests.contacts.conftest import NOON, House, house, later

__all__ = ["NOON", "House", "Talk", "house", "later"]

_numbers = count(1)


@dataclass
class Talk:
    """A contact of which both sides are played; the clock moves on five seconds a turn."""

    house: House
    id: int
    agent: Actor
    clock: float

    def says(self, text: str, *, after: float = 5) -> None:
        """Have the agent say something."""
        self.clock += after
        sent = f"turn-{next(_numbers)}"
        say_to_customer(self.id, text=text, sent_as=sent, actor=self.agent, at=later(self.clock))

    def hears(self, text: str, *, after: float = 5) -> None:
        """Have the customer say something."""
        self.clock += after
        say_as_customer(self.id, text=text, sent_as=f"turn-{next(_numbers)}", at=later(self.clock))

    def ends(self, *, after: float = 5) -> None:
        """Have the agent end it."""
        self.clock += after
        end_contact(self.id, actor=self.agent, at=later(self.clock))

    def records(self, *, case_type: str = "", version: int = 0, number: str = "") -> int:
        """Have the agent save the record."""
        self.clock += 1
        details = RecordDetails(
            category="road", case_type=case_type, version=version, number=number
        )
        return save_record(self.id, details=details, actor=self.agent, at=later(self.clock))

    def finishes(self) -> None:
        """Have the agent be done with it."""
        self.clock += 1
        finish_contact(self.id, actor=self.agent, at=later(self.clock))


@pytest.fixture
def standard(cast: Cast) -> int:
    """Put the motorway's standard in force, and return its version."""
    return cast.put_standards_in_force(NOON)["highway"]


@pytest.fixture
def talk(standard: int, house: House) -> Talk:
    """Return a contact in which nothing has been said but the customer's first words."""
    del standard
    agent = house.ready()
    made = house.arrival(after=1, text="你好，前面堵车了吗", visitor="browser")
    accept_offer(made, actor=agent, at=later(4))
    return Talk(house, made, agent, 4)


@pytest.fixture
def inspector(cast: Cast) -> Actor:
    """Return who reviews findings."""
    return cast.actor(Role.INSPECTOR)

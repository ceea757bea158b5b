"""A hotline whose customers were not served, and a worker who sees to what follows."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.services.firing import fire_some
from rexian.contacts.services import leave_as_customer
from tests.contacts.conftest import House, house, later

__all__ = ["NUMBER", "Calls", "calls", "house", "later"]

NUMBER = "13800138000"


def work(after: float) -> None:
    """Have the worker do what is due so many seconds after noon."""
    while fire_some(SetClock(later(after)), worker="tests"):
        pass


@dataclass(frozen=True)
class Calls:
    """Customers who are to be called."""

    house: House

    def abandoned(self, *, after: float = 0, number: str = NUMBER, **said: str) -> int:
        """Have a customer wait for ten seconds and leave; return the contact."""
        made = self.house.arrival(after=after, number=number, **said)
        leave_as_customer(made, at=later(after + 10))
        work(after + 10)
        return made

    def work(self, after: float) -> None:
        """Have the worker do what is due."""
        work(after)


@pytest.fixture
def calls(house: House) -> Calls:
    """Return the hands to play customers who are to be called."""
    return Calls(house)

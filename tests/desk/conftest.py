"""A hotline of the motorway, an agent at a desk in a browser, and customers who arrive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role

if TYPE_CHECKING:  # tables are there only once the program is set up
    from tests.cast import Cast

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Desk:
    """An agent's desk as its script uses it, with what happens at other places."""

    cast: Cast
    role: Role
    client: Client

    @property
    def actor(self) -> Actor:
        """Return whose desk it is."""
        return self.cast.actor(self.role)

    @property
    def person(self) -> int:
        """Return the id of whose desk it is."""
        return self.cast.id(self.role)

    def get(self, address: str, status: int = 200) -> Any:
        """Return what an address of the desk answers: a value, or a page's text."""
        answer = self.client.get(f"/desk/{address}")
        assert answer.status_code == status, answer.content.decode()
        is_json = answer["Content-Type"].startswith("application/json")
        return answer.json() if is_json else answer.content.decode()

    def post(self, address: str, fields: Mapping[str, object] | None = None) -> Any:
        """Send something, and return the answer, whatever its status."""
        answer = self.client.post(f"/desk/{address}", fields or {})
        return {"status": answer.status_code, **answer.json()}

    def ready(self) -> None:
        """Be ready for contacts."""
        assert self.post("presence", {"state": "ready"})["status"] == 200

    def arrival(self, **said: str) -> int:
        """Have a customer arrive, and return the contact."""
        from rexian.contacts.services import Arrival, arrive  # noqa: PLC0415 - tables

        number = next(_numbers)
        asked = Arrival(sent_as=f"desk-{number}", text="我的车坏在高速上了")
        return arrive("huatong", arrival=replace(asked, **said), at=timezone.now())  # type: ignore[arg-type]

    def talk(self, **said: str) -> int:
        """Be in conversation with a customer, and return the contact."""
        self.ready()
        made = self.arrival(**said)
        assert self.post(f"contacts/{made}/accept")["status"] == 200
        return made


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """Return the desk of 王芳, who is the only one at work."""
    return Desk(cast, Role.AGENT, cast.client(Role.AGENT))


@pytest.fixture
def by_the_book(cast: Cast) -> None:
    """Have the motorway's standard in force, before anybody arrives."""
    cast.put_standards_in_force(timezone.now())

"""A hotline that is open, one that is closed, and customers who come by the public door."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from rexian.contacts.queries import contact_of_visit
from rexian.contacts.services import (
    accept_offer,
    become_ready,
    say_to_customer,
    set_up_hotline,
)
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from rexian.site.demonstration import HOTLINE
from tests.cast import Cast

FORM = "application/x-www-form-urlencoded"
_numbers = count(1)


@dataclass(frozen=True)
class Customer:
    """Somebody with a browser, without an account."""

    browser: Client

    def look(self, address: str, **headers: str) -> Any:
        """Look at a page."""
        return self.browser.get(address, headers=headers)

    def send(self, address: str, fields: dict[str, str], **headers: str) -> Any:
        """Send a form as a browser without a script does."""
        return self.browser.post(address, urlencode(fields), content_type=FORM, headers=headers)

    def call(self, address: str, fields: dict[str, str] | None = None) -> tuple[int, Any]:
        """Ask as the page's script does; return the status, and what came."""
        accept = {"Accept": "application/json"}
        answer = (
            self.look(address, **accept) if fields is None else self.send(address, fields, **accept)
        )
        return answer.status_code, json.loads(answer.content)

    def begin(self, code: str = "huatong", **fields: str) -> str:
        """Begin a conversation, and return its key."""
        given = {"queue": "general", "text": "请问怎么办通行卡？", **fields}
        status, told = self.call(f"/chat/{code}/", given)
        assert status == 201, told
        return str(told["key"])

    def says(self, key: str, text: str, **fields: str) -> tuple[int, Any]:
        """Say something, as the page's script does."""
        given = {"text": text, "sent_as": f"said-{next(_numbers)}", **fields}
        return self.call(f"/chat/c/{key}/say", given)

    def news(self, key: str, after: int = 0) -> Any:
        """Return how the conversation stands."""
        status, told = self.call(f"/chat/c/{key}/news?after={after}")
        assert status == 200, told
        return told


@dataclass(frozen=True)
class Agent:
    """Somebody who serves: by services, since the desk is another face."""

    actor: Actor

    def ready(self) -> None:
        become_ready(actor=self.actor, at=timezone.now())

    def accept(self, key: str) -> int:
        """Take the offer, and return the contact."""
        contact = contact_of_visit(key)
        accept_offer(contact, actor=self.actor, at=timezone.now())
        return contact

    def says(self, key: str, text: str) -> int:
        """Say something, and return the line's number."""
        contact, name = contact_of_visit(key), f"agent-{next(_numbers)}"
        at = timezone.now()
        return say_to_customer(contact, text=text, sent_as=name, actor=self.actor, at=at).seq


@pytest.fixture
def customer(cast: Cast) -> Customer:  # noqa: ARG001 - the hotline is the cast's
    """Return a customer."""
    return Customer(Client())


@pytest.fixture
def agent(cast: Cast) -> Agent:
    """Return an agent of the hotline, who is not yet ready."""
    return Agent(cast.actor(Role.AGENT))


@pytest.fixture
def hotline(cast: Cast) -> Callable[..., str]:
    """Give a function that sets up another hotline, and returns its code."""

    def set_up(**changes: Any) -> str:
        details = replace(HOTLINE, **{"code": f"line-{next(_numbers)}", **changes})
        set_up_hotline(
            cast.units["centre"],
            details=details,
            queues=(),
            actor=cast.actor(Role.MANAGER),
            at=timezone.now(),
        )
        return details.code

    return set_up


@pytest.fixture
def closed(hotline: Callable[..., str]) -> str:
    """Return the code of a hotline that is closed today, and opens in three days."""
    day = (timezone.now() + timedelta(days=3)).strftime("%a").lower()
    return hotline(calendar={"hours": {day: "08:30-12:00"}})

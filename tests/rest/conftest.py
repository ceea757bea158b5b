"""A machine with a token, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from rexian.clockwork.services.working import Worker
from rexian.org.domain.roles import Role
from rexian.org.services.tokens import make_token
from tests.cast import Cast

ALL = (
    "notices.read", "standard.read", "dialogue.read", "dialogue.inspect", "org.see",
    "cases.see", "cases.take", "cases.handle", "cases.dispatch", "cases.supervise",
    "cases.identify", "cases.export", "contacts.watch",
    "speech.keep", "speech.listen", "speech.send",
)  # fmt: skip


@dataclass(frozen=True)
class Machine:
    """Something that speaks REST with a token."""

    token: str
    token_id: int

    def get(self, path: str, **values: Any) -> Any:
        """Ask for something."""
        return self._asked("get", path, values)

    def post(self, path: str, content: object, key: str = "") -> Any:
        """Send something as JSON."""
        return self._asked("post", path, content, key, content_type="application/json")

    def delete(self, path: str) -> Any:
        """Have something removed."""
        return self._asked("delete", path, "")

    def upload(self, path: str, **files: Any) -> Any:
        """Send files as a form."""
        return self._asked("post", path, files)

    def _asked(
        self, method: str, path: str, content: object, key: str = "", **options: Any
    ) -> HttpResponse:
        send = getattr(Client(raise_request_exception=False), method)
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"}
        headers |= {"Idempotency-Key": key} if key else {}
        answer: HttpResponse = send(f"/api/v1{path}", content, headers=headers, **options)
        return answer


@pytest.fixture
def machine(cast: Cast) -> Callable[..., Machine]:
    """Give a function that makes a token for somebody of the cast."""

    def made(role: Role | str = Role.INSPECTOR, scopes: tuple[str, ...] | None = None) -> Machine:
        actor, now = cast.actor(role), timezone.now()
        wanted = scopes or tuple(one for one in ALL if actor.may(one))
        token = make_token(
            cast.id(role), name="m", scopes=wanted, lasts=timedelta(days=1), actor=actor, at=now
        )
        return Machine(token.text, token.id)

    return made


@pytest.fixture
def standards(cast: Cast) -> tuple[int, ...]:
    """Put the standards that ship in force, and return their versions."""
    found = cast.put_standards_in_force(timezone.now())
    return found["centre"], found["highway"]


@pytest.fixture
def work() -> Callable[[], None]:
    """Give a function that does all that is due now."""

    def done() -> None:
        Worker("rest tests").tick(timezone.now())

    return done

"""The fixed cast: one person a role at 华通高速, and an administrator of 江城燃气 who sees nothing.

Loaded as a plugin, so that every test has the fixture ``cast``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from rexian.journal.models import Entry
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from rexian.org.queries import SignedIn, signed_in
from rexian.site.demonstration import (
    PASSWORD,
    Demonstration,
    Player,
    found_demonstration,
    found_neighbour,
)
from rexian.standard.queries.published import standards_in_force
from rexian.standard.services import publish_shipped
from tests.once import found_once

# Tests hash many passwords, and keep none.
Argon2PasswordHasher.time_cost = 1
Argon2PasswordHasher.memory_cost = 8
Argon2PasswordHasher.parallelism = 1

FOUNDED_AT = datetime(2026, 11, 2, 0, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OUTSIDER = "outsider"
__all__ = [
    "FOUNDED_AT",
    "NOW",
    "OUTSIDER",
    "PASSWORD",
    "Cast",
    "cast",
    "nothing_changes",
    "recorded",
]


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the tests, by role, with ``"outsider"`` for the other organisation's."""

    ours: Demonstration
    theirs: Demonstration

    @property
    def organisation(self) -> int:
        """Return the id of 华通高速."""
        return self.ours.organisation

    @property
    def units(self) -> Mapping[str, int]:
        """Return the ids of our units by code."""
        return self.ours.units

    def put_standards_in_force(self, at: datetime) -> Mapping[str, int]:
        """Publish the standards of 华通高速 as of a day, and return their versions by name."""
        wanted = {"centre", "highway"}

        def publish() -> None:
            missing = wanted - set(standards_in_force(self.organisation, at.date()))
            machine = Actor.system("tests")
            publish_shipped(self.organisation, names=sorted(missing), actor=machine, at=at)

        found_once(f"standards on {at.date()}", publish)
        ruling = standards_in_force(self.organisation, at.date())
        return {name: ruling[name].id for name in wanted}

    @property
    def password(self) -> str:
        """Return what everybody signs in with."""
        return PASSWORD

    def player(self, role: Role | str) -> Player:
        """Return the person of a role, or the outsider."""
        if role == OUTSIDER:
            return self.theirs.people[0]
        return self.ours.player(Role(role))

    def id(self, role: Role | str) -> int:
        """Return a person's id."""
        return self.player(role).id

    def person(self, role: Role | str) -> SignedIn:
        """Return a person as a page sees them."""
        person = signed_in(self.id(role))
        assert person is not None
        return person

    def actor(self, role: Role | str) -> Actor:
        """Return a person as a service sees them."""
        return self.person(role).actor

    def client(self, role: Role | str) -> Client:
        """Return a browser in which a person is signed in."""
        from django.contrib.auth import get_user_model  # noqa: PLC0415 - after the settings

        client = Client()
        client.force_login(get_user_model().objects.get(pk=self.id(role)))
        return client


@contextmanager
def nothing_changes() -> Iterator[None]:
    """See that no row of any table is another, or there is one more or less, after the block."""
    before = _everything()
    yield
    assert _everything() == before


def recorded(name: str = "") -> list[Entry]:
    """Return the entries of a name, or all that were written after the cast was founded."""
    rows = Entry.objects.exclude(at=FOUNDED_AT).order_by("pk")
    return list(rows.filter(name=name) if name else rows)


def _everything() -> dict[str, list[tuple[Any, ...]]]:
    ours = [one for one in apps.get_models() if one.__module__.startswith("rexian.")]
    return {one.__name__: list(one._default_manager.order_by("pk").values_list()) for one in ours}


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 - people live in the database
    """Return the people of the tests."""
    return found_once("cast", _founded)


def _founded() -> Cast:
    return Cast(found_demonstration(FOUNDED_AT), found_neighbour(FOUNDED_AT))

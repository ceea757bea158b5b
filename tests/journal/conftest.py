"""Entries to look at, and ways round the triggers that keep them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction

from rexian.journal.domain.entries import Entry
from rexian.journal.domain.events import Event
from rexian.kernel.authority import Actor

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CLERK = Actor("person:7", organisation=1, person=7, grants={"journal.read": frozenset({"/1/"})})


@dataclass(frozen=True, slots=True, kw_only=True)
class LampLit(Event):
    """A lamp was lit: an event of nobody's but these tests."""

    name: ClassVar[str] = "lamps.lamp_lit"
    noun: ClassVar[str] = "lamp"

    colour: str = "white"


Light = Callable[..., Entry]
Unguarded = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def light() -> Light:
    """Return what records that a lamp was lit, in a transaction of its own."""
    from rexian.journal.services import record  # noqa: PLC0415 - settings are not read before

    def act(lamp: int = 1, *, organisation: int | None = 1, at: datetime = AT) -> Entry:
        with transaction.atomic():
            event = LampLit(subject_id=lamp, organisation=organisation, colour=f"hue-{lamp}")
            return record(event, actor=CLERK, at=at)

    return act


@pytest.fixture
def unguarded() -> Unguarded:
    """Return a way round the triggers, as an intruder with the owner's password would take it."""

    @contextmanager
    def way() -> Iterator[Any]:
        off, on = _switches()
        with connection.cursor() as cursor:
            for statement in off:
                cursor.execute(statement)
            yield cursor
            for statement in on:
                cursor.execute(statement)

    return way


@pytest.fixture
def clerk() -> Actor:
    """Return somebody of organisation 1 who may read its journal."""
    return CLERK


def _switches() -> tuple[list[str], list[str]]:
    """Return the statements that take the triggers away, and those that bring them back."""
    if connection.vendor == "postgresql":
        tables = ("journal_entry", "journal_seal")
        return (
            [f"ALTER TABLE {one} DISABLE TRIGGER {one}_append_only" for one in tables],
            [f"ALTER TABLE {one} ENABLE ALWAYS TRIGGER {one}_append_only" for one in tables],
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%'"
        )
        found = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]

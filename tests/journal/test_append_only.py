"""The database refuses to change what was written, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from rexian.journal import models
from rexian.journal.domain.entries import Entry
from rexian.journal.queries import missing_guards
from rexian.journal.services import seal

Light = Callable[..., Entry]
Unguarded = Callable[[], AbstractContextManager[Any]]

LATER = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CHANGES = {
    "an entry is changed": "UPDATE journal_entry SET actor = 'person:8'",
    "an entry is deleted": "DELETE FROM journal_entry",
    "a seal is changed": "UPDATE journal_seal SET count = 0",
    "a seal is deleted": "DELETE FROM journal_seal",
}
OF_ONE_DATABASE = {
    "sqlite": [
        "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry",
    ],
    "postgresql": [
        "TRUNCATE journal_entry",
        "TRUNCATE journal_seal",
        "SET session_replication_role = replica; DELETE FROM journal_entry",
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_refuses(change: str, light: Light) -> None:
    light()
    seal(at=LATER)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        execute(change)


@pytest.mark.django_db
def test_the_database_refuses_the_ways_round_that_it_has_itself(light: Light) -> None:
    light()
    seal(at=LATER)
    for change in OF_ONE_DATABASE[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            execute(change)
    assert models.Entry.objects.count() == 1


@pytest.mark.django_db
def test_triggers_that_are_gone_are_missed(unguarded: Unguarded) -> None:
    assert missing_guards() == ()
    with unguarded():
        assert "journal_entry_append_only" in missing_guards() or len(missing_guards()) == 6
    assert missing_guards() == ()


def execute(statement: str) -> None:
    """Carry out a statement, as whoever has the password of the database could."""
    with connection.cursor() as cursor:
        cursor.execute(statement)

"""The database is emptied after a test with transactions of its own: the tables with rows alone.

Django's own way empties every table and makes all permissions anew, which takes longer than most
tests, and knows nothing of the journal's triggers, which refuse it.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection, transaction

KEPT = {"django_content_type", "auth_permission"}
"""What a migration has filled, and no test changes."""


def empty_tables() -> None:
    """Take all rows out of the tables that have some, whatever forbids it."""
    filled = _filled()
    if not filled:
        return
    off, on = _switches() if any(one.startswith("journal_") for one in filled) else ([], [])
    deletions = [f"DELETE FROM {connection.ops.quote_name(one)}" for one in filled]  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in [*off, *deletions, *on]:
            cursor.execute(statement)


def _filled() -> list[str]:
    names = {one._meta.db_table for one in apps.get_models(include_auto_created=True)} - KEPT
    asked = [
        f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(one)})"  # noqa: S608
        for one in sorted(names)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]


def _switches() -> tuple[list[str], list[str]]:
    """Return what takes the triggers away that refuse it, and what brings them back."""
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

"""Whether the database still refuses to change the journal."""

from __future__ import annotations

from django.db import connection

_SQLITE = (
    "journal_entry_no_delete",
    "journal_entry_no_replace",
    "journal_entry_no_update",
    "journal_seal_no_delete",
    "journal_seal_no_replace",
    "journal_seal_no_update",
)
_POSTGRESQL = ("journal_entry_announce", "journal_entry_append_only", "journal_seal_append_only")


def missing_guards() -> tuple[str, ...]:
    """Return the names of the triggers that are gone or have been switched off."""
    wanted: tuple[str, ...]
    if connection.vendor == "postgresql":
        wanted = _POSTGRESQL
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        wanted, asked = _SQLITE, "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = {name for (name,) in cursor.fetchall()}
    return tuple(name for name in wanted if name not in there)

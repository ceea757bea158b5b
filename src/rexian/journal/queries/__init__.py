"""Reads of the journal: how far it goes, pages of it, one entry, what guards it."""

from rexian.journal.queries.guards import missing_guards
from rexian.journal.queries.horizon import newest_id, undecided
from rexian.journal.queries.pages import (
    EntryPage,
    Sought,
    entries,
    entry,
    every_entry,
    recorded_names,
)

__all__ = [
    "EntryPage",
    "Sought",
    "entries",
    "entry",
    "every_entry",
    "missing_guards",
    "newest_id",
    "recorded_names",
    "undecided",
]

"""What the journal lets others do in the very transaction that writes an entry."""

from __future__ import annotations

from typing import Protocol

from rexian.journal.domain.entries import Entry


class Witness(Protocol):
    """Writes down, in the same transaction, what an entry makes necessary later."""

    def __call__(self, entry: Entry) -> None:
        """See an entry that has just been written and is not committed yet."""

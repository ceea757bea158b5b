"""Follow the journal: each entry once, in the order of ids, none left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rexian.journal.domain.entries import Entry
from rexian.journal.queries.horizon import newest_id
from rexian.journal.queries.rows import entries_between


class Tail:
    """A reader's place in the journal; it never goes past what is still being written.

    ``position`` is the id up to which everything has been handed out.
    """

    def __init__(self, position: int | None = None) -> None:
        self.position = newest_id() if position is None else position

    def read(self, limit: int = 500) -> Sequence[Entry]:
        """Return the entries that have come since, at most ``limit``, and step behind them."""
        horizon = newest_id()
        if horizon <= self.position:
            return ()
        found = tuple(islice(entries_between(self.position, horizon), limit))
        self.position = found[-1].id if len(found) == limit else horizon
        return found

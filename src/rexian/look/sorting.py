"""The order of a table as its address says it: ``?sort=name``, ``?sort=-name`` for descending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rexian.look.addresses import with_query
from rexian.look.shapes import Column


@dataclass(frozen=True, slots=True)
class Sorting:
    """The column that a table is sorted by, and which way; ``query`` is the rest of the address."""

    name: str
    descending: bool = False
    query: str = ""

    def direction(self, column: Column) -> str:
        """Return what ``aria-sort`` says of a column: ascending, descending, or nothing."""
        if column.name != self.name:
            return ""
        return "descending" if self.descending else "ascending"

    def address(self, column: Column) -> str:
        """Return the address that sorts by a column; the other way round if it already does.

        A new order begins at the first page.
        """
        turned = self.direction(column) == "ascending"
        return with_query(self.query, page=None, sort=f"-{column.name}" if turned else column.name)


def sorting_of(
    asked: str | None, columns: Iterable[Column], *, default: str, query: str = ""
) -> Sorting:
    """Return the order asked for, or the default where a column cannot be sorted by."""
    names = {column.name for column in columns if column.name}
    wanted = asked if asked and asked.removeprefix("-") in names else default
    return Sorting(wanted.removeprefix("-"), wanted.startswith("-"), query)

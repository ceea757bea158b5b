"""Pages of a list: pure arithmetic, and the addresses of the other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rexian.look.addresses import with_query

_AROUND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of ``total`` rows, ``size`` to a page; the first page is number 1.

    ``query`` is the rest of the address, so that another page keeps the filters and the order.
    """

    number: int
    size: int
    total: int
    query: str = ""

    @property
    def count(self) -> int:
        """Return how many pages there are: one at least, which may be empty."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """Return how many rows stand before this page."""
        return (self.number - 1) * self.size

    @property
    def first_row(self) -> int:
        """Return the place of the first row of this page among all, 0 if there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last_row(self) -> int:
        """Return the place of the last row of this page among all."""
        return min(self.number * self.size, self.total)

    @property
    def previous(self) -> int | None:
        """Return the number of the page before, if there is one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def following(self) -> int | None:
        """Return the number of the page after, if there is one."""
        return self.number + 1 if self.number < self.count else None

    @property
    def window(self) -> tuple[int | None, ...]:
        """Return the numbers to offer: both ends and those near; None where some are left out."""
        near = range(max(1, self.number - _AROUND), min(self.count, self.number + _AROUND) + 1)
        return _with_gaps(sorted({1, *near, self.count}))

    def address(self, number: int) -> str:
        """Return the address of another page of this list."""
        return with_query(self.query, page=None if number == 1 else number)


def page_of(asked: str | None, *, size: int, total: int, query: str = "") -> Page:
    """Return the page asked for, the nearest there is, or the first where no number was given."""
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    last = max(1, -(-total // size))
    return Page(number=min(max(number, 1), last), size=size, total=total, query=query)


def _with_gaps(numbers: Sequence[int]) -> tuple[int | None, ...]:
    """Put None where numbers are left out, or the number itself where it is only one."""
    shown: list[int | None] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before == 2:
            shown.append(number - 1)
        elif number - before > 2:
            shown.append(None)
        shown.append(number)
    return tuple(shown)

"""Rows of the tables as the values of the domain, and rows in order without holding a cursor."""

from __future__ import annotations

from collections.abc import Iterator

from rexian.journal import models
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.seals import Seal
from rexian.prepared import Prepared

_BATCH = 2000

_up_to = Prepared(lambda last: models.Entry.objects.filter(id__lte=last).order_by("id")[:_BATCH])
_between = Prepared(
    lambda after, last: models.Entry.objects.filter(id__gt=after, id__lte=last).order_by("id")[
        :_BATCH
    ]
)


def entry_of(row: models.Entry) -> Entry:
    """Return the entry in a row."""
    return Entry(
        id=row.id,
        at=row.at,
        actor=row.actor,
        name=row.name,
        subject=row.subject,
        organisation=row.organisation,
        request=row.request,
        data=row.data,
    )


def seal_of(row: models.Seal) -> Seal:
    """Return the seal in a row."""
    return Seal(
        first_id=row.first_id,
        last_id=row.last_id,
        count=row.count,
        sha256=row.sha256,
        marks=bytes(row.marks),
        sealed_at=row.sealed_at,
    )


def entries_between(after: int | None, last: int) -> Iterator[Entry]:
    """Yield the entries up to ``last`` in the order of their ids, a batch a query.

    Without ``after`` from the very first, even one whose id is no id that a database hands out.
    """
    while batch := _up_to.all(last) if after is None else _between.all(after, last):
        yield from map(entry_of, batch)
        if len(batch) < _BATCH:
            return
        after = batch[-1].id


def all_seals() -> Iterator[Seal]:
    """Yield the seals in the order of their ranges, a batch a query."""
    rows = models.Seal.objects.order_by("first_id")
    batch = list(rows[:_BATCH])
    while batch:
        yield from map(seal_of, batch)
        batch = list(rows.filter(first_id__gt=batch[-1].first_id)[:_BATCH])

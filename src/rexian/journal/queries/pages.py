"""Pages of the journal for whoever has the right to read it: their own organisation's, no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from rexian.journal import models
from rexian.journal.domain import rights
from rexian.journal.domain.entries import Entry
from rexian.journal.queries.rows import entry_of
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which entries are wanted; what is left empty does not matter.

    ``by`` is the code of an actor, ``name`` that of an event or of a whole context (``org``);
    ``since`` and ``until`` bound the instant, the latter excluded.
    """

    subject: str = ""
    by: str = ""
    name: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries, newest first; ``newer`` and ``older`` are the ids to ask on from, if there are more.

    Ask with ``after=newer`` and with ``before=older``.
    """

    entries: tuple[Entry, ...]
    newer: int | None
    older: int | None


def entries(
    sought: Sought | None = None,
    *,
    before: int | None = None,
    after: int | None = None,
    size: int = 50,
    actor: Actor,
) -> EntryPage:
    """Return a page of what is sought: the newest, those before an id, or those next after one."""
    rows = _readable(sought or Sought(), actor)
    if after is not None:
        found = list(rows.filter(id__gt=after).order_by("id")[: size + 1])
        more_newer, found = len(found) > size, found[:size][::-1]
        more_older = bool(found) and rows.filter(id__lt=found[-1].id).exists()
    else:
        wanted = rows if before is None else rows.filter(id__lt=before)
        found = list(wanted.order_by("-id")[: size + 1])
        more_older, found = len(found) > size, found[:size]
        more_newer = before is not None and bool(found) and rows.filter(id__gte=before).exists()
    return EntryPage(
        entries=tuple(map(entry_of, found)),
        newer=found[0].id if more_newer else None,
        older=found[-1].id if more_older else None,
    )


def every_entry(sought: Sought | None = None, *, actor: Actor) -> Iterator[Entry]:
    """Yield all that is sought, oldest first, for an export; a batch a query."""
    rows = _readable(sought or Sought(), actor).order_by("id")
    return _in_batches(rows)


def entry(entry_id: int, *, actor: Actor) -> Entry:
    """Return one entry; raise ``NotFound`` for one that this reader may not see."""
    row = _readable(Sought(), actor).filter(id=entry_id).first()
    if row is None:
        raise NotFound(mark("There is no entry {id} in the journal."), id=entry_id)
    return entry_of(row)


def recorded_names(*, actor: Actor) -> tuple[str, ...]:
    """Return the names of the events that stand in the reader's journal, to choose from."""
    names = _readable(Sought(), actor).order_by("name").values_list("name", flat=True)
    return tuple(names.distinct())


def _readable(sought: Sought, actor: Actor) -> QuerySet[models.Entry]:
    """Return what the actor may read of what is sought; raise ``RightMissing`` for nobody's."""
    authorise(actor, rights.READ)
    rows = models.Entry.objects.all()
    if not actor.is_system:
        rows = rows.filter(organisation=actor.organisation)
    exact = {"subject": sought.subject, "actor": sought.by}
    bounds = {"at__gte": sought.since, "at__lt": sought.until}
    if sought.name:
        whole = "." not in sought.name
        exact["name__startswith" if whole else "name"] = sought.name + ("." if whole else "")
    rows = rows.filter(**{column: text for column, text in exact.items() if text})
    return rows.filter(**{column: at for column, at in bounds.items() if at is not None})


def _in_batches(rows: QuerySet[models.Entry]) -> Iterator[Entry]:
    batch = list(rows[:_BATCH])
    while batch:
        yield from map(entry_of, batch)
        batch = list(rows.filter(id__gt=batch[-1].id)[:_BATCH])

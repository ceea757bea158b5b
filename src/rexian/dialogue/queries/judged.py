"""The conversations of a period that were judged, ready to be judged again: contacts, then batches.

They come in the order of their keys, some at a time, so that whoever was broken off goes on after
the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from rexian.contacts.queries import contacts_by_id, transcript
from rexian.dialogue import models
from rexian.dialogue.domain.keeping import read
from rexian.dialogue.queries.heard import events_of, heard_conversation
from rexian.kernel.calendar.instants import day_begins_at, day_ends_at
from rexian.standard.domain.events import Event, Facts

_FACTS = frozenset(one.name for one in fields(Facts))


@dataclass(frozen=True, slots=True)
class Sought:
    """Whose conversations, judged by which standard, on which days (both included)."""

    organisation: int
    standard: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Judged:
    """A conversation that the version ``version`` has judged: a contact, or one of a batch.

    ``row`` is the key of one of a batch.
    """

    version: int
    facts: Facts
    events: tuple[Event, ...]
    contact: int | None = None
    row: int | None = None
    batch: int | None = None
    position: int | None = None
    name: str = ""


def judged_count(sought: Sought) -> int:
    """Return how many conversations there are; asks for no right."""
    return _contacts(sought).count() + _rows(sought).count()


def judged_contacts(sought: Sought, *, after: int, size: int) -> list[int]:
    """Return the contacts that come next."""
    rows = _contacts(sought).filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:size])


def judged_rows(sought: Sought, *, after: int, size: int) -> list[int]:
    """Return the conversations of batches that come next."""
    rows = _rows(sought).filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:size])


def read_contact(contact_id: int) -> Judged:
    """Return a contact by the facts that it was judged by."""
    row = models.ContactInspection.objects.get(pk=contact_id)
    shown = contacts_by_id((contact_id,))[contact_id]
    lines = transcript(contact_id)
    return Judged(
        version=row.version_id,
        facts=_facts(row.facts),
        events=tuple(events_of(heard_conversation(contact_id), lines, begun_at=shown.arrived_at)),
        contact=contact_id,
    )


def read_row(row_id: int) -> Judged:
    """Return a conversation of a batch."""
    row = models.InspectedRow.objects.get(pk=row_id)
    conversation = read(bytes(row.content)).conversation
    return Judged(
        version=row.version_id,
        facts=conversation.facts,
        events=tuple(conversation.events()),
        row=row_id,
        batch=row.batch_id,
        position=row.position,
        name=row.name,
    )


def _contacts(sought: Sought) -> QuerySet[models.ContactInspection]:
    return models.ContactInspection.objects.filter(
        organisation=sought.organisation,
        day__range=(sought.since, sought.until),
        version__name=sought.standard,
        forgotten_at=None,
    )


def _rows(sought: Sought) -> QuerySet[models.InspectedRow]:
    return models.InspectedRow.objects.filter(
        batch__in=list(_batches(sought)), version__name=sought.standard
    )


def _batches(sought: Sought) -> Iterator[int]:
    """Yield the batches that were sent in on these days, where their organisation is."""
    rows = models.Batch.objects.filter(organisation=sought.organisation, deleted_at=None)
    found: str | None = rows.values_list("organisation__time_zone", flat=True).first()
    if found is None:
        return
    zone = ZoneInfo(found)
    yield from rows.filter(
        uploaded_at__gte=day_begins_at(sought.since, zone),
        uploaded_at__lt=day_ends_at(sought.until, zone),
    ).values_list("pk", flat=True)


def _facts(plain: Mapping[str, Any]) -> Facts:
    """Return facts as they were kept, by an earlier program perhaps."""
    return Facts.of_plain({name: value for name, value in plain.items() if name in _FACTS})

"""Put the months that are over into the archive: contacts, and batches that are done.

A month is written once, when it has been over for two days, so that whatever ended in it has been
inspected. What is there already is left alone: a run that was broken off goes on with the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from rexian.contacts.queries import contacts_by_id
from rexian.dialogue import models
from rexian.dialogue.adapters.archive_writing import (
    Written,
    is_whole,
    shards_named,
    write_shards,
)
from rexian.dialogue.domain.archive import Archived, JudgedThen, Said, Shelf
from rexian.dialogue.domain.batches import BatchState
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.keeping import read
from rexian.dialogue.queries.judged import read_contact
from rexian.kernel.calendar.instants import local_day
from rexian.org.queries import OrganisationShown, agent_numbers_of
from rexian.org.queries.organisations import all_organisations
from rexian.standard.domain.events import Signal, Turn
from rexian.standard.domain.verdicts import Outcome, Verdict
from rexian.standard.queries.published import load_version

SETTLES_AFTER = timedelta(days=2)
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class MonthWritten:
    """What came into the archive of a month: its contacts, or a batch."""

    shelf: Shelf
    name: str
    written: Written


def archive_months(folder: Path, *, at: datetime, organisation: str = "") -> Iterator[MonthWritten]:
    """Write what is over and not in the archive yet, and yield each part as it is there.

    All organisations are meant, or the one of this code.
    """
    for one in all_organisations():
        if organisation in {"", one.code}:
            until = _first_open_day(local_day(at, ZoneInfo(one.time_zone)))
            yield from _contacts(folder.resolve(), one, until)
            yield from _batches(folder.resolve(), one, until)


def _first_open_day(today: date) -> date:
    """Return the first day of the first month that is not to be archived yet."""
    return (today - SETTLES_AFTER).replace(day=1)


def _contacts(folder: Path, of: OrganisationShown, until: date) -> Iterator[MonthWritten]:
    rows = models.ContactInspection.objects.filter(
        organisation=of.id, day__lt=until, forgotten_at=None
    )
    for month in rows.dates("day", "month"):
        days = rows.filter(day__year=month.year, day__month=month.month)
        shelf = Shelf.of(of.code, f"{month:%Y-%m}")
        yield from _once(folder, shelf, "contacts", _archived_contacts(days.order_by("pk")))


def _batches(folder: Path, of: OrganisationShown, until: date) -> Iterator[MonthWritten]:
    zone = ZoneInfo(of.time_zone)
    done = models.Batch.objects.filter(
        organisation=of.id, state=BatchState.DONE, deleted_at=None
    ).order_by("pk")
    for batch in done.iterator():
        day = local_day(batch.uploaded_at, zone)
        if day < until:
            shelf = Shelf.of(of.code, f"{day:%Y-%m}")
            yield from _once(folder, shelf, f"batch-{batch.pk}", _archived_rows(batch))


def _once(
    folder: Path, shelf: Shelf, name: str, found: Iterator[Archived]
) -> Iterator[MonthWritten]:
    if not is_whole(shards_named(folder, shelf, name)):
        told = {"origin": "database"}
        yield MonthWritten(shelf, name, write_shards(folder, shelf, name, found, told))


def _archived_contacts(
    rows: QuerySet[models.ContactInspection],
) -> Iterator[Archived]:
    after = 0
    while chunk := list(rows.filter(pk__gt=after)[:_AT_ONCE]):
        ids = [row.pk for row in chunk]
        shown = contacts_by_id(ids)
        numbers = agent_numbers_of({one.agent for one in shown.values() if one.agent})
        said = _findings(ids)
        for row in chunk:
            contact = shown[row.pk]
            agent = numbers.get(contact.agent or 0, "")
            yield _archived_contact(row, contact.arrived_at, agent, said.get(row.pk, ()))
        after = ids[-1]


def _archived_contact(
    row: models.ContactInspection, arrived_at: datetime, agent: str, said: Iterable[Said]
) -> Archived:
    judged, by = read_contact(row.pk), load_version(row.version_id)
    conversation = Conversation(
        id=f"contact-{row.pk}",
        turns=tuple(one for one in judged.events if isinstance(one, Turn)),
        signals=tuple(one for one in judged.events if isinstance(one, Signal)),
        facts=judged.facts,
        standard=by.name,
        agent=agent,
    )
    then = JudgedThen(by.name, by.version, by.content_hash, row.score, tuple(said))
    return Archived(conversation, f"contact:{row.pk}", arrived_at, then, heard=judged.events)


def _findings(contacts: Iterable[int]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = {}
    for row in models.Finding.objects.filter(contact__in=list(contacts)).order_by("pk"):
        verdict = Verdict(
            row.clause,
            row.rule,
            Outcome(row.outcome),
            tuple(row.turns),
            row.quote,
            row.at_seconds,
            tuple(row.why.items()),
        )
        said = Said(verdict, row.review, row.said_clause, row.said_outcome)
        found.setdefault(row.contact_id, []).append(said)
    return found


def _archived_rows(batch: models.Batch) -> Iterator[Archived]:
    position = -1
    while rows := list(batch.rows.filter(position__gt=position).order_by("position")[:_AT_ONCE]):
        for row in rows:
            inspected = read(bytes(row.content))
            by = inspected.inspection
            said = tuple(
                Said(one) for one in by.verdicts if one.outcome is not Outcome.NOT_APPLICABLE
            )
            then = JudgedThen(by.standard, by.version, by.content_hash, by.score, said)
            key = f"batch:{batch.pk}:{row.position}"
            yield Archived(inspected.conversation, key, None, then)
        position = rows[-1].position

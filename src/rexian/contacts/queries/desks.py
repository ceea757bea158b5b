"""Reads for desks that are open: of many people and contacts at once, in few queries.

What is read by ids asks for no right: streams ask who may watch before they read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Min, Q, QuerySet

from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import WITH_AGENT, Ending, State
from rexian.contacts.domain.lines import Line
from rexian.contacts.domain.presence import There, time_on_breaks
from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries.contacts import (
    ContactShown,
    RecordShown,
    contact_rows,
    record_shown,
    shown,
)
from rexian.contacts.queries.lines import as_line
from rexian.journal.queries import Sought, every_entry
from rexian.kernel.authority import Actor, authorise
from rexian.prepared import Prepared

_READER = Actor.system("desk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait in a queue of a hotline, and since when the first of them."""

    queue: str
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class OwnDay:
    """What an agent has done since an instant; times in seconds, ``None`` without any."""

    served: int
    open: int
    missed: int
    average_talk: float | None
    average_after: float | None
    rated: int
    satisfied: float | None
    solved: int


def contacts_of_agents(people: Collection[int]) -> Mapping[int, Sequence[ContactShown]]:
    """Return the contacts that each agent has now, the oldest first."""
    rows = contact_rows().filter(agent__in=people, state__in=[one.value for one in WITH_AGENT])
    found: dict[int, list[ContactShown]] = {one: [] for one in people}
    for row in rows.order_by("offered_at", "id"):
        found[row.agent_id or 0].append(shown(row))
    return found


def newest_lines(contact_ids: Collection[int], *, most: int) -> Mapping[int, Sequence[Line]]:
    """Return the last lines of each contact, at most so many, in their order."""
    found: dict[int, list[Line]] = {one: [] for one in contact_ids}
    for row in _newest_lines.all(contact_ids, most):
        found[row.contact_id].append(as_line(row))
    return found


_newest_lines = Prepared(
    lambda contacts, most: models.Line.objects.filter(
        contact__id__in=contacts, seq__gt=F("contact__lines") - most
    ).order_by("contact", "seq")
)


def depths(hotline_ids: Collection[int]) -> Mapping[int, Sequence[Waiting]]:
    """Return how many wait in each queue of some hotlines; a queue without any is left out."""
    rows = models.Contact.objects.filter(hotline__in=hotline_ids, state=State.QUEUED.value)
    found: dict[int, list[Waiting]] = {one: [] for one in hotline_ids}
    counted = rows.order_by().values("hotline", "queue")
    for one in counted.annotate(count=Count("pk"), since=Min("queued_at")).order_by("queue"):
        found[one["hotline"]].append(Waiting(one["queue"], one["count"], one["since"]))
    return found


def records_of(contact_ids: Collection[int]) -> Mapping[int, RecordShown]:
    """Return the records of contacts that the caller may see."""
    rows = models.Record.objects.filter(contact__in=contact_ids)
    return {row.pk: record_shown(row) for row in rows}


def break_times(actor: Actor, *, since: datetime, at: datetime) -> Mapping[str, timedelta]:
    """Return how long the actor has been on each kind of break since an instant."""
    sought = Sought(
        subject=f"person:{actor.person}", name=events.PresenceChanged.name, since=since, until=at
    )
    changes = [
        (one.at, There(one.data["state"]), str(one.data.get("reason", "")))
        for one in every_entry(sought, actor=_READER)
    ]
    return time_on_breaks(changes, until=at)


def own_day(actor: Actor, *, since: datetime) -> OwnDay:
    """Return the actor's own figures since an instant."""
    ended = _served(actor, since)
    told = ended.aggregate(
        served=Count("pk"),
        talk=Avg(F("talked_until") - F("connected_at")),
        after=Avg(F("ended_at") - F("talked_until")),
        rated=Count("rating"),
        satisfied=Avg("rating__satisfied"),
        solved=Count("rating", filter=Q(rating__solved=True)),
    )
    missed = Sought(subject=f"person:{actor.person}", name=events.PresenceChanged.name, since=since)
    is_open = models.Contact.objects.filter(
        agent=actor.person, state__in=[one.value for one in WITH_AGENT]
    )
    return OwnDay(
        served=told["served"],
        open=is_open.count(),
        missed=sum(
            one.data["state"] == There.MISSED.value for one in every_entry(missed, actor=_READER)
        ),
        average_talk=_seconds(told["talk"]),
        average_after=_seconds(told["after"]),
        rated=told["rated"],
        satisfied=told["satisfied"],
        solved=told["solved"],
    )


def own_served(
    actor: Actor, *, since: datetime, offset: int, limit: int
) -> tuple[ContactShown, ...]:
    """Return what the actor has finished since an instant, the latest first."""
    rows = _served(actor, since).select_related("hotline__unit").order_by("-ended_at", "-id")
    return tuple(map(shown, rows[offset : offset + limit]))


def _served(actor: Actor, since: datetime) -> QuerySet[models.Contact]:
    authorise(actor, SERVE)
    return models.Contact.objects.filter(
        agent=actor.person, ending=Ending.SERVED.value, ended_at__gte=since, imported_at=None
    )


def _seconds(span: timedelta | None) -> float | None:
    return span.total_seconds() if span is not None else None

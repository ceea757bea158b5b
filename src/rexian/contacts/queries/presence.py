"""Read who is there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rexian.contacts import models
from rexian.contacts.domain.lifecycle import WITH_AGENT
from rexian.contacts.domain.presence import There
from rexian.contacts.domain.rights import MANAGE, SERVE
from rexian.contacts.queries.hotlines import hotline, watch_floor
from rexian.kernel.authority import Actor, authorise


@dataclass(frozen=True, slots=True)
class PresenceShown:
    """Somebody who serves a hotline: what they do, since when, with how many contacts."""

    person: int
    name: str
    agent_number: str
    hotline: int
    skills: tuple[str, ...]
    state: There
    reason: str
    since: datetime
    lease_until: datetime | None
    load: int
    capacity: int


def own_presence(actor: Actor, *, at: datetime) -> PresenceShown | None:
    """Return how the actor stands, ``None`` for somebody who serves no hotline."""
    authorise(actor, SERVE)
    row = _rows().filter(pk=actor.person).first()
    return _shown(row, at) if row else None


def presences_by_id(people: Collection[int], *, at: datetime) -> dict[int, PresenceShown]:
    """Return how agents stand, for streams that know who may watch; asks for no right."""
    return {row.pk: _shown(row, at) for row in _rows().filter(pk__in=people)}


def agents_of(hotline_id: int, *, actor: Actor, at: datetime) -> tuple[PresenceShown, ...]:
    """Return all who serve a hotline, whoever is there first, for those who may watch it."""
    watch_floor(hotline(hotline_id, actor=actor), actor)
    rows = _rows().filter(hotline=hotline_id).exclude(skills=[])
    return tuple(_shown(one, at) for one in rows.order_by("person__agent_number", "pk"))


def colleagues(actor: Actor, *, at: datetime) -> tuple[PresenceShown, ...]:
    """Return the others who serve the actor's hotline and could take a contact over now."""
    authorise(actor, SERVE)
    own = models.Presence.objects.filter(pk=actor.person).first()
    if own is None:
        return ()
    rows = _rows().filter(hotline=own.hotline_id, state=There.READY.value, lease_until__gt=at)
    shown = (_shown(one, at) for one in rows.exclude(pk=own.pk).order_by("person__agent_number"))
    return tuple(one for one in shown if one.load < one.capacity)


def _rows() -> QuerySet[models.Presence]:
    with_agent = models.Contact.objects.filter(
        agent=OuterRef("pk"), state__in=[one.value for one in WITH_AGENT]
    ).order_by()
    count = with_agent.values("agent").annotate(count=Count("pk")).values("count")
    return models.Presence.objects.select_related("person").annotate(
        load=Coalesce(Subquery(count), 0)
    )


def _shown(row: models.Presence, at: datetime) -> PresenceShown:
    gone = row.lease_until is None or row.lease_until <= at
    return PresenceShown(
        person=row.pk,
        name=row.person.name,
        agent_number=row.person.agent_number or "",
        hotline=row.hotline_id,
        skills=tuple(row.skills),
        state=There.OFFLINE if gone else There(row.state),
        reason=row.reason,
        since=row.since,
        lease_until=row.lease_until,
        load=getattr(row, "load", 0),
        capacity=row.capacity,
    )


def serving(hotline_id: int, *, actor: Actor, at: datetime) -> tuple[PresenceShown, ...]:
    """Return all who are set up to serve a hotline, for those who may set it up."""
    authorise(actor, MANAGE, within=hotline(hotline_id, actor=actor).unit_path)
    rows = _rows().filter(hotline=hotline_id).order_by("person__agent_number", "pk")
    return tuple(_shown(one, at) for one in rows)

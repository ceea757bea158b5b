"""Who waits, and who is ready to take them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from rexian.contacts import models
from rexian.contacts.domain.lifecycle import WITH_AGENT, State
from rexian.contacts.domain.presence import There
from rexian.contacts.domain.routing import Ready, Waiting


def waiting(hotline_id: int, *, skills: Collection[str]) -> list[Waiting]:
    """Return whoever waits in some queues of a hotline."""
    rows = models.Contact.objects.filter(
        hotline=hotline_id, state=State.QUEUED.value, queue__in=skills
    )
    return [Waiting(*one) for one in rows.values_list("pk", "queue", "priority", "given_by")]


def ahead_of(row: models.Contact) -> int:
    """Return how many come before a contact in its queue."""
    before = Q(priority__lt=row.priority) | Q(priority=row.priority, pk__lt=row.pk)
    same = models.Contact.objects.filter(
        hotline=row.hotline_id, state=State.QUEUED.value, queue=row.queue
    )
    return same.filter(before).count()


def loads(people: Collection[int]) -> Counter[int]:
    """Return how many contacts each of some agents has, in whichever hotline."""
    rows = models.Contact.objects.filter(
        agent__in=people, state__in=[one.value for one in WITH_AGENT]
    )
    return Counter(rows.values_list("agent", flat=True))


def ready(hotline_id: int, at: datetime) -> list[Ready]:
    """Return the agents of a hotline who are ready, with room or without."""
    rows = models.Presence.objects.filter(
        hotline=hotline_id, state=There.READY.value, lease_until__gt=at
    )
    there = list(rows)
    have = loads([one.pk for one in there])
    return [
        Ready(one.pk, frozenset(one.skills), have[one.pk], one.capacity, one.idle_since)
        for one in there
    ]


def is_served(hotline_id: int, queue: str, *, at: datetime, besides: int | None = None) -> bool:
    """Tell whether anybody else who serves a queue is there, ready or back in a moment."""
    rows = models.Presence.objects.filter(hotline=hotline_id, lease_until__gt=at)
    there = rows.exclude(state=There.OFFLINE.value).exclude(pk=besides or 0)
    return any(queue in skills for skills in there.values_list("skills", flat=True))

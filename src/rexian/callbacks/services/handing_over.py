"""What becomes of the calls that somebody has taken on when they move to another unit, or leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from rexian.callbacks import events, models
from rexian.callbacks.domain.lifecycle import OPEN
from rexian.callbacks.services.promising import about
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org.queries import Held


class CallsTaken:
    """The callbacks that somebody has taken on and not made yet."""

    kind = "callbacks.callback"
    title = mark("Callbacks to make")

    def held_by(self, person_id: int) -> Sequence[Held]:
        """Return the callbacks that somebody has taken on."""
        return [
            Held(f"callback:{row.pk}", row.contact.name or row.number or f"{row.pk}")
            for row in _taken_by(person_id).select_related("contact")
        ]

    def hand_over(self, person_id: int, *, successor_id: int, actor: Actor, at: datetime) -> int:
        """Give all of them to another person."""
        rows = list(_taken_by(person_id))
        for row in rows:
            row.taken_by_id, row.taken_at = successor_id, at
            row.save(update_fields=["taken_by", "taken_at"])
            record(events.CallbackTaken(**about(row), agent=successor_id), actor=actor, at=at)
        return len(rows)


def _taken_by(person_id: int) -> QuerySet[models.Callback]:
    rows = models.Callback.objects.filter(taken_by=person_id)
    return rows.filter(state__in=[one.value for one in OPEN]).order_by("pk")

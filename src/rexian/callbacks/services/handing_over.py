"""What becomes of the calls that somebody has taken on when they move to another unit, or leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from rexian.callbacks import events, models
from rexian.callbacks.domain.case_calls import OPEN_CALLS
from rexian.callbacks.domain.lifecycle import OPEN
from rexian.callbacks.services.giving import about_call, handlers_of
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


class SharesGiven:
    """The calls on cases that are somebody's share and not over yet."""

    kind = "callbacks.case_call"
    title = mark("Calls on cases to make")

    def held_by(self, person_id: int) -> Sequence[Held]:
        """Return the calls that were given to somebody."""
        rows = _given_to(person_id).prefetch_related("surveys__case")
        return [Held(f"case_call:{row.pk}", _called(row)) for row in rows]

    def hand_over(self, person_id: int, *, successor_id: int, actor: Actor, at: datetime) -> int:
        """Give all of them to another person, or to nobody where that one handled the case."""
        rows = list(_given_to(person_id))
        for row in rows:
            may = successor_id not in handlers_of(row)
            row.given_to_id, row.given_at = (successor_id, at) if may else (None, None)
            row.taken_by_id, row.taken_at = None, None
            row.save(update_fields=["given_to", "given_at", "taken_by", "taken_at"])
            if may:
                given = events.CaseCallGiven(**about_call(row), agent=successor_id)
                record(given, actor=actor, at=at)
        return len(rows)


def _given_to(person_id: int) -> QuerySet[models.CaseCall]:
    rows = models.CaseCall.objects.filter(Q(given_to=person_id) | Q(taken_by=person_id))
    return rows.filter(state__in=[one.value for one in OPEN_CALLS]).order_by("pk")


def _called(row: models.CaseCall) -> str:
    return next((one.case.title for one in row.surveys.all()), row.number)


def _taken_by(person_id: int) -> QuerySet[models.Callback]:
    rows = models.Callback.objects.filter(taken_by=person_id)
    return rows.filter(state__in=[one.value for one in OPEN]).order_by("pk")

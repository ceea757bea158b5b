"""Cases as the figures of a month count them, from their steps and clocks; asks for no right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q, QuerySet

from rexian.cases import models

_ANSWERED = ("answer", "resolve")
"""What the customer, or whoever calls them, hears of first."""


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A case as a figure counts it; ``answered_at`` is when it was first answered or done."""

    id: int
    reference: str
    title: str
    state: str
    standing: str
    merged_into: int | None
    taken_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class CountedClock:
    """A deadline that fell into a time, of which case; ``breached_at`` where it was missed."""

    case: int
    reference: str
    title: str
    standing: str
    merged_into: int | None
    clock: str
    due_at: datetime
    stopped_at: datetime | None
    breached_at: datetime | None


def cases_taken(
    organisation: int, *, begins: datetime, ends: datetime, homes: Collection[int] | None
) -> Iterator[CountedCase]:
    """Yield the cases that some houses, or all, took in a time, in their order."""
    rows = models.Case.objects.filter(
        _of(homes, "home"), organisation=organisation, taken_at__gte=begins, taken_at__lt=ends
    )
    first = Min("timeline__at", filter=Q(timeline__kind="move", timeline__effect__in=_ANSWERED))
    told = rows.annotate(first=first).order_by("pk")
    names = ("pk", "reference", "title", "state", "standing", "merged_into", "taken_at", "first")
    for one in told.values_list(*names).iterator(chunk_size=2000):
        yield CountedCase(*one)


def clocks_due(
    organisation: int, *, begins: datetime, ends: datetime, homes: Collection[int] | None
) -> Iterator[CountedClock]:
    """Yield the deadlines that fell into a time and are no mere targets, in their order."""
    rows: QuerySet[models.Clock] = models.Clock.objects.filter(
        _of(homes, "case__home"),
        case__organisation=organisation,
        soft=False,
        due_at__gte=begins,
        due_at__lt=ends,
    )
    names = ("case", "case__reference", "case__title", "case__standing", "case__merged_into",
             "clock", "due_at", "stopped_at", "breached_at")  # fmt: skip
    for one in rows.order_by("pk").values_list(*names).iterator(chunk_size=2000):
        yield CountedClock(*one)


def _of(homes: Collection[int] | None, unit: str) -> Q:
    """Return the condition that a unit is one of these; all are where none are named."""
    return Q() if homes is None else Q(**{f"{unit}__in": list(homes)})

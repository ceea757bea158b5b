"""Reckon running clocks again: the hours of a hotline have changed, or holidays were published.

In portions, each a transaction of its own: a house has tens of thousands of cases open, and nobody
is to wait for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from rexian.cases import models
from rexian.cases.queries.standards import calendar_of, flow_of, published_years
from rexian.cases.services.clocks import Clocks
from rexian.cases.services.stepping import MACHINE, held, hotline_of, save
from rexian.clockwork.services import enqueue_job
from rexian.contacts.services.transactions import in_one_transaction

RECKON = "cases.reckon_hotline"
TOGETHER = 100
"""So many cases share a transaction: each is five rows at most."""


@in_one_transaction
def reckon_some_of_hotline(hotline_id: int, *, after: int, at: datetime) -> int | None:
    """Reckon the clocks of some cases of a hotline by its hours as they are now.

    ``after`` is the last case that was done; returns the one to go on after, ``None`` at the end.
    """
    rows = _running(after).filter(case__hotline=hotline_id)
    return _reckon(rows.values_list("case", flat=True).distinct()[:TOGETHER], "calendar", at)


@in_one_transaction
def reckon_some_provisional(*, after: int, at: datetime) -> int | None:
    """Reckon the clocks of some cases that ran into a year whose holidays are published by now.

    ``after`` and what is returned are as for a hotline.
    """
    provisional = _running(after).filter(explanation__provisional=True, extended_to=None)
    published, found = published_years(), dict[int, None]()
    for case, explanation in provisional.values_list("case", "explanation").iterator(2000):
        if any(year in published for year in explanation.get("unpublished", ())):
            found[case] = None
        if len(found) == TOGETHER:
            break
    return _reckon(list(found), "holidays", at)


def order_reckoning(hotline_id: int, *, organisation: int | None, at: datetime) -> None:
    """Have a job reckon the clocks of a hotline's cases again, if any runs."""
    if _running(0).filter(case__hotline=hotline_id).exists():
        enqueue_job(
            RECKON,
            subject=f"hotline:{hotline_id}",
            organisation=organisation,
            at=at,
            data={"hotline": hotline_id},
        )


def order_reckoning_of_all(organisation: int, *, at: datetime) -> None:
    """Have the clocks of all hotlines of an organisation reckoned again."""
    running = models.Clock.objects.filter(stopped_at=None, case__organisation=organisation)
    for hotline in running.order_by().values_list("case__hotline", flat=True).distinct():
        order_reckoning(hotline, organisation=organisation, at=at)


def _running(after: int) -> QuerySet[models.Clock]:
    return models.Clock.objects.filter(stopped_at=None, case__gt=after).order_by("case")


def _reckon(
    cases: Sequence[int] | QuerySet[models.Clock, int], why: str, at: datetime
) -> int | None:
    last = None
    for last in cases:
        row = held(last)
        calendar = calendar_of(hotline_of(row))
        flow = flow_of(row.standard, row.flow)
        clocks = Clocks.of(row, flow=flow, calendar=calendar, actor=MACHINE, at=at)
        if clocks.follow_calendar(why):
            clocks.settle()
            save(row, "due_at", "work")
    return last

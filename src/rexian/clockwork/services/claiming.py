"""Pick what is due, claim it under a lease, and bring it back.

Every change is compare-and-set: it names the ``fence`` under which the row was seen, and raises it.
Whoever comes late (a worker that lost its lease, a second click) changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When

from rexian.clockwork import models
from rexian.clockwork.domain.handlers import Handler, names_in
from rexian.clockwork.domain.periods import next_run
from rexian.clockwork.domain.reasons import LEASE_RAN_OUT, Reason, reason_of
from rexian.clockwork.domain.work import Kind, Lane, Priority, State
from rexian.clockwork.events import WorkParked
from rexian.clockwork.ports import Outcome
from rexian.journal.services import record
from rexian.kernel.authority import Actor

WORKER = Actor.system("worker")

REMEMBERED_FOR = timedelta(days=30)
"""How long a finished reaction or job is kept; a deadline explains a breach years later."""


def first_at(lane: Lane) -> datetime | None:
    """Return when a lane next wants attention; this takes no lock."""
    names = names_in(lane)
    firsts = [
        models.Work.objects.filter(
            lane=lane, priority=priority, next_at__isnull=False, name__in=names
        )
        .order_by("next_at", "id")
        .values_list("next_at", flat=True)
        .first()
        for priority in _priorities(lane)
    ]
    return min((one for one in firsts if one is not None), default=None)


def pick(lane: Lane, now: datetime, *, most: int = 1) -> list[models.Work]:
    """Return the first rows that are due and lock them; what other workers hold is passed over.

    What this version knows no handler for is left alone, for a newer worker to do.
    """
    names = names_in(lane)
    for priority in _priorities(lane):
        works = (
            models.Work.objects.select_for_update(skip_locked=True)
            .filter(lane=lane, priority=priority, next_at__lte=now, name__in=names)
            .order_by("next_at", "id")[:most]
        )
        if found := list(works):
            return found
    return []


def claim(work: models.Work, handler: Handler, *, worker: str, now: datetime) -> bool:
    """Take a picked row under a lease and count the attempt; tell whether it is to be done.

    A row whose last attempt is used up was left behind by workers that ended on the way: it is
    parked before it ends another.
    """
    if handler.every is None and work.attempts >= handler.retry.attempts:
        _park(work, Reason("LeaseRanOut", LEASE_RAN_OUT), now)
        return False
    taken = _seen(work).update(
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        worker=worker,
        claimed_at=now,
        next_at=now + handler.lease,
    )
    work.fence += 1
    work.attempts += 1
    return taken == 1


def renew(work: models.Work, handler: Handler, *, now: datetime) -> bool:
    """Have the lease of a claimed row end later; tell whether it is still ours."""
    return _seen(work).update(next_at=now + handler.lease) == 1


def finish(work: models.Work, handler: Handler, *, now: datetime) -> bool:
    """Mark a row done, or a periodic one due at its next turn; tell whether it was still ours."""
    if handler.every is not None:
        return _come_back(work, handler, now)
    return finish_all([work], now=now)


def finish_all(works: Sequence[models.Work], *, now: datetime) -> bool:
    """Mark rows done; tell whether all were still ours, else the transaction is to be undone."""
    ours = Q()
    for work in works:
        ours |= Q(pk=work.pk, fence=work.fence)
    finished = models.Work.objects.filter(ours, state=State.OPEN).update(
        state=State.DONE,
        next_at=None,
        claimed_at=None,
        failed_at=None,
        ended_at=now,
        forget_at=Case(When(kind=Kind.DEADLINE, then=None), default=now + REMEMBERED_FOR),
        key=None,
        worker="",
        reason={},
        fence=F("fence") + 1,
    )
    return finished == len(works)


def give_back(work: models.Work, *, now: datetime) -> bool:
    """Let another worker take a claimed row up at once, as if it had never been claimed."""
    return (
        _seen(work).update(
            fence=F("fence") + 1,
            attempts=F("attempts") - 1,
            worker="",
            claimed_at=None,
            next_at=now,
        )
        == 1
    )


def fail(work: models.Work, handler: Handler, error: Exception, *, now: datetime) -> Outcome:
    """Have a row tried again later, or park it after its last attempt.

    ``work.attempts`` counts the attempt that has just failed.
    """
    reason = reason_of(error)
    if handler.retry.is_last(work.attempts):
        if handler.every is None:
            return _park(work, reason, now)
        return _told(_come_back(work, handler, now, reason), Outcome.FAILED)
    later = _seen(work).update(
        fence=F("fence") + 1,
        attempts=work.attempts,
        worker="",
        claimed_at=None,
        failed_at=now,
        next_at=now + handler.retry.wait(work.attempts, work.id),
        reason=reason.as_json(),
    )
    return _told(later == 1, Outcome.FAILED)


def park(work: models.Work, reason: Reason, *, now: datetime) -> Outcome:
    """Take a row out of the workers' way until an administrator has seen to it."""
    return _park(work, reason, now)


def _park(work: models.Work, reason: Reason, now: datetime) -> Outcome:
    with transaction.atomic():
        parked = _seen(work).update(
            state=State.PARKED,
            next_at=None,
            fence=F("fence") + 1,
            attempts=work.attempts,
            worker="",
            claimed_at=None,
            failed_at=now,
            reason=reason.as_json(),
        )
        if parked:
            event = WorkParked(
                subject_id=work.id,
                organisation=work.organisation,
                work=work.name,
                about=work.subject,
                attempts=work.attempts,
                error=reason.error,
            )
            record(event, actor=WORKER, at=now)
    return _told(parked == 1, Outcome.PARKED)


def _come_back(
    work: models.Work, handler: Handler, now: datetime, reason: Reason | None = None
) -> bool:
    """Have a periodic row come back at its next turn."""
    due_at = next_run(work.due_at, every=handler.every or handler.lease, now=now)
    return (
        _seen(work).update(
            fence=F("fence") + 1,
            attempts=0,
            worker="",
            claimed_at=None,
            failed_at=now if reason else None,
            reason=reason.as_json() if reason else {},
            ended_at=now,
            due_at=due_at,
            next_at=due_at,
        )
        == 1
    )


def forgotten_at(work: models.Work, now: datetime) -> datetime | None:
    """Return when the row of work that ends now may be deleted; a deadline's is kept."""
    return None if work.kind == Kind.DEADLINE else now + REMEMBERED_FOR


def _seen(work: models.Work) -> QuerySet[models.Work]:
    """Return the row as long as it is open under the fence under which it was seen."""
    return models.Work.objects.filter(pk=work.pk, fence=work.fence, state=State.OPEN)


def _told(ours: bool, outcome: Outcome) -> Outcome:
    return outcome if ours else Outcome.LOST


def _priorities(lane: Lane) -> tuple[Priority, ...]:
    return tuple(Priority) if lane == Lane.JOBS else (Priority.NORMAL,)

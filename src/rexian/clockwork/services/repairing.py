"""Set right what clocks, older versions and killed workers leave behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from rexian.clockwork import models
from rexian.clockwork.domain.handlers import Handler, known_handlers
from rexian.clockwork.domain.reasons import NOBODY_KNOWS, Reason
from rexian.clockwork.domain.work import Kind, Lane, State
from rexian.clockwork.services import claiming

UNKNOWN_FOR = timedelta(hours=1)
BATCH = 100


def repair(now: datetime) -> None:
    """Do all of it; any worker may, at any time, several at once."""
    start_periodic_tasks(now)
    void_leases(now)
    void_waits(now)
    park_unknown(now)


def start_periodic_tasks(now: datetime) -> None:
    """See to it that each periodic task has its one row, and none waits longer than its period."""
    for handler in known_handlers():
        if handler.every is None:
            continue
        rows = models.Work.objects.filter(key=_key(handler), state=State.OPEN)
        soonest = now + handler.every
        if rows.exists():
            rows.filter(claimed_at=None, failed_at=None, next_at__gt=soonest).update(
                next_at=soonest, due_at=soonest, fence=F("fence") + 1
            )
        else:
            _start(handler, now)


def void_leases(now: datetime) -> None:
    """Shorten leases that reach further than they are given: the clock was set back since.

    Nothing is taken from a worker that lives: it renews its lease by the clock as it is now.
    """
    claimed = models.Work.objects.filter(claimed_at__isnull=False)
    for longest, names in _by(lambda handler: handler.lease).items():
        claimed.filter(name__in=names, next_at__gt=now + longest).update(next_at=now + longest)


def void_waits(now: datetime) -> None:
    """Shorten waits after a failure that are longer than any is made: the clock was set back."""
    failed = models.Work.objects.filter(failed_at__isnull=False, claimed_at=None)
    for longest, names in _by(lambda handler: handler.retry.longest_wait).items():
        failed.filter(name__in=names, next_at__gt=now + longest).update(next_at=now + longest)


def park_unknown(now: datetime) -> None:
    """Park what has been due for an hour and no handler of this version knows.

    Until then it is left to the workers of another version, which may know it.
    """
    names = [one.name for one in known_handlers()]
    for lane in Lane:
        rows = models.Work.objects.filter(lane=lane, next_at__lte=now - UNKNOWN_FOR)
        for work in rows.exclude(name__in=names).order_by("next_at")[:BATCH]:
            if work.kind == Kind.PERIODIC:
                _retire(work, now)
            else:
                claiming.park(work, Reason("UnknownHandler", NOBODY_KNOWS), now=now)


def forget_finished(now: datetime) -> int:
    """Delete a batch of rows of reactions and jobs that ended long ago; return how many."""
    old = models.Work.objects.filter(forget_at__lte=now).order_by("forget_at")
    batch = list(old.values_list("pk", flat=True)[: BATCH * 5])
    models.Work.objects.filter(pk__in=batch).delete()
    return len(batch)


def _start(handler: Handler, now: datetime) -> None:
    try:
        with transaction.atomic():
            models.Work.objects.create(
                kind=Kind.PERIODIC,
                name=handler.name,
                lane=handler.lane,
                subject=f"task:{handler.name}",
                key=_key(handler),
                due_at=now,
                next_at=now,
            )
    except IntegrityError:
        return  # another worker has just started it


def _retire(work: models.Work, now: datetime) -> None:
    """Stop a periodic task that no longer exists; it starts anew should it come back."""
    models.Work.objects.filter(pk=work.pk, fence=work.fence, state=State.OPEN).update(
        state=State.STOPPED,
        next_at=None,
        claimed_at=None,
        failed_at=None,
        key=None,
        ended_at=now,
        forget_at=claiming.forgotten_at(work, now),
    )


def _by(span: Callable[[Handler], timedelta]) -> dict[timedelta, list[str]]:
    """Return the names of all work by a span that is set for them: there are few different."""
    grouped = defaultdict(list)
    for handler in known_handlers():
        grouped[span(handler)].append(handler.name)
    return grouped


def _key(handler: Handler) -> str:
    return f"periodic:{handler.name}"

"""Fire deadlines and reactions: the row's lock is the claim, the handler's transaction marks it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from rexian.clockwork import models
from rexian.clockwork.domain.handlers import Handler, handler_named
from rexian.clockwork.domain.work import Due, Kind, Lane
from rexian.clockwork.ports import Attempt, Clock, Outcome
from rexian.clockwork.services import claiming
from rexian.clockwork.services.observing import observe

LATE = timedelta(seconds=30)


def fire_next(clock: Clock, *, worker: str) -> bool:
    """Fire the next deadline or reaction that is due; tell whether there was any.

    A worker that is killed takes its transaction with it, so the row is free again at once, as if
    nobody had touched it. That would let a row that kills its workers do so for ever, in front of
    all others; but such a row becomes late, and an attempt at a late row is counted beforehand.
    """
    begun, started = clock.now(), clock.monotonic()
    work: models.Work | None = None
    handler: Handler | None = None
    try:
        with transaction.atomic():
            work = claiming.pick(Lane.PROMPT, begun)
            handler = handler_named(work.name) if work else None
            if work is None or handler is None:
                return False
            outcome = _begin(work, handler, worker=worker, now=begun)
        outcome = outcome or _fire_claimed(work, handler, begun)
    except Exception as error:
        if work is None or handler is None:
            raise
        outcome = claiming.fail(work, handler, error, now=clock.now())
    observe(_attempt(work, outcome, begun, clock.monotonic() - started))
    return True


def _begin(work: models.Work, handler: Handler, *, worker: str, now: datetime) -> Outcome | None:
    """Fire the row and tell how it went, or claim one that is late: then it is yet to be fired."""
    if now - _wanted_at(work) > LATE:
        return None if claiming.claim(work, handler, worker=worker, now=now) else Outcome.PARKED
    work.attempts += 1
    return _fire(work, handler, now)


def _fire_claimed(work: models.Work, handler: Handler, now: datetime) -> Outcome:
    with transaction.atomic():
        return _fire(work, handler, now)


def _fire(work: models.Work, handler: Handler, now: datetime) -> Outcome:
    """Mark the row done and call the handler, in the caller's transaction.

    Marking comes first: it is what makes every other worker wait for this one, or find it done.
    """
    if handler.fire is None or not claiming.finish(work, handler, now=now):
        return Outcome.LOST
    handler.fire(_due(work, now))
    return Outcome.DONE


def _due(work: models.Work, now: datetime) -> Due:
    return Due(
        id=work.id,
        name=work.name,
        subject=work.subject,
        organisation=work.organisation,
        due_at=work.due_at,
        at=now,
        attempt=work.attempts,
        data=work.data,
        explanation=work.explanation,
    )


def _wanted_at(work: models.Work) -> datetime:
    return work.next_at or work.due_at


def _attempt(work: models.Work, outcome: Outcome, begun: datetime, took: float) -> Attempt:
    return Attempt(
        kind=Kind(work.kind),
        name=work.name,
        outcome=outcome,
        lag=begun - _wanted_at(work),
        took=timedelta(seconds=took),
    )

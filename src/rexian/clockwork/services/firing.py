"""Fire deadlines and reactions: a row's lock is the claim, the handlers' transaction marks it done.

A worker that is killed takes its transaction with it, so its rows are free again at once, as if
nobody had touched them. That would let a row that kills its workers do so for ever, in front of all
others; but such a row becomes late, and an attempt at a late row is counted beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.db import transaction

from rexian.clockwork import models
from rexian.clockwork.domain.handlers import Handler, handler_named
from rexian.clockwork.domain.work import Due, Kind, Lane
from rexian.clockwork.ports import Attempt, Clock, Outcome
from rexian.clockwork.services import claiming
from rexian.clockwork.services.observing import observe

LATE = timedelta(seconds=30)

TOGETHER = 20
"""How many rows share a transaction: most of what it costs to fire one is beginning and ending."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A row that is to be fired, with its handler, when it was wanted and when it was picked."""

    work: models.Work
    handler: Handler
    wanted_at: datetime
    at: datetime

    @property
    def is_late(self) -> bool:
        """Tell whether it is long overdue: there is a backlog, or it has ended its workers."""
        return self.at - self.wanted_at > LATE

    @property
    def is_suspect(self) -> bool:
        """Tell whether it may be what ended its workers: such a one is fired alone."""
        return self.is_late and self.work.attempts > 0


class Overtaken(Exception):
    """Another worker has one of the rows, so that they cannot be fired together."""


def fire_some(clock: Clock, *, worker: str) -> int:
    """Fire some of what is due, and return how much that was: 0 if nothing is.

    Several are fired in one transaction. If one of them fails, all are taken back and fired again
    one by one, so that only the one is held up.
    """
    shots: Sequence[Shot] = ()
    try:
        with transaction.atomic():
            shots = _alike(_picked(clock.now()))
            claimed = _claimed(shots, worker)
            if claimed is None:
                _fire(shots)
        if claimed:
            _fire_in_transaction(claimed)
        outcomes = {shot.work.id: Outcome.DONE for shot in (shots if claimed is None else claimed)}
    except Exception as error:
        if not shots:
            raise
        outcomes = _fire_one_by_one(shots, error, clock)
    for shot in shots:
        _tell(shot, outcomes.get(shot.work.id, Outcome.PARKED), clock)
    return len(shots)


def _picked(now: datetime) -> list[Shot]:
    """Lock what is due first, up to ``TOGETHER`` rows."""
    return [
        Shot(work, handler, work.next_at or work.due_at, now)
        for work in claiming.pick(Lane.PROMPT, now, most=TOGETHER)
        if (handler := handler_named(work.name)) is not None
    ]


def _alike(shots: Sequence[Shot]) -> Sequence[Shot]:
    """Return as many of the first shots as can be fired together, in order."""
    if not shots or shots[0].is_suspect:
        return shots[:1]
    late = shots[0].is_late
    return list(takewhile(lambda shot: shot.is_late == late and not shot.is_suspect, shots))


def _claimed(shots: Sequence[Shot], worker: str) -> Sequence[Shot] | None:
    """Claim late shots and return those that are not parked instead; ``None`` if none is late."""
    if not shots or not shots[0].is_late:
        return None
    return [
        shot
        for shot in shots
        if claiming.claim(shot.work, shot.handler, worker=worker, now=shot.at)
    ]


def _fire_in_transaction(shots: Sequence[Shot]) -> None:
    with transaction.atomic():
        _fire(shots)


def _fire(shots: Sequence[Shot]) -> None:
    """Mark the rows done and call their handlers, in the caller's transaction.

    Marking comes first: it is what makes every other worker wait for this one, or find them done.
    """
    if not shots:
        return
    if not claiming.finish_all([shot.work for shot in shots], now=shots[0].at):
        raise Overtaken
    for shot in shots:
        if shot.handler.fire is not None:
            shot.handler.fire(_due(shot))


def _fire_one_by_one(shots: Sequence[Shot], error: Exception, clock: Clock) -> dict[int, Outcome]:
    """Fire each shot in a transaction of its own after they could not be fired together."""
    if len(shots) == 1:
        return {shots[0].work.id: _failed(shots[0], error, clock)}
    outcomes = {}
    for shot in shots:
        try:
            _fire_in_transaction([shot])
            outcomes[shot.work.id] = Outcome.DONE
        except Exception as own_error:  # noqa: BLE001 - whatever is raised is why this one failed
            outcomes[shot.work.id] = _failed(shot, own_error, clock)
    return outcomes


def _failed(shot: Shot, error: Exception, clock: Clock) -> Outcome:
    if isinstance(error, Overtaken):
        return Outcome.LOST
    if not shot.is_late:
        shot.work.attempts += 1
    return claiming.fail(shot.work, shot.handler, error, now=clock.now())


def _due(shot: Shot) -> Due:
    work = shot.work
    return Due(
        id=work.id,
        name=work.name,
        subject=work.subject,
        organisation=work.organisation,
        due_at=work.due_at,
        at=shot.at,
        attempt=work.attempts + (not shot.is_late),
        data=work.data,
        explanation=work.explanation,
    )


def _tell(shot: Shot, outcome: Outcome, clock: Clock) -> None:
    attempt = Attempt(
        kind=Kind(shot.work.kind),
        name=shot.work.name,
        outcome=outcome,
        lag=shot.at - shot.wanted_at,
        took=max(clock.now() - shot.at, timedelta()),
    )
    observe(attempt)

"""Reads about what is due, under way, in trouble: as frozen values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet

from rexian.clockwork import models
from rexian.clockwork.domain.handlers import handler_named, names_in
from rexian.clockwork.domain.reasons import Reason
from rexian.clockwork.domain.rights import TEND
from rexian.clockwork.domain.stewards import see_to_it, tends_installation
from rexian.clockwork.domain.work import Kind, Lane, Priority, State
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark

MOST = 10_000
"""Counting ends here: a page says "more than", and never walks a million rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkInTrouble:
    """Parked work, or work that failed and will be tried again at ``next_at``."""

    id: int
    kind: Kind
    name: str
    title: str
    subject: str
    organisation: int | None
    state: State
    attempts: int
    reason: Reason | None
    due_at: datetime
    failed_at: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a job is; ``reason`` says why it was parked or is tried again."""

    id: int
    name: str
    subject: str
    state: State
    is_running: bool
    attempts: int
    done: int
    total: int
    reason: Reason | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline with the explanation of how it was computed."""

    id: int
    name: str
    subject: str
    organisation: int | None
    state: State
    due_at: datetime
    ended_at: datetime | None
    is_provisional: bool
    explanation: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is of each, ``MOST`` at most; ``waiting`` is all that is open and not due."""

    waiting: int
    due: int
    running: int
    retrying: int
    parked: int


def counts(*, at: datetime, actor: Actor) -> Counts:
    """Return how much work the actor may see there is."""
    authorise(actor, TEND)
    return counts_of(_seen_by(actor), at=at)


def counts_of(rows: QuerySet[models.Work], *, at: datetime) -> Counts:
    """Count rows by what they want; each count reads no more than ``MOST``."""
    unclaimed = rows.filter(claimed_at=None, next_at__isnull=False)
    failed = rows.filter(failed_at__isnull=False)
    return Counts(
        waiting=_count(unclaimed.filter(next_at__gt=at)),
        due=_count(unclaimed.filter(next_at__lte=at)),
        running=_count(rows.filter(claimed_at__isnull=False, next_at__gt=at)),
        retrying=_count(failed.filter(state=State.OPEN, claimed_at=None)),
        parked=_count(failed.filter(state=State.PARKED)),
    )


def installation_counts(*, at: datetime) -> Counts:
    """Return how much work there is in the whole installation, for its metrics."""
    return counts_of(models.Work.objects.all(), at=at)


def is_overtaken(names: Collection[str], priority: Priority, *, at: datetime) -> bool:
    """Tell whether a job of such a name is due and waits that is more urgent than ``priority``.

    For a long job that can be broken off: it gives way, and goes on behind it. Asks for no right.
    """
    return models.Work.objects.filter(
        lane=Lane.JOBS, priority__lt=priority, next_at__lte=at, claimed_at=None, name__in=names
    ).exists()


def parked_among(work_ids: Collection[int]) -> int:
    """Return how many of these jobs have failed for good; asks for no right."""
    return models.Work.objects.filter(pk__in=work_ids, state=State.PARKED).count()


def lags(*, at: datetime) -> dict[Lane, timedelta]:
    """Return for each lane how long the work that waits longest has been due: 0 if none is."""
    found = {}
    for lane in Lane:
        first = models.Work.objects.filter(
            lane=lane, next_at__lte=at, name__in=names_in(lane)
        ).aggregate(first=Min("next_at"))["first"]
        found[lane] = at - first if first else timedelta()
    return found


def lag(*, at: datetime) -> timedelta:
    """Return how late the clockwork is: how long what waits longest has been due."""
    return max(lags(at=at).values())


def parked(*, actor: Actor, limit: int, offset: int = 0) -> list[WorkInTrouble]:
    """Return a page of parked work that the actor may see, the last parked first."""
    authorise(actor, TEND)
    rows = _seen_by(actor).filter(failed_at__isnull=False, state=State.PARKED)
    return [_in_trouble(row) for row in rows.order_by("-failed_at", "-id")[offset : offset + limit]]


def parked_work(work_id: int, *, actor: Actor) -> WorkInTrouble | None:
    """Return one parked work; ``None`` if it is no longer parked.

    Raises ``NotFound`` for what the actor may not see.
    """
    authorise(actor, TEND)
    row = models.Work.objects.filter(pk=work_id).first()
    if row is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"work:{work_id}")
    see_to_it(actor, row.organisation, code=f"work:{work_id}")
    return _in_trouble(row) if row.state == State.PARKED else None


def parked_count(*, actor: Actor) -> int:
    """Return how much parked work the actor may see."""
    authorise(actor, TEND)
    return _seen_by(actor).filter(failed_at__isnull=False, state=State.PARKED).count()


def retrying(*, actor: Actor, limit: int) -> list[WorkInTrouble]:
    """Return work that failed and will be tried again, the last failed first."""
    authorise(actor, TEND)
    rows = _seen_by(actor).filter(failed_at__isnull=False, state=State.OPEN)
    return [_in_trouble(row) for row in rows.order_by("-failed_at", "-id")[:limit]]


def progress(work_id: int) -> Progress | None:
    """Return how far a job is, for the context that ordered it: it knows who may ask."""
    row = models.Work.objects.filter(pk=work_id).first()
    return _progress(row) if row else None


def jobs_about(subject: str) -> list[Progress]:
    """Return the jobs about a subject, the last ordered first."""
    rows = models.Work.objects.filter(subject=subject, kind=Kind.JOB)
    return [_progress(row) for row in rows.order_by("-id")]


def deadlines_about(subject: str) -> list[Deadline]:
    """Return all deadlines of a subject, those that have ended too, by when they are due."""
    rows = models.Work.objects.filter(subject=subject, kind=Kind.DEADLINE)
    return [_deadline(row) for row in rows.order_by("due_at", "id")]


def provisional_deadlines(*, organisation: int, limit: int, after: int = 0) -> list[Deadline]:
    """Return running deadlines that are computed again once holidays are published, by number."""
    rows = models.Work.objects.filter(
        organisation=organisation, is_provisional=True, state=State.OPEN, id__gt=after
    )
    return [_deadline(row) for row in rows.order_by("id")[:limit]]


def _seen_by(actor: Actor) -> QuerySet[models.Work]:
    if actor.is_system:
        return models.Work.objects.all()
    # Nobody's organisation is not the same as no organisation: hence no comparison with None.
    theirs = Q(organisation=actor.organisation, organisation__isnull=False)
    if tends_installation(actor):
        theirs |= Q(organisation=None)
    return models.Work.objects.filter(theirs)


def _count(rows: QuerySet[models.Work]) -> int:
    return rows.order_by()[:MOST].count()


def _in_trouble(row: models.Work) -> WorkInTrouble:
    handler = handler_named(row.name)
    return WorkInTrouble(
        id=row.id,
        kind=Kind(row.kind),
        name=row.name,
        title=handler.title if handler else row.name,
        subject=row.subject,
        organisation=row.organisation,
        state=State(row.state),
        attempts=row.attempts,
        reason=Reason.from_json(row.reason),
        due_at=row.due_at,
        failed_at=row.failed_at or row.due_at,
        next_at=row.next_at,
    )


def _progress(row: models.Work) -> Progress:
    return Progress(
        id=row.id,
        name=row.name,
        subject=row.subject,
        state=State(row.state),
        is_running=row.claimed_at is not None,
        attempts=row.attempts,
        done=row.done,
        total=row.total,
        reason=Reason.from_json(row.reason),
        ended_at=row.ended_at,
    )


def _deadline(row: models.Work) -> Deadline:
    return Deadline(
        id=row.id,
        name=row.name,
        subject=row.subject,
        organisation=row.organisation,
        state=State(row.state),
        due_at=row.due_at,
        ended_at=row.ended_at,
        is_provisional=row.is_provisional,
        explanation=row.explanation,
    )

"""Start, move and stop deadlines, in the transaction of whatever makes it necessary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from rexian.clockwork import models
from rexian.clockwork.domain.work import Kind, Lane, State
from rexian.clockwork.services.waking import wake_after_commit
from rexian.prepared import insert


def start_deadline(
    name: str,
    *,
    subject: str,
    due_at: datetime,
    organisation: int | None,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    explanation: Mapping[str, Any] | None = None,
) -> int:
    """Start a deadline and return its number.

    ``explanation`` tells how ``due_at`` was computed and by which version of which rule; where it
    says ``"provisional": true`` the deadline is computed again once the holidays are published.
    A name that this version does not know is no error: a newer worker may.
    """
    told = dict(explanation or {})
    work = models.Work(
        kind=Kind.DEADLINE,
        name=name,
        lane=Lane.PROMPT,
        subject=subject,
        organisation=organisation,
        data=dict(data or {}),
        explanation=told,
        is_provisional=bool(told.get("provisional")),
        due_at=due_at,
        next_at=due_at,
    )
    insert(work)
    wake_after_commit(Lane.PROMPT, next_at=due_at, at=at)
    return work.id


def move_deadline(
    work_id: int, *, due_at: datetime, explanation: Mapping[str, Any], at: datetime
) -> bool:
    """Have a deadline that is still running fall due at another instant; tell whether it was."""
    moved = _change(
        models.Work.objects.filter(pk=work_id),
        at,
        due_at=due_at,
        next_at=due_at,
        explanation=dict(explanation),
        is_provisional=bool(explanation.get("provisional")),
    )
    wake_after_commit(Lane.PROMPT, next_at=due_at, at=at)
    return moved == 1


def stop_deadline(work_id: int, *, at: datetime) -> bool:
    """Stop a deadline; tell whether it was still running at ``at``.

    What fell due before ``at`` has been missed and will fire, also where no worker has come to it
    yet: a breach is dated at its deadline, not at the tick that notices it.
    """
    return _stop(models.Work.objects.filter(pk=work_id), at) == 1


def stop_deadlines(subject: str, *, at: datetime, name: str = "") -> int:
    """Stop all running deadlines of a subject, or those of one name; return how many."""
    rows = models.Work.objects.filter(subject=subject)
    return _stop(rows.filter(name=name) if name else rows, at)


def _stop(rows: QuerySet[models.Work], at: datetime) -> int:
    return _change(rows, at, state=State.STOPPED, next_at=None, ended_at=at)


def _change(rows: QuerySet[models.Work], at: datetime, **changes: Any) -> int:
    """Change those of the rows that are running at ``at``, and that nobody is firing just now.

    A worker locks first the row, then what its handler touches; whoever calls us has locked what
    they touch first. They would wait for each other, so a row that is locked is passed over: by the
    worker's clock it is due already.
    """
    running = rows.filter(kind=Kind.DEADLINE, state=State.OPEN, due_at__gt=at)
    with transaction.atomic():
        free = running.select_for_update(skip_locked=True).values_list("pk", flat=True)
        return running.filter(pk__in=list(free)).update(**changes, fence=F("fence") + 1)

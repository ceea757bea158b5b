"""Order jobs, to be done at once or later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from rexian.clockwork import models
from rexian.clockwork.domain.work import Kind, Lane, Priority
from rexian.clockwork.services.waking import wake_after_commit


def enqueue_job(
    name: str,
    *,
    subject: str,
    organisation: int | None,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    priority: Priority = Priority.NORMAL,
    run_at: datetime | None = None,
    key: str = "",
) -> int:
    """Order a job and return its number; it is there when this transaction is.

    With a ``key`` the same order twice is one job: while one of that key is open or parked, its
    number is returned.
    """
    due_at = run_at or at
    order = {
        "kind": Kind.JOB,
        "name": name,
        "lane": Lane.JOBS,
        "priority": priority,
        "subject": subject,
        "organisation": organisation,
        "data": dict(data or {}),
        "due_at": due_at,
        "next_at": due_at,
    }
    with transaction.atomic():
        if key:
            work, _ = models.Work.objects.get_or_create(key=key, defaults=order)
        else:
            work = models.Work.objects.create(**order)
        wake_after_commit(Lane.JOBS, next_at=due_at, at=at)
    return work.id

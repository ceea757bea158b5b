"""What takes time, and what comes back by the hour: files of no case, deadlines to reckon again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from rexian.cases.services.files import remove_orphans
from rexian.cases.services.reckoning import (
    RECKON,
    reckon_some_of_hotline,
    reckon_some_provisional,
)
from rexian.clockwork.domain.handlers import job, periodic
from rexian.clockwork.domain.running import RunningJob
from rexian.kernel.language import mark


@periodic(
    "cases.remove_orphans",
    every=timedelta(hours=1),
    title=mark("Remove files that belong to no case"),
)
def remove_all_orphans(job: RunningJob) -> None:
    """Remove files that were stored and never noted, since somebody was killed in between."""
    remove_orphans(before=job.now() - timedelta(days=1))


@job(RECKON, title=mark("Reckon deadlines by the hours of a hotline"))
def reckon_hotline(job: RunningJob) -> None:
    """Reckon the running clocks of a hotline's cases again, portion by portion."""
    _reckon_all(job, partial(reckon_some_of_hotline, job.data["hotline"]))


@periodic(
    "cases.reckon_provisional",
    every=timedelta(hours=1),
    title=mark("Reckon deadlines again whose holidays are published"),
)
def reckon_provisional(job: RunningJob) -> None:
    """Reckon clocks again that ran into a year whose holidays were not known."""
    _reckon_all(job, reckon_some_provisional)


def _reckon_all(job: RunningJob, reckon_some: Callable[..., int | None]) -> None:
    after: int | None = 0
    while after is not None:
        at: datetime = job.now()
        after = reckon_some(after=after, at=at)
        job.progress(0, 0)

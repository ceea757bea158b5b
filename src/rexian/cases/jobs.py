"""What comes back by the hour: files that belong to no case are removed."""

from __future__ import annotations

from datetime import timedelta

from rexian.cases.services.files import remove_orphans
from rexian.clockwork.domain.handlers import periodic
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

"""What the clockwork does for itself."""

from __future__ import annotations

from datetime import timedelta

from rexian.clockwork.domain.handlers import periodic
from rexian.clockwork.domain.running import RunningJob
from rexian.clockwork.services.repairing import forget_finished
from rexian.journal.services import seal
from rexian.kernel.language import mark


@periodic(
    "clockwork.forget_finished",
    every=timedelta(hours=1),
    title=mark("Forget reactions and jobs that ended a month ago"),
)
def forget(job: RunningJob) -> None:
    """Delete what ended long ago, in batches."""
    while not job.stopping and forget_finished(job.now()):
        pass


@periodic("clockwork.seal_journal", every=timedelta(minutes=1), title=mark("Seal the journal"))
def seal_journal(job: RunningJob) -> None:
    """Seal what has been written to the journal and is settled."""
    seal(at=job.now())

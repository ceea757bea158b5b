"""What comes back every night for recordings: remove what has been kept for its time."""

from __future__ import annotations

from datetime import timedelta

from rexian.clockwork.domain.handlers import periodic
from rexian.clockwork.domain.running import RunningJob
from rexian.kernel.language import mark
from rexian.speech.services.retaining import remove_due
from rexian.speech.services.vault import sweep_store


@periodic(
    "speech.remove_due",
    every=timedelta(hours=6),
    lease=timedelta(minutes=10),
    title=mark("Remove recordings that have been kept for their time"),
)
def remove_what_is_due(job: RunningJob) -> None:
    """Remove recordings by the rules of their organisations."""
    remove_due(at=job.now())


@periodic(
    "speech.sweep_store",
    every=timedelta(days=1),
    lease=timedelta(minutes=10),
    title=mark("Remove recordings that nobody knows of"),
)
def sweep(job: RunningJob) -> None:
    """Remove sealed bytes that were stored and never told of, or whose key is destroyed."""
    sweep_store(at=job.now())

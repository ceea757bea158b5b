"""What a worker does for recordings: take them in, order them to be heard, hear them.

Reading is offered only by a worker in whose settings an engine is named (``REXIAN_ASR``): what is
to be read waits for one that has it, on whichever machine.
"""

from __future__ import annotations

from datetime import timedelta

from rexian.clockwork.domain.handlers import job, periodic
from rexian.clockwork.domain.retries import Retry
from rexian.clockwork.domain.running import RunningJob
from rexian.kernel.language import mark
from rexian.speech.adapters.engine_settings import can_listen, configured
from rexian.speech.domain.costs import label_of
from rexian.speech.services.batches import sweep_folders
from rexian.speech.services.batches_receiving import TAKE_IN
from rexian.speech.services.batches_taking_in import take_in_batch
from rexian.speech.services.engines import recogniser_of
from rexian.speech.services.overnight_hearing import hear_ordered
from rexian.speech.services.overnight_orders import LISTEN, ORDER, READ, order_batch
from rexian.speech.services.overnight_settling import finish_if_through
from rexian.speech.services.retaining_jobs import remove_what_is_due, sweep

__all__ = ["offer", "order", "remove_what_is_due", "sweep", "sweep_sent"]

LEASE = timedelta(minutes=2)
"""How soon another worker takes up a recording whose worker was killed."""

PATIENTLY = Retry(attempts=8, first=timedelta(seconds=20), longest=timedelta(hours=1))


@job(ORDER, lease=timedelta(minutes=1), title=mark("Order recordings to be heard"))
def order(running: RunningJob) -> None:
    """Order all that is left of a batch to be heard, each as a job of its own."""
    batch = running.data["batch"]
    order_batch(batch, at=running.now())
    finish_if_through(batch, at=running.now())


def take_in(running: RunningJob) -> None:
    """Take in what is left of a batch."""
    take_in_batch(running.data["batch"], clock=running.now, progress=running.progress)


def listen(running: RunningJob) -> None:
    """Hear the voices of a recording, without words."""
    hear_ordered(running, recogniser=None, engine="")


def read(running: RunningJob) -> None:
    """Hear a recording with its words, by the engine of this worker."""
    spec = configured()
    hear_ordered(running, recogniser=recogniser_of(spec), engine=label_of(spec))


def offer(*, listens: bool, reads: bool) -> None:
    """Register what this worker can do; what it cannot is left for others to do."""
    if listens:
        job(TAKE_IN, lease=LEASE, title=mark("Take recordings in"))(take_in)
        job(LISTEN, lease=LEASE, retry=PATIENTLY, title=mark("Hear a recording"))(listen)
    if listens and reads:
        job(READ, lease=LEASE, retry=PATIENTLY, title=mark("Hear and read a recording"))(read)


@periodic(
    "speech.sweep_sent_files",
    every=timedelta(days=1),
    title=mark("Remove sent recordings that no batch needs"),
)
def sweep_sent(running: RunningJob) -> None:
    """Remove what a process has left behind that died while recordings came in."""
    sweep_folders(at=running.now())


offer(listens=can_listen(), reads=bool(configured()))

"""What a worker does for conversations: inspect what was sent in, replay what was judged."""

from __future__ import annotations

from datetime import timedelta

from rexian.clockwork.domain.handlers import job, periodic
from rexian.clockwork.domain.running import RunningJob
from rexian.dialogue.services.batches import sweep_folders
from rexian.dialogue.services.carrying_out_replays import carry_out_replay
from rexian.dialogue.services.inspecting_batches import inspect_kept_batch
from rexian.dialogue.services.receiving import JOB
from rexian.dialogue.services.replaying import JOB as REPLAY
from rexian.kernel.language import mark


@job(JOB, lease=timedelta(seconds=60), title=mark("Inspect conversations"))
def inspect_batch(running: RunningJob) -> None:
    """Inspect what is left of a batch."""
    inspect_kept_batch(running.data["batch"], clock=running.now, progress=running.progress)


@job(REPLAY, lease=timedelta(seconds=60), title=mark("Replay conversations"))
def replay(running: RunningJob) -> None:
    """Compare what is left of a replay."""
    carry_out_replay(running.data["replay"], clock=running.now, progress=running.progress)


@periodic(
    "dialogue.sweep_folders",
    every=timedelta(days=1),
    title=mark("Remove files that no inspection needs"),
)
def sweep(running: RunningJob) -> None:
    """Remove what a process has left behind that died while files came in."""
    sweep_folders(at=running.now())

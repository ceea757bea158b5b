"""What one does with the clockwork: start deadlines, order jobs, tend to what is parked."""

from rexian.clockwork.services.deadlines import (
    move_deadline,
    start_deadline,
    stop_deadline,
    stop_deadlines,
)
from rexian.clockwork.services.observing import call_observer
from rexian.clockwork.services.ordering import enqueue_job
from rexian.clockwork.services.tending import drop_parked, release_parked

__all__ = [
    "call_observer",
    "drop_parked",
    "enqueue_job",
    "move_deadline",
    "release_parked",
    "start_deadline",
    "stop_deadline",
    "stop_deadlines",
]

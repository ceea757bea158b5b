"""What falls due: a call that was promised and not made."""

from __future__ import annotations

from rexian.callbacks.services import breach_callback
from rexian.callbacks.services.promising import CALL_BY
from rexian.clockwork.domain.handlers import deadline
from rexian.clockwork.domain.work import Due
from rexian.kernel.language import mark


@deadline(CALL_BY, title=mark("A customer is to be called"))
def breach(due: Due) -> None:
    """Note that nobody has called, dated at the instant when it was due."""
    breach_callback(due.data["callback"], at=due.due_at)

"""What falls due: a call that was promised and not made."""

from __future__ import annotations

from rexian.callbacks.services import breach_callback, breach_case_call
from rexian.callbacks.services.arranging import CASE_CALL_BY
from rexian.callbacks.services.promising import CALL_BY
from rexian.clockwork.domain.handlers import deadline
from rexian.clockwork.domain.work import Due
from rexian.kernel.language import mark


@deadline(CALL_BY, title=mark("A customer is to be called"))
def breach(due: Due) -> None:
    """Note that nobody has called, dated at the instant when it was due."""
    breach_callback(due.data["callback"], at=due.due_at)


@deadline(CASE_CALL_BY, title=mark("A customer is to be called on a case"))
def breach_on_case(due: Due) -> None:
    """Note that nobody has called on a case that is done, dated at the instant when it was due."""
    breach_case_call(due.data["call"], at=due.due_at)

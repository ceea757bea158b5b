"""What falls due: a notice comes down at its end."""

from __future__ import annotations

from rexian.clockwork.domain.handlers import deadline
from rexian.clockwork.domain.work import Due
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.notices.services import TAKE_DOWN, expire_notice


@deadline(TAKE_DOWN, title=mark("Take a notice down"))
def take_down(due: Due) -> None:
    """Take the notice down, dated at its end, however late the worker comes."""
    expire_notice(due.data["notice"], actor=Actor.system("worker"), at=due.due_at)

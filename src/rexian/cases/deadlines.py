"""What falls due: whatever a clock of a case does next."""

from __future__ import annotations

from rexian.cases.services.clocks import FIRES
from rexian.cases.services.firing import fire_clocks
from rexian.clockwork.domain.handlers import deadline
from rexian.clockwork.domain.work import Due
from rexian.kernel.language import mark


@deadline(FIRES, title=mark("A clock of a case"))
def fire(due: Due) -> None:
    """Warn, note the breach, or climb the ladder, dated at the instant when it was due."""
    fire_clocks(due.data["case"], at=due.due_at)

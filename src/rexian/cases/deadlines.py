"""What falls due: whatever a clock of a case does next, and a call that nobody has taken."""

from __future__ import annotations

from rexian.cases.services.clocks import FIRES
from rexian.cases.services.dispatching import UNTAKEN, tell_untaken
from rexian.cases.services.firing import fire_clocks
from rexian.clockwork.domain.handlers import deadline
from rexian.clockwork.domain.work import Due
from rexian.kernel.language import mark


@deadline(FIRES, title=mark("A clock of a case"))
def fire(due: Due) -> None:
    """Warn, note the breach, or climb the ladder, dated at the instant when it was due."""
    fire_clocks(due.data["case"], at=due.due_at)


@deadline(UNTAKEN, title=mark("A call for help that nobody has taken"))
def untaken(due: Due) -> None:
    """Tell the dispatchers that a call is not taken, dated at the instant when it was due."""
    tell_untaken(due.data["notification"], at=due.due_at)

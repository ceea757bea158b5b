"""What follows for contacts when something happens to people."""

from __future__ import annotations

from rexian.clockwork.domain.reactions import reaction
from rexian.contacts.services import dismiss_agent
from rexian.contacts.services.routing import ROUTER
from rexian.journal.domain.entries import Entry
from rexian.kernel.language import mark
from rexian.org.events import PersonLeft


@reaction(
    PersonLeft, name="contacts.dismiss_agent", title=mark("Take somebody who left off the hotline")
)
def dismiss_who_left(entry: Entry) -> None:
    """Have somebody who left be offered nothing any more."""
    person = int(entry.subject.rpartition(":")[2])
    dismiss_agent(person, actor=ROUTER, at=entry.at)

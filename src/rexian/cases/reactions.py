"""What follows for cases from what happens elsewhere."""

from __future__ import annotations

from rexian.cases.events import CaseMoved
from rexian.cases.services.following import follow_event
from rexian.cases.services.indexing import index_cases_of_contact
from rexian.clockwork.domain.reactions import reaction
from rexian.contacts.events import ContactEnded
from rexian.journal.domain.entries import Entry
from rexian.kernel.language import mark


@reaction(
    ContactEnded,
    name="cases.index_transcript",
    title=mark("Have cases be found by what was said"),
)
def index(entry: Entry) -> None:
    """Index the cases that were taken from a contact, now that it has been said to its end."""
    index_cases_of_contact(int(entry.subject.rpartition(":")[2]))


@reaction(CaseMoved, name="cases.follow_event", title=mark("Have the cases of an event go its way"))
def follow(entry: Entry) -> None:
    """Make in each case of an event the move that the event has made."""
    event = int(entry.subject.rpartition(":")[2])
    follow_event(event, seq=entry.data["seq"], entry=entry.id, at=entry.at)

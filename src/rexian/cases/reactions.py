"""What follows for cases from what happens elsewhere."""

from __future__ import annotations

from rexian.cases.events import CaseMoved
from rexian.cases.services.following import follow_event
from rexian.cases.services.indexing import index_cases_of_contact
from rexian.cases.services.reckoning import order_reckoning, order_reckoning_of_all
from rexian.clockwork.domain.reactions import reaction
from rexian.contacts.events import ContactEnded, HotlineSetUp
from rexian.journal.domain.entries import Entry
from rexian.kernel.language import mark
from rexian.org.events import OrganisationChanged


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


@reaction(
    HotlineSetUp,
    name="cases.reckon_anew",
    title=mark("Have deadlines follow the hours of a hotline"),
)
def reckon_anew(entry: Entry) -> None:
    """Have the clocks of a hotline's cases reckoned by its hours, which may be others now."""
    hotline = int(entry.subject.rpartition(":")[2])
    order_reckoning(hotline, organisation=entry.organisation, at=entry.at)


@reaction(
    OrganisationChanged,
    name="cases.reckon_in_zone",
    title=mark("Have deadlines follow the time zone of an organisation"),
)
def reckon_in_zone(entry: Entry) -> None:
    """Have all clocks of an organisation reckoned anew, where its days begin otherwise now."""
    if "time_zone" in entry.data["changed"] and entry.organisation is not None:
        order_reckoning_of_all(entry.organisation, at=entry.at)

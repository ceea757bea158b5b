"""Whom we call, and whom no longer, by what happens to contacts."""

from __future__ import annotations

from datetime import timedelta

from rexian.callbacks.domain.lifecycle import Cause
from rexian.callbacks.services import (
    ask_about_case,
    drop_surveys,
    promise_for_contact,
    withdraw_served,
)
from rexian.cases.events import CaseMerged, CaseMoved
from rexian.clockwork.domain.reactions import reaction
from rexian.contacts.domain.lifecycle import TALKING
from rexian.contacts.events import (
    ContactAbandoned,
    ContactConnected,
    CustomerRecognised,
    MessageLeft,
)
from rexian.contacts.queries import contacts_by_id
from rexian.journal.domain.entries import Entry
from rexian.kernel.language import mark


@reaction(
    ContactAbandoned,
    MessageLeft,
    name="callbacks.promise",
    title=mark("Promise to call who was not served"),
)
def promise(entry: Entry) -> None:
    """Promise to call a customer who left the queue, or left a message."""
    waited = float(entry.data.get("waited", 0))
    if entry.name == MessageLeft.name:
        cause = Cause.ASKED if waited else Cause.MESSAGE
    else:
        cause = Cause.MISSED if entry.data.get("missed") else Cause.ABANDONED
    promise_for_contact(_contact(entry), cause=cause, waited=timedelta(seconds=waited), at=entry.at)


@reaction(
    ContactConnected,
    CustomerRecognised,
    name="callbacks.withdraw_served",
    title=mark("Withdraw the callbacks of who got through"),
)
def withdraw(entry: Entry) -> None:
    """Withdraw what is settled once the customer is being served."""
    contact = contacts_by_id([_contact(entry)]).get(_contact(entry))
    if contact is not None and contact.state in TALKING:
        withdraw_served(contact.id, at=entry.at)


@reaction(
    CaseMoved,
    CaseMerged,
    name="callbacks.follow_case",
    title=mark("Call customers back on cases that are done"),
)
def follow_case(entry: Entry) -> None:
    """Arrange a call for a case that is done, and withdraw what a case no longer asks for."""
    case_id = int(entry.subject.rpartition(":")[2])
    drop_surveys(case_id, at=entry.at)
    if entry.data.get("standing") == "resolved":
        ask_about_case(case_id, seq=int(entry.data["seq"]), at=entry.at)


def _contact(entry: Entry) -> int:
    return int(entry.subject.rpartition(":")[2])

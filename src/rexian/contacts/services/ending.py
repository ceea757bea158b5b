"""End a contact: by either side, by the customer's leaving, and the agent's work after it."""

from __future__ import annotations

from datetime import datetime

from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import TALKING, WAITING, Ending, Move, State
from rexian.contacts.domain.lines import Signal, Speaker
from rexian.contacts.domain.presence import SKEW
from rexian.contacts.domain.refusals import RecordMissing
from rexian.contacts.domain.words import one_line
from rexian.contacts.services.closing import close_contact, is_recorded
from rexian.contacts.services.holding_rows import as_own, change, held_in_turn, seconds
from rexian.contacts.services.lines import NewLine, add_line
from rexian.contacts.services.routing import about, route, stop_offer
from rexian.contacts.services.transactions import in_one_transaction
from rexian.contacts.services.turns import CUSTOMER, VISIT
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark


@in_one_transaction
def end_contact(contact_id: int, *, reason: str = "", actor: Actor, at: datetime) -> None:
    """End the conversation from the agent's side; a second time nothing happens."""
    _, row = held_in_turn(contact_id)
    as_own(row, actor)
    if State(row.state) in (State.AFTER, State.ENDED):
        return
    _end(row, Speaker.AGENT, reason, actor, at)


@in_one_transaction
def leave_as_customer(contact_id: int, *, at: datetime) -> None:
    """End the conversation from the customer's side, or leave the queue."""
    hotline, row = held_in_turn(contact_id)
    state = State(row.state)
    if state in WAITING:
        _abandon(hotline, row, at)
    elif state in TALKING:
        _end(row, Speaker.CUSTOMER, "", CUSTOMER, at)


@in_one_transaction
def abandon_if_gone(contact_id: int, *, at: datetime) -> None:
    """Take a customer for gone who waits no longer: their page has not been heard of."""
    hotline, row = held_in_turn(contact_id)
    gone = row.visitor_until is not None and row.visitor_until <= at
    if gone and State(row.state) in WAITING:
        _abandon(hotline, row, at)


@in_one_transaction
def finish_contact(contact_id: int, *, actor: Actor, at: datetime) -> None:
    """End after-contact work; raises ``RecordMissing`` before the record is saved."""
    hotline, row = held_in_turn(contact_id)
    as_own(row, actor)
    if State(row.state) is State.ENDED:
        return
    if State(row.state) is State.AFTER and not is_recorded(row):
        raise RecordMissing(mark("Save the contact record first."))
    close_contact(row, actor=actor, at=at)
    route(hotline, at=at)


def gone(at: datetime) -> list[int]:
    """Return the contacts whose customer waits no longer."""
    rows = models.Contact.objects.filter(
        state__in=[one.value for one in WAITING], visitor_until__lte=at
    )
    return list(rows.values_list("pk", flat=True))


def shorten_visits(at: datetime) -> None:
    """Let no page count as open for longer than it is given: a clock was set back meanwhile."""
    rows = models.Contact.objects.filter(
        state__in=[one.value for one in WAITING], visitor_until__gt=at + VISIT + SKEW
    )
    rows.update(visitor_until=at + VISIT)


def _end(row: models.Contact, by: Speaker, reason: str, actor: Actor, at: datetime) -> None:
    why = one_line(reason, most=40)
    change(row, Move.END, talked_until=at, ended_by=by.value, end_reason=why, held_at=None)
    add_line(row, NewLine(speaker=by, signal=Signal.HANG_UP, reason=why), actor=actor, at=at)
    record(events.ContactEnded(**about(row), by=by.value, reason=why), actor=actor, at=at)


def _abandon(hotline: models.Hotline, row: models.Contact, at: datetime) -> None:
    stop_offer(row, at=at)
    known, waited = about(row), seconds(row.waiting_since, at)
    change(
        row,
        Move.ABANDON,
        agent_id=None,
        ending=Ending.ABANDONED.value,
        ended_at=at,
        ended_by=Speaker.CUSTOMER.value,
        offer_until=None,
    )
    add_line(row, NewLine(speaker=Speaker.CUSTOMER, signal=Signal.HANG_UP), actor=CUSTOMER, at=at)
    left = events.ContactAbandoned(**known, waited=waited, missed=row.missed)
    record(left, actor=CUSTOMER, at=at)
    if known["agent"] is not None:
        route(hotline, at=at)

"""Take turns: the customer's, the agent's, and words that only those who work here see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import TALKING, WAITING
from rexian.contacts.domain.lines import Audience, Line, Speaker, turn_text
from rexian.contacts.domain.words import request_name
from rexian.contacts.services.arriving import follow
from rexian.contacts.services.holding_rows import as_own, as_supervisor, change, held
from rexian.contacts.services.lines import NewLine, add_line, said_before
from rexian.contacts.services.routing import about
from rexian.contacts.services.transactions import in_one_transaction
from rexian.contacts.services.turns import (
    CUSTOMER,
    VISIT,
    take_agents_turn,
    take_customers_turn,
)
from rexian.journal.services import record
from rexian.kernel.authority import Actor


@dataclass(frozen=True, slots=True)
class Said:
    """Where a turn went: ``contact`` is another one where the old one was over."""

    contact: int
    line: int


@in_one_transaction
def say_to_customer(
    contact_id: int, *, text: str, sent_as: str, actor: Actor, at: datetime
) -> Line:
    """Take the agent's turn, and return its line; the same one sent again is taken once.

    Raises ``NotNow`` while the contact is not connected.
    """
    words = turn_text(text)
    said = NewLine(
        speaker=Speaker.AGENT, text=words, person=actor.person, sent_as=request_name(sent_as)
    )
    return take_agents_turn(held(contact_id), said, actor=actor, at=at)


def say_as_customer(contact_id: int, *, text: str, sent_as: str, at: datetime) -> Said:
    """Take the customer's turn, whenever it comes.

    One that comes while the agent writes up takes the contact up again; one that comes after the
    end is said where the customer is now, else begins another contact, which follows this one.
    Raises ``TooMany`` for a flood, ``Closed`` where another contact would begin outside the hours.
    """
    words = turn_text(text)
    said = NewLine(speaker=Speaker.CUSTOMER, text=words, sent_as=request_name(sent_as))
    line = _said_here(contact_id, said, at)
    return Said(contact_id, line.seq) if line else _said_after(contact_id, said, at)


@in_one_transaction
def _said_here(contact_id: int, said: NewLine, at: datetime) -> Line | None:
    return take_customers_turn(held(contact_id), said, at=at)


@in_one_transaction
def _said_after(contact_id: int, said: NewLine, at: datetime) -> Said:
    return Said(*follow(models.Contact.objects.get(pk=contact_id), said, at=at))


@in_one_transaction
def whisper(contact_id: int, *, text: str, sent_as: str, actor: Actor, at: datetime) -> Line:
    """Write a line that the agent sees and the customer does not."""
    words = turn_text(text)
    row = held(contact_id)
    if row.agent_id == actor.person:
        as_own(row, actor)
    else:
        as_supervisor(row.hotline, row, actor)
    said = NewLine(
        speaker=Speaker.AGENT,
        text=words,
        person=actor.person,
        audience=Audience.AGENTS,
        sent_as=request_name(sent_as),
    )
    return said_before(row, said, at) or add_line(row, said, actor=actor, at=at)


@in_one_transaction
def read_lines(contact_id: int, *, seq: int, actor: Actor | None, at: datetime) -> None:
    """Note how far one side has read: the contact's agent, or the customer (``None``)."""
    row = held(contact_id)
    if actor is not None:
        as_own(row, actor)
    seen = min(seq, row.lines)
    if seen <= (row.seen_by_agent if actor else row.seen_by_customer):
        return
    if actor:
        change(row, seen_by_agent=seen)
    else:
        change(row, seen_by_customer=seen)
    by = Speaker.AGENT if actor else Speaker.CUSTOMER
    read = events.LinesRead(**about(row), seq=seen, by=by.value)
    record(read, actor=actor or CUSTOMER, at=at)


def keep_visit(contact_id: int, *, at: datetime) -> None:
    """Note that the customer's page is still open; a heartbeat, so the journal hears nothing.

    Most beats write nothing: only what would end soon is prolonged, and what reaches further than
    it is given (a clock was set back) is shortened.
    """
    rows = models.Contact.objects.filter(
        pk=contact_id, state__in=[one.value for one in WAITING | TALKING]
    )
    until = at + VISIT
    is_off = Q(visitor_until__lt=until - VISIT * 0.1) | Q(visitor_until__gt=until)
    rows.filter(is_off).update(visitor_until=until)

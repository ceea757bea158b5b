"""Take turns: the customer's, the agent's, and words that only those who work here see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from rexian.contacts import models
from rexian.contacts.domain.lifecycle import TALKING, WAITING
from rexian.contacts.domain.lines import Audience, Line, Speaker, turn_text
from rexian.contacts.domain.words import request_name
from rexian.contacts.services.arriving import follow
from rexian.contacts.services.holding_rows import as_own, as_supervisor, held
from rexian.contacts.services.lines import NewLine, add_line, said_before
from rexian.contacts.services.transactions import in_one_transaction
from rexian.contacts.services.turns import (
    VISIT,
    take_agents_turn,
    take_customers_turn,
)
from rexian.kernel.authority import Actor
from rexian.prepared import Prepared


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
def read_lines(contact_id: int, *, seq: int, actor: Actor | None) -> None:
    """Note how far one side has read: the contact's agent, or the customer (``None``).

    The journal hears nothing, and so wakes nobody: the other side's page is told by a signal, and
    again with the next change. A later reading makes an earlier one worthless.
    """
    row = held(contact_id)
    if actor is not None:
        as_own(row, actor)
    seen = min(seq, row.lines)
    if seen > (row.seen_by_agent if actor else row.seen_by_customer):
        side = "seen_by_agent" if actor else "seen_by_customer"
        models.Contact.objects.filter(pk=contact_id).update(**{side: seen})


def keep_visit(contact_id: int, *, at: datetime) -> None:
    """Note that the customer's page is still open; a heartbeat, so the journal hears nothing.

    Most beats write nothing: only what would end soon is prolonged, and what reaches further than
    it is given (a clock was set back) is shortened.
    """
    until = at + VISIT
    kept = _visits.first(contact_id)
    if kept is None or until - VISIT * 0.1 <= kept <= until:
        return
    with transaction.atomic():
        _in_visit(contact_id).exclude(visitor_until=None).update(visitor_until=until)


def _in_visit(contact_id: Any) -> QuerySet[models.Contact]:
    states = [one.value for one in WAITING | TALKING]
    return models.Contact.objects.filter(pk=contact_id, state__in=states)


_visits: Prepared[datetime | None] = Prepared(
    lambda contact: _in_visit(contact).values_list("visitor_until", flat=True)
)

"""The customer's turn, in whichever contact it comes."""

from __future__ import annotations

from datetime import datetime, timedelta

from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import TALKING, Move, NotNow, State
from rexian.contacts.domain.lines import Line
from rexian.contacts.services.holding_rows import as_own, change
from rexian.contacts.services.lines import NewLine, add_line, refuse_a_flood, said_before
from rexian.contacts.services.routing import about
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark

CUSTOMER = Actor("customer")
"""Whoever writes from outside; the journal knows them by the contact alone."""

VISIT = timedelta(seconds=90)
"""How long a customer's page counts as open after it was last heard of."""


def take_customers_turn(row: models.Contact, said: NewLine, *, at: datetime) -> Line | None:
    """Add the customer's turn to a contact that is held; ``None`` where it is over.

    While the agent writes up, it takes the contact up again. The same turn sent again is taken
    once; raises ``TooMany`` for a flood.
    """
    before = said_before(row, said, at)
    if before:
        return before
    state = State(row.state)
    if state is State.ENDED:
        return None
    refuse_a_flood(row, at)
    if state is State.AFTER:
        change(row, Move.RESUME, talked_until=None)
        record(events.ContactResumed(**about(row)), actor=CUSTOMER, at=at)
    row.seen_by_customer = row.lines + 1
    row.visitor_until = at + VISIT if row.visitor_until else None
    return add_line(row, said, actor=CUSTOMER, at=at)


def take_agents_turn(row: models.Contact, said: NewLine, *, actor: Actor, at: datetime) -> Line:
    """Add the agent's turn to a contact that is held; raises ``NotNow`` if it is not connected."""
    as_own(row, actor)
    before = said_before(row, said, at)
    if before:
        return before
    if State(row.state) not in TALKING:
        raise NotNow(mark("This contact has moved on meanwhile."), state=row.state)
    row.seen_by_agent = row.lines + 1
    return add_line(row, said, actor=actor, at=at)

"""Answer an offer, or let it go on to somebody else."""

from __future__ import annotations

from datetime import datetime

from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import TALKING, Move, NotNow, State
from rexian.contacts.domain.lines import Signal, Speaker
from rexian.contacts.domain.presence import SKEW, There
from rexian.contacts.services.holding_rows import as_colleague, change, held_in_turn, seconds
from rexian.contacts.services.lines import NewLine, add_lines, automatic
from rexian.contacts.services.routing import (
    ROUTER,
    about,
    pass_on,
    route,
    start_offer,
    stop_offer,
)
from rexian.contacts.services.there import set_presence
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark


@in_one_transaction
def accept_offer(contact_id: int, *, actor: Actor, at: datetime) -> None:
    """Take the contact that one is offered; a second time nothing happens.

    Also late, as long as nobody has passed it on. Raises ``NotNow`` where it has gone on.
    """
    _, row = held_in_turn(contact_id)
    as_colleague(row, actor)
    is_theirs = actor.person is not None and row.agent_id == actor.person
    if is_theirs and State(row.state) in TALKING:
        return
    if not is_theirs or State(row.state) is not State.OFFERED:
        raise NotNow(mark("This contact has moved on meanwhile."), state=row.state)
    connect(row, at=at, actor=actor)


def connect(row: models.Contact, *, actor: Actor, at: datetime) -> None:
    """Bring the customer and the agent of an offered contact together."""
    waited = seconds(row.waiting_since, at)
    stop_offer(row, at=at)
    change(
        row,
        Move.ACCEPT,
        connected_at=row.connected_at or at,
        waited=waited if row.connected_at is None else row.waited,
        offer_until=None,
    )
    models.Presence.objects.filter(pk=row.agent_id).update(idle_since=at)
    record(events.ContactConnected(**about(row), waited=waited), actor=actor, at=at)
    number = row.agent.agent_number if row.agent else ""
    here = mark("Agent {number} is with you now.") if number else mark("An agent is with you now.")
    answer = NewLine(speaker=Speaker.AGENT, signal=Signal.ANSWER, person=row.agent_id)
    add_lines(row, (answer, automatic(row, here, number=number)), actor=actor, at=at)


@in_one_transaction
def decline_offer(contact_id: int, *, actor: Actor, at: datetime) -> None:
    """Let an offer go on, and be no longer ready; one that has gone on already is let be.

    Raises ``NotNow`` for a contact that one has taken.
    """
    hotline, row = held_in_turn(contact_id)
    as_colleague(row, actor)
    if actor.person is None or row.agent_id != actor.person:
        return
    if State(row.state) is not State.OFFERED:
        raise NotNow(mark("This contact has moved on meanwhile."), state=row.state)
    pass_on(row, at=at)
    _miss(actor.person, since=at)
    route(hotline, at=at)


@in_one_transaction
def expire_offer(contact_id: int, *, agent: int, until: datetime, at: datetime) -> None:
    """Let an offer go on that was not taken; one that was answered meanwhile stays as it is.

    It was missed ``until``, however late that is noticed; whoever is asked next is asked now, and
    has the whole time to answer.
    """
    hotline, row = held_in_turn(contact_id)
    same = row.agent_id == agent and row.offer_until == until
    if State(row.state) is State.OFFERED and same:
        pass_on(row, at=min(until, at))
        _miss(agent, since=min(until, at))
        route(hotline, at=at)


@in_one_transaction
def restart_offer(contact_id: int, *, at: datetime) -> None:
    """Have an offer run out anew that seems to have been made in the future: a clock was set."""
    hotline, row = held_in_turn(contact_id)
    if State(row.state) is State.OFFERED and row.offered_at and row.offered_at > at + SKEW:
        stop_offer(row, at=at)
        start_offer(hotline, row, at=at)


def offers_ahead(at: datetime) -> list[int]:
    """Return the contacts whose offers seem to have been made in the future."""
    rows = models.Contact.objects.filter(state=State.OFFERED.value, offered_at__gt=at + SKEW)
    return list(rows.values_list("pk", flat=True))


def _miss(person: int, *, since: datetime) -> None:
    presence = models.Presence.objects.select_for_update(no_key=True).filter(pk=person).first()
    if presence and presence.state == There.READY.value:
        set_presence(presence, There.MISSED, actor=ROUTER, at=since)

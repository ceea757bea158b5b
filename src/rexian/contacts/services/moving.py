"""Hold, transfer, take over, ask for help: what an agent does with a contact."""

from __future__ import annotations

from datetime import datetime

from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import TALKING, Move, NotNow, State
from rexian.contacts.domain.lines import Signal, Speaker
from rexian.contacts.domain.refusals import NobodyServes, NobodyThere, NoReason, NoSuchQueue
from rexian.contacts.domain.routing import Priority
from rexian.contacts.domain.words import one_line
from rexian.contacts.queries.waiting import is_served, loads, ready
from rexian.contacts.services.holding_rows import (
    as_own,
    as_supervisor,
    change,
    held,
    held_in_turn,
    hotline_of,
    seconds,
    turns_of,
)
from rexian.contacts.services.lines import NewLine, add_line, add_lines, automatic
from rexian.contacts.services.offers import connect
from rexian.contacts.services.routing import about, offer, return_to_queue, route, stop_offer
from rexian.contacts.services.there import stand_by
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark


@in_one_transaction
def hold_contact(contact_id: int, *, actor: Actor, at: datetime) -> None:
    """Let the customer wait; a second time nothing happens (CC-22)."""
    row = held(contact_id)
    as_own(row, actor)
    if State(row.state) is State.HELD:
        return
    change(row, Move.HOLD, held_at=at)
    record(events.ContactHeld(**about(row)), actor=actor, at=at)
    signal = NewLine(speaker=Speaker.AGENT, signal=Signal.HOLD_ON, person=actor.person)
    add_line(row, signal, actor=actor, at=at)


@in_one_transaction
def retrieve_contact(contact_id: int, *, actor: Actor, at: datetime) -> None:
    """Come back to a customer who waits; a second time nothing happens."""
    row = held(contact_id)
    as_own(row, actor)
    if State(row.state) is State.CONNECTED:
        return
    held_for = seconds(row.held_at, at)
    change(row, Move.RETRIEVE, held_at=None)
    record(events.ContactRetrieved(**about(row), held_for=held_for), actor=actor, at=at)
    signal = NewLine(speaker=Speaker.AGENT, signal=Signal.HOLD_OFF, person=actor.person)
    add_line(row, signal, actor=actor, at=at)


@in_one_transaction
def transfer_to_queue(
    contact_id: int, *, queue: str, reason: str = "", actor: Actor, at: datetime
) -> None:
    """Give a contact to another queue, where it stands before those that were never served.

    Raises ``NobodyServes`` where the customer would wait for nobody.
    """
    hotline, row = held_in_turn(contact_id)
    as_own(row, actor)
    wanted = hotline.queues.filter(code=one_line(queue, most=40)).first()
    if wanted is None:
        raise NoSuchQueue(mark("There is no queue of that name."), field="queue")
    if not is_served(hotline.pk, queue, at=at, besides=row.agent_id):
        raise NobodyServes(mark("Nobody who serves this queue is there now."), field="queue")
    priority = Priority.EMERGENCY if wanted.emergency else Priority.RETURNED
    _transfer(row, queue, priority, reason, actor, at)
    route(hotline, at=at)


@in_one_transaction
def transfer_to_agent(
    contact_id: int, *, agent: int, reason: str = "", actor: Actor, at: datetime
) -> None:
    """Offer a contact to one colleague, who must be ready and have room.

    If they do not take it, it waits in its queue for whoever is next.
    """
    hotline, row = held_in_turn(contact_id)
    as_own(row, actor)
    free = {one.person for one in ready(hotline.pk, at) if one.load < one.capacity}
    if agent == row.agent_id or agent not in free:
        raise NobodyThere(mark("This colleague is not ready, or has no room."), field="agent")
    _transfer(row, row.queue, min(row.priority, Priority.RETURNED), reason, actor, at)
    offer(hotline, row, agent, at=at)
    route(hotline, at=at)


@in_one_transaction
def take_over(contact_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a contact from whoever has it, or from the queue: a supervisor's doing.

    It may go beyond their capacity, since somebody has to; it counts, so that nothing is offered to
    them before they have room again, and the journal tells how many they have.
    """
    own = models.Presence.objects.filter(pk=actor.person).values_list("hotline", flat=True)
    turns = turns_of([hotline_of(contact_id), *own])
    row = held(contact_id)
    hotline = turns[row.hotline_id]
    as_supervisor(hotline, row, actor)
    is_theirs = row.agent_id == actor.person
    if is_theirs and State(row.state) in TALKING:
        return
    source = None if is_theirs else row.agent_id
    if not is_theirs or State(row.state) is not State.OFFERED:
        _bring_to_queue(row, at)
        change(row, Move.OFFER, agent_id=actor.person, offered_at=at, help_reason="")
    presence = stand_by(hotline, actor=actor, at=at)
    connect(row, actor=actor, at=at)
    taken = events.ContactTakenOver(
        **about(row),
        source=source,
        load=loads([presence.pk])[presence.pk],
        capacity=presence.capacity,
    )
    record(taken, actor=actor, at=at)
    route(hotline, at=at)


@in_one_transaction
def ask_for_help(contact_id: int, *, reason: str, actor: Actor, at: datetime) -> None:
    """Call a supervisor (CC-16, CC-18, CC-19, CC-28); asking again changes nothing."""
    row = held(contact_id)
    as_own(row, actor)
    why = one_line(reason, most=40)
    if not why:
        raise NoReason(mark("Say in a word why."), field="reason")
    if row.help_reason == why or State(row.state) not in TALKING:
        return
    change(row, help_reason=why)
    record(events.HelpAsked(**about(row), reason=why), actor=actor, at=at)


def _transfer(
    row: models.Contact, queue: str, priority: int, reason: str, actor: Actor, at: datetime
) -> None:
    source, why = row.agent_id, one_line(reason, most=40)
    return_to_queue(row, Move.TRANSFER, priority=priority, at=at)
    change(row, queue=queue, priority=priority, given_by_id=source)
    transferred = events.ContactTransferred(
        **about(row), source=source, queue=queue, priority=priority, reason=why
    )
    record(transferred, actor=actor, at=at)
    signal = NewLine(speaker=Speaker.AGENT, signal=Signal.TRANSFER, person=source, reason=why)
    told = automatic(row, mark("You are being transferred. Please stay."))
    add_lines(row, (signal, told), actor=actor, at=at)


def _bring_to_queue(row: models.Contact, at: datetime) -> None:
    state = State(row.state)
    if state in TALKING:
        return_to_queue(row, Move.TRANSFER, priority=row.priority, at=at)
    elif state is State.OFFERED:
        stop_offer(row, at=at)
        return_to_queue(row, Move.PASS_ON, priority=row.priority, at=at)
    elif state is not State.QUEUED:
        raise NotNow(mark("This contact has moved on meanwhile."), state=row.state)

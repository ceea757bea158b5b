"""Be there, take a break, be gone: presence under a lease."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import TALKING, WITH_AGENT, Move, State
from rexian.contacts.domain.presence import (
    LEASE,
    SKEW,
    Break,
    NotAnAgent,
    There,
    as_break,
)
from rexian.contacts.domain.refusals import NobodyThere
from rexian.contacts.domain.rights import INTERVENE, SERVE
from rexian.contacts.domain.routing import Priority
from rexian.contacts.services.closing import close_contact
from rexian.contacts.services.holding_rows import turns_of
from rexian.contacts.services.lines import add_line, automatic
from rexian.contacts.services.routing import ROUTER, about, pass_on, return_to_queue, route
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.language import mark
from rexian.prepared import Prepared

Turns = dict[int, models.Hotline]


@in_one_transaction
def become_ready(*, actor: Actor, at: datetime) -> None:
    """Be ready for contacts; the head of the queue is offered at once."""
    turns, presence = _own(actor)
    if not presence.skills:
        raise _no_agent()
    renew(presence, at)
    if presence.state != There.READY.value:
        set_presence(presence, There.READY, actor=actor, at=at)
    route(turns[presence.hotline_id], at=at)


@in_one_transaction
def take_break(*, reason: str, actor: Actor, at: datetime) -> None:
    """Be offered nothing for a while; contacts that one has stay, an offer goes on."""
    why = as_break(reason)
    turns, presence = _own(actor)
    renew(presence, at)
    _break(turns, presence, why, actor=actor, at=at)


@in_one_transaction
def leave_desk(*, actor: Actor, at: datetime) -> None:
    """Be gone; whoever was with a customer gives them back to the queue's front."""
    turns, presence = _own(actor)
    leave(turns, presence, actor=actor, at=at)


def renew_lease(*, actor: Actor, at: datetime) -> str:
    """Say that a desk is still open, and return the state that it is in; not journalled.

    A lease that has run out is not brought back: whoever was taken for gone says anew that they
    are ready.
    """
    authorise(actor, SERVE)
    with transaction.atomic():
        own = models.Presence.objects.filter(pk=actor.person)
        own.filter(lease_until__gt=at).update(lease_until=at + LEASE)
    return _state_of.first(actor.person or 0) or There.OFFLINE.value


_state_of: Prepared[str] = Prepared(
    lambda person: models.Presence.objects.filter(pk=person).values_list("state", flat=True)
)


@in_one_transaction
def set_agent_state(person_id: int, *, reason: str = "", actor: Actor, at: datetime) -> None:
    """Put an agent on a break, or with no reason out of the queue: a supervisor's doing.

    Raises ``NobodyThere`` for a break of somebody who is not there.
    """
    why = as_break(reason) if reason else None
    turns, presence = turns_and_presence(person_id, actor)
    authorise(actor, INTERVENE, within=turns[presence.hotline_id].unit.path)
    if why is None:
        leave(turns, presence, actor=actor, at=at)
    elif is_gone(presence, at):
        raise NobodyThere(mark("This agent is not there."), field="reason")
    else:
        _break(turns, presence, why, actor=actor, at=at)


@in_one_transaction
def end_lapsed(person_id: int, *, at: datetime) -> bool:
    """Take somebody for gone whose lease has run out; tell whether it had."""
    turns, presence = turns_and_presence(person_id, ROUTER)
    has_lapsed = presence.state != There.OFFLINE.value and is_gone(presence, at)
    if has_lapsed:
        leave(turns, presence, actor=ROUTER, at=at)
    return has_lapsed


def lapsed(at: datetime) -> list[int]:
    """Return whoever counts as there under a lease that has run out."""
    rows = models.Presence.objects.exclude(state=There.OFFLINE.value)
    over = rows.filter(Q(lease_until__lte=at) | Q(lease_until=None))
    return list(over.values_list("pk", flat=True))


def shorten_leases(at: datetime) -> None:
    """Let no lease reach further than it is given: a clock that was set back made it longer."""
    rows = models.Presence.objects.filter(lease_until__gt=at + LEASE + SKEW)
    rows.update(lease_until=at + LEASE)


def is_gone(presence: models.Presence, at: datetime) -> bool:
    """Tell whether somebody is not there, or only seems to be."""
    has_lapsed = presence.lease_until is None or presence.lease_until <= at
    return has_lapsed or presence.state == There.OFFLINE.value


def renew(presence: models.Presence, at: datetime) -> None:
    """Extend a lease that the caller holds."""
    presence.lease_until = at + LEASE
    presence.save(update_fields=["lease_until"])


def set_presence(
    presence: models.Presence, state: There, *, reason: str = "", actor: Actor, at: datetime
) -> None:
    """Write a state of presence, and journal it."""
    presence.state, presence.reason, presence.since = state.value, reason, at
    if state is There.READY:
        presence.idle_since = at
    presence.version += 1
    presence.save(update_fields=["state", "reason", "since", "idle_since", "version"])
    changed = events.PresenceChanged(
        subject_id=presence.pk,
        organisation=presence.organisation_id,
        hotline=presence.hotline_id,
        state=state.value,
        reason=reason,
    )
    record(changed, actor=actor, at=at)


def stand_by(hotline: models.Hotline, *, actor: Actor, at: datetime) -> models.Presence:
    """Have a supervisor count as there, on a break, so that they too are missed when they are gone.

    Nothing is offered to them for it. The caller holds the hotline's turn, and that of the one
    that they serve.
    """
    presence, _ = models.Presence.objects.get_or_create(
        person_id=actor.person or 0,
        defaults={
            "organisation_id": hotline.organisation_id,
            "hotline": hotline,
            "capacity": hotline.chat_capacity,
            "since": at,
            "idle_since": at,
        },
    )
    if is_gone(presence, at):
        set_presence(presence, There.BREAK, reason=Break.OTHER.value, actor=actor, at=at)
    renew(presence, at)
    return presence


def leave(turns: Turns, presence: models.Presence, *, actor: Actor, at: datetime) -> None:
    """Take somebody out: offers go on, customers go to the front, what is written up is closed."""
    if presence.state != There.OFFLINE.value:
        set_presence(presence, There.OFFLINE, actor=actor, at=at)
    give_back(presence.pk, WITH_AGENT, actor=actor, at=at)
    for hotline in turns.values():
        route(hotline, at=at)


def give_back(person_id: int, states: Collection[State], *, actor: Actor, at: datetime) -> int:
    """Take from somebody their contacts in some states, and return how many; holding all turns."""
    rows = models.Contact.objects.select_for_update(no_key=True).filter(
        agent=person_id, state__in=[one.value for one in states]
    )
    given = list(rows.order_by("pk"))
    for row in given:
        if State(row.state) is State.OFFERED:
            pass_on(row, at=at)
        elif State(row.state) in TALKING:
            _release(row, actor=actor, at=at)
        else:
            close_contact(row, actor=ROUTER, at=at)
    return len(given)


def turns_and_presence(person_id: int | None, actor: Actor) -> tuple[Turns, models.Presence]:
    """Return somebody's presence, holding the turns of all hotlines that it concerns.

    A supervisor may have taken contacts over of others than they serve; whoever takes one over
    holds the turn of both.
    """
    found = models.Presence.objects.filter(pk=person_id).first()
    if found is None:
        raise _no_agent()
    belongs(actor, found.organisation_id, code=f"person:{person_id}")
    turns = turns_of({found.hotline_id, *hotlines_of(person_id)})
    return turns, models.Presence.objects.select_for_update(no_key=True).get(pk=person_id)


def hotlines_of(person_id: int | None) -> list[int]:
    """Return the hotlines of the contacts that somebody has."""
    rows = models.Contact.objects.filter(
        agent=person_id, state__in=[one.value for one in WITH_AGENT]
    )
    return list(rows.order_by().values_list("hotline", flat=True).distinct())


def _break(
    turns: Turns, presence: models.Presence, why: Break, *, actor: Actor, at: datetime
) -> None:
    if (presence.state, presence.reason) != (There.BREAK.value, why.value):
        set_presence(presence, There.BREAK, reason=why.value, actor=actor, at=at)
    give_back(presence.pk, {State.OFFERED}, actor=actor, at=at)
    for hotline in turns.values():
        route(hotline, at=at)


def _release(row: models.Contact, *, actor: Actor, at: datetime) -> None:
    source = row.agent_id
    return_to_queue(row, Move.RELEASE, priority=Priority.RETURNED, at=at)
    released = events.ContactReleased(**about(row), source=source, priority=row.priority)
    record(released, actor=actor, at=at)
    sorry = mark("The connection to your agent was lost. The next one will be with you soon.")
    add_line(row, automatic(row, sorry), actor=ROUTER, at=at)


def _own(actor: Actor) -> tuple[Turns, models.Presence]:
    authorise(actor, SERVE)
    return turns_and_presence(actor.person, actor)


def _no_agent() -> NotAnAgent:
    return NotAnAgent(mark("You are not set up to serve a hotline; your team leader does that."))

"""Bring the queue to the agents: whoever may have changed either side calls ``route``."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from rexian.clockwork.services import start_deadline, stop_deadlines
from rexian.contacts import events, models
from rexian.contacts.domain.lifecycle import Move, State
from rexian.contacts.domain.lines import Signal, Speaker
from rexian.contacts.domain.presence import There
from rexian.contacts.domain.routing import Assignment, assign
from rexian.contacts.queries.waiting import ready, waiting
from rexian.contacts.services.holding_rows import change, held, turn_of
from rexian.contacts.services.lines import NewLine, add_line
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor

OFFER_EXPIRES = "contacts.expire_offer"
ROUTER = Actor.system("router")


def route(hotline: models.Hotline, *, at: datetime) -> tuple[Assignment, ...]:
    """Offer what waits to whoever is ready; the caller holds the hotline's turn.

    Nobody is looked for in a long queue while there is nobody to take them.
    """
    agents = [one for one in ready(hotline.pk, at) if one.load < one.capacity]
    skills = frozenset[str]().union(*(one.skills for one in agents))
    if not skills:
        return ()
    assignments = assign(waiting(hotline.pk, skills=skills), agents)
    for one in assignments:
        offer(hotline, held(one.contact), one.person, at=at)
    return assignments


@in_one_transaction
def route_hotline(hotline_id: int, *, at: datetime) -> None:
    """Route once more: whoever waits although somebody is ready has been forgotten otherwise."""
    route(turn_of(hotline_id), at=at)


def hotlines_waiting(at: datetime) -> list[int]:
    """Return the hotlines where somebody waits and somebody is ready, with room or without.

    Every change routes; but a clock that was set may bring a lease back that nobody renewed.
    """
    there = models.Presence.objects.filter(state=There.READY.value, lease_until__gt=at)
    waits = models.Contact.objects.filter(state=State.QUEUED.value)
    found = waits.filter(hotline__in=there.values("hotline")).order_by()
    return list(found.values_list("hotline", flat=True).distinct())


def offer(hotline: models.Hotline, row: models.Contact, person: int, *, at: datetime) -> None:
    """Ask an agent to take a contact, until the offer expires."""
    change(row, Move.OFFER, agent_id=person)
    record(events.ContactOffered(**about(row)), actor=ROUTER, at=at)
    add_line(row, NewLine(speaker=Speaker.SYSTEM, signal=Signal.RING), actor=ROUTER, at=at)
    start_offer(hotline, row, at=at)


def start_offer(hotline: models.Hotline, row: models.Contact, *, at: datetime) -> None:
    """Have an offer run out after the hotline's time, reckoned from ``at``."""
    until = at + timedelta(seconds=hotline.offer_time)
    change(row, offered_at=at, offer_until=until)
    start_deadline(
        OFFER_EXPIRES,
        subject=f"contact:{row.pk}",
        due_at=until,
        organisation=row.organisation_id,
        data={"contact": row.pk, "agent": row.agent_id, "until": until.isoformat()},
        at=at,
    )


def stop_offer(row: models.Contact, *, at: datetime) -> None:
    """Let an offer's deadline be: it was answered."""
    if row.offer_until is not None:
        stop_deadlines(f"contact:{row.pk}", at=at, name=OFFER_EXPIRES)


def return_to_queue(
    row: models.Contact, move: Move, *, priority: int, at: datetime, **values: object
) -> None:
    """Put a contact back where its priority and age put it, without an agent.

    Whoever was being served begins to wait anew; an offer that was not taken ends no wait.
    """
    since = row.waiting_since if move is Move.PASS_ON else at
    values |= {"agent_id": None, "offer_until": None, "held_at": None, "waiting_since": since}
    change(row, move, priority=min(row.priority, priority), **values)


def pass_on(row: models.Contact, *, at: datetime) -> None:
    """Return an offered contact that is held to its place in the queue."""
    record(events.OfferMissed(**about(row)), actor=ROUTER, at=at)
    stop_offer(row, at=at)
    return_to_queue(row, Move.PASS_ON, priority=row.priority, at=at, missed=row.missed + 1)


def about(row: models.Contact) -> dict[str, Any]:
    """Return what every event of a contact begins with."""
    return {
        "subject_id": row.pk,
        "organisation": row.organisation_id,
        "hotline": row.hotline_id,
        "agent": row.agent_id,
    }

"""Read contacts, as far as somebody may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from rexian.contacts import models
from rexian.contacts.domain.lifecycle import OPEN, WAITING, WITH_AGENT, Channel, Ending, State
from rexian.contacts.domain.refusals import nothing_there
from rexian.contacts.domain.rights import SERVE, WATCH
from rexian.contacts.domain.routing import expected_wait
from rexian.contacts.queries.waiting import ahead_of, ready
from rexian.kernel.authority import EVERYWHERE, Actor
from rexian.prepared import Prepared

_LATELY = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class ContactShown:
    """A contact as pages show it; ``waited`` is its queue time in seconds once connected."""

    id: int
    organisation: int
    hotline: int
    hotline_path: str
    channel: Channel
    direction: str
    state: State
    ending: Ending | None
    queue: str
    priority: int
    agent: int | None
    customer: int | None
    follows: int | None
    name: str
    number: str
    form: str
    matter: str
    language: str
    standard: int | None
    arrived_at: datetime
    queued_at: datetime | None
    waiting_since: datetime | None
    offer_until: datetime | None
    connected_at: datetime | None
    held_at: datetime | None
    talked_until: datetime | None
    ended_at: datetime | None
    ended_by: str
    end_reason: str
    help_reason: str
    waited: float | None
    missed: int
    lines: int
    seen_by_agent: int
    seen_by_customer: int
    version: int


@dataclass(frozen=True, slots=True)
class CustomerShown:
    """A customer as the desk knows them."""

    id: int
    number: str
    name: str
    form: str
    remark: str
    known_since: datetime


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A contact record as it was last saved."""

    category: str
    case_type: str
    urgent: bool
    values: Mapping[str, Any]
    missing: Mapping[str, str]
    place: Mapping[str, Any]
    result: str
    summary: str
    complete: bool
    saved_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a waiting customer is told: their place, and about how long, ``None`` if unknown."""

    place: int
    expected: timedelta | None
    agents: int


def contact(contact_id: int, *, actor: Actor) -> ContactShown:
    """Return a contact that is or was the actor's, or whose hotline they may watch."""
    row = _by_id.first(contact_id)
    if row is not None and not _is_own(row, actor):
        row = _seen(actor).filter(pk=contact_id).first()
    if row is None:
        raise nothing_there(f"contact:{contact_id}")
    return shown(row)


def contact_of_customer(contact_id: int) -> ContactShown:
    """Return a contact for its customer, who has shown the key; asks for no right."""
    row = _by_id.first(contact_id)
    if row is None:
        raise nothing_there("visit")
    return shown(row)


def contacts_by_id(ids: Collection[int]) -> dict[int, ContactShown]:
    """Return contacts by their ids, for streams that know who may watch; asks for no right."""
    return {row.pk: shown(row) for row in _by_ids.all(ids)}


def own_contacts(actor: Actor) -> tuple[ContactShown, ...]:
    """Return the contacts that the actor has now, the oldest first."""
    rows = contact_rows().filter(agent=actor.person, state__in=[one.value for one in WITH_AGENT])
    return tuple(map(shown, rows.order_by("offered_at", "id"))) if actor.may(SERVE) else ()


def open_contacts(hotline_id: int, *, actor: Actor) -> tuple[ContactShown, ...]:
    """Return what is open in a hotline that the actor may watch: urgent and old first."""
    rows = _seen(actor).filter(hotline=hotline_id, state__in=[one.value for one in OPEN])
    return tuple(map(shown, rows.order_by("priority", "queued_at", "id")))


def contacts_of_customer(
    customer_id: int, *, actor: Actor, limit: int = 20
) -> tuple[ContactShown, ...]:
    """Return a customer's latest contacts, for whoever serves or watches in their organisation."""
    if not (actor.may(SERVE) or actor.may(WATCH)):
        return ()
    rows = contact_rows().filter(customer=customer_id)
    if not actor.is_system:
        rows = rows.filter(organisation=actor.organisation)
    return tuple(map(shown, rows.order_by("-id")[:limit]))


def latest_contacts(
    actor: Actor, *, offset: int, limit: int, state: str = ""
) -> tuple[tuple[ContactShown, ...], int]:
    """Return some of the contacts that the actor sees, the latest first, and how many there are."""
    rows = _seen(actor)
    if state:
        rows = rows.filter(Q(state=state) | Q(ending=state))
    return tuple(map(shown, rows.order_by("-id")[offset : offset + limit])), rows.count()


def customer(customer_id: int, *, actor: Actor) -> CustomerShown:
    """Return a customer of the actor's organisation; raise ``NotFound``."""
    rows = models.Customer.objects.filter(pk=customer_id)
    row = rows.filter(organisation=actor.organisation).first()
    if row is None or not (actor.may(SERVE) or actor.may(WATCH)):
        raise nothing_there(f"customer:{customer_id}")
    return CustomerShown(row.pk, row.number, row.name, row.form, row.remark, row.known_since)


def record_of(contact_id: int) -> RecordShown | None:
    """Return the record of a contact that the caller may see; asks for no right."""
    row = models.Record.objects.filter(contact=contact_id).first()
    return record_shown(row) if row else None


def record_shown(row: models.Record) -> RecordShown:
    """Return a record's row as a value."""
    return RecordShown(
        category=row.category,
        case_type=row.case_type,
        urgent=row.urgent,
        values=row.values,
        missing=row.missing,
        place=row.place,
        result=row.result,
        summary=row.summary,
        complete=row.complete,
        saved_at=row.saved_at,
        version=row.version,
    )


def prospect(contact_id: int, *, at: datetime) -> Prospect | None:
    """Return what a waiting customer can be told; ``None`` for one who does not wait.

    The wait is reckoned from the pace at which the last twenty of the same queue were taken.
    """
    row = models.Contact.objects.filter(pk=contact_id).first()
    if row is None or State(row.state) not in WAITING:
        return None
    taken = models.Contact.objects.filter(
        hotline=row.hotline_id,
        queue=row.queue,
        imported_at=None,
        connected_at__gt=at - _LATELY,
    ).order_by("-connected_at")
    agents = sum(row.queue in one.skills for one in ready(row.hotline_id, at))
    place = 1 + (ahead_of(row) if State(row.state) is State.QUEUED else 0)
    latest = [one for one in taken.values_list("connected_at", flat=True)[:20] if one]
    return Prospect(place, expected_wait(place, latest, agents=agents, at=at), agents)


def shown(row: models.Contact) -> ContactShown:
    """Return a row as a value."""
    return ContactShown(
        id=row.pk,
        organisation=row.organisation_id,
        hotline=row.hotline_id,
        hotline_path=row.hotline.unit.path,
        channel=Channel(row.channel),
        direction=row.direction,
        state=State(row.state),
        ending=Ending(row.ending) if row.ending else None,
        queue=row.queue,
        priority=row.priority,
        agent=row.agent_id,
        customer=row.customer_id,
        follows=row.follows_id,
        name=row.name,
        number=row.number,
        form=row.form,
        matter=row.matter,
        language=row.language,
        standard=row.standard,
        arrived_at=row.arrived_at,
        queued_at=row.queued_at,
        waiting_since=row.waiting_since,
        offer_until=row.offer_until,
        connected_at=row.connected_at,
        held_at=row.held_at,
        talked_until=row.talked_until,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        end_reason=row.end_reason,
        help_reason=row.help_reason,
        waited=row.waited,
        missed=row.missed,
        lines=row.lines,
        seen_by_agent=row.seen_by_agent,
        seen_by_customer=row.seen_by_customer,
        version=row.version,
    )


def contact_rows() -> QuerySet[models.Contact]:
    """Return all contacts with as much of their hotlines as is shown of them."""
    rows = models.Contact.objects.select_related("hotline__unit")
    return rows.defer("hotline__calendar", "hotline__breaks", "hotline__sites")


_by_id = Prepared(lambda contact: contact_rows().filter(pk=contact))
_by_ids = Prepared(lambda contacts: contact_rows().filter(pk__in=contacts))


def _is_own(row: models.Contact, actor: Actor) -> bool:
    """Tell whether a contact is the actor's now, as most are that are asked for."""
    same = (row.organisation_id, row.agent_id) == (actor.organisation, actor.person)
    return actor.is_system or (same and actor.may(SERVE))


def _seen(actor: Actor) -> QuerySet[models.Contact]:
    rows = contact_rows()
    if actor.is_system:
        return rows
    rows = rows.filter(organisation=actor.organisation)
    reach = actor.reach(WATCH)
    if EVERYWHERE in reach:
        return rows
    seen = Q(agent=actor.person) if actor.may(SERVE) else Q(pk__in=())
    for path in reach:
        seen |= Q(hotline__unit__path__startswith=path) | Q(agent__unit__path__startswith=path)
    seen |= Q(pk__in=_worked_on(actor)) if actor.may(SERVE) else Q()
    return rows.filter(seen)


def _worked_on(actor: Actor) -> QuerySet[models.Line, int]:
    return models.Line.objects.filter(person=actor.person).values_list("contact", flat=True)

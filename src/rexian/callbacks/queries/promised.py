"""Read promises to call, as far as somebody may see them.

Whoever serves a hotline sees its callbacks, and those that they promised or took on themselves;
whoever watches it sees them too. What a customer is told of theirs asks for no right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When

from rexian.callbacks import models
from rexian.callbacks.domain.lifecycle import OPEN, Cause, Result, State, is_taken
from rexian.contacts.domain.rights import SERVE, WATCH
from rexian.contacts.domain.routing import Priority
from rexian.contacts.queries import hotlines_near, served_hotlines
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.prepared import Prepared


@dataclass(frozen=True, slots=True)
class CallbackShown:
    """A callback as pages show it; ``quote`` are the words of the promise, or of the message.

    ``due_at`` is by when the first call is to be made, ``next_at`` the next, ``None`` when it is
    over. ``waiting_since`` is when the customer first began to wait.
    """

    id: int
    organisation: int
    hotline: int
    hotline_name: str
    hotline_path: str
    contact: int
    customer: int | None
    customer_name: str
    form: str
    number: str
    cause: Cause
    state: State
    is_urgent: bool
    reason: str
    clause: str
    quote: str
    promised_by: int | None
    promised_by_name: str
    promised_at: datetime
    waiting_since: datetime
    due_at: datetime
    next_at: datetime | None
    taken_by: int | None
    taken_by_name: str
    taken_at: datetime | None
    attempts: int
    closed_at: datetime | None
    close_reason: str
    breached_at: datetime | None
    version: int

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still to call."""
        return self.state in OPEN

    def is_late(self, at: datetime) -> bool:
        """Tell whether a call should have been made by now."""
        return self.next_at is not None and self.next_at <= at

    def is_taken_by_other(self, person: int | None, *, at: datetime) -> bool:
        """Tell whether somebody else is calling just now."""
        return is_taken(self.taken_by, self.taken_at, person=person, at=at)


@dataclass(frozen=True, slots=True)
class AttemptShown:
    """A call that was made, by whom and how it ended."""

    nth: int
    person: int | None
    person_name: str
    at: datetime
    result: Result
    note: str


@dataclass(frozen=True, slots=True)
class ToldPromise:
    """What a customer is told of the call that they wait for."""

    due_at: datetime
    state: State


def open_callbacks(
    actor: Actor, *, hotline: int | None = None, offset: int = 0, limit: int = 50
) -> tuple[CallbackShown, ...]:
    """Return some of the callbacks that are to be made: emergencies, then what is due first."""
    rows = _open(actor, hotline).order_by(_urgent_first(), "next_at", "waiting_since", "id")
    return tuple(map(_shown, rows[offset : offset + limit]))


def open_callback_count(actor: Actor, *, hotline: int | None = None) -> int:
    """Return how many callbacks are to be made."""
    return _open(actor, hotline).count()


def late_callback_count(actor: Actor, *, at: datetime, hotline: int | None = None) -> int:
    """Return how many of them should have been made by now."""
    return _open(actor, hotline).filter(next_at__lte=at).count()


def latest_callbacks(
    actor: Actor, *, hotline: int | None = None, state: str = "", offset: int, limit: int
) -> tuple[tuple[CallbackShown, ...], int]:
    """Return some of all callbacks, the latest first, and how many there are."""
    rows = _seen(actor)
    if hotline is not None:
        rows = rows.filter(hotline=hotline)
    if state:
        rows = rows.filter(state=state)
    return tuple(map(_shown, rows.order_by("-id")[offset : offset + limit])), rows.count()


def callback(callback_id: int, *, actor: Actor) -> CallbackShown:
    """Return a callback that the actor sees; raise ``NotFound``."""
    row = _seen(actor).filter(pk=callback_id).first()
    if row is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"callback:{callback_id}")
    return _shown(row)


def attempts_of(callback_id: int) -> tuple[AttemptShown, ...]:
    """Return the calls of a callback that the caller may see, in their order."""
    rows = models.Attempt.objects.filter(callback=callback_id).select_related("person")
    return tuple(
        AttemptShown(
            row.nth,
            row.person_id,
            row.person.name if row.person else "",
            row.at,
            Result(row.result),
            row.note,
        )
        for row in rows.order_by("nth")
    )


def callbacks_of_contact(contact_id: int, *, actor: Actor) -> tuple[CallbackShown, ...]:
    """Return what was promised in a contact, or for it, for whoever works in the organisation."""
    rows = _of_the_house(actor).filter(occasions__contact=contact_id).distinct()
    return tuple(map(_shown, rows.order_by("id")))


def promises_kept(contact_id: int) -> Mapping[tuple[str, datetime], int]:
    """Return the callbacks of a contact by their words and their instant; asks for no right."""
    return {(quote, due_at): number for quote, due_at, number in _promises.all(contact_id)}


_promises: Prepared[tuple[str, datetime, int]] = Prepared(
    lambda contact: (
        models.Callback.objects.filter(occasions__contact=contact)
        .order_by("id")
        .values_list("quote", "due_at", "id")
    )
)


def callbacks_of_contacts(
    contact_ids: Collection[int],
) -> Mapping[int, tuple[CallbackShown, ...]]:
    """Return what was promised in some contacts, for streams that know who may watch."""
    rows = models.Occasion.objects.filter(contact__in=contact_ids).order_by("callback")
    callbacks = {row.pk: _shown(row) for row in _rows().filter(occasions__in=rows).distinct()}
    found: dict[int, dict[int, CallbackShown]] = {one: {} for one in contact_ids}
    for contact, number in rows.values_list("contact", "callback"):
        found[contact][number] = callbacks[number]
    return {contact: tuple(promised.values()) for contact, promised in found.items()}


def callbacks_of_customer(
    customer_id: int, *, actor: Actor, limit: int = 20
) -> tuple[CallbackShown, ...]:
    """Return a customer's callbacks, the latest first, for whoever works in the organisation."""
    rows = _of_the_house(actor).filter(customer=customer_id)
    return tuple(map(_shown, rows.order_by("-id")[:limit]))


def promise_to_customer(contact_id: int) -> ToldPromise | None:
    """Return by when the customer of a contact is called; asks for no right."""
    rows = models.Callback.objects.filter(occasions__contact=contact_id).exclude(
        cause=Cause.PROMISE.value
    )
    row = rows.order_by("-id").first()
    return ToldPromise(row.due_at, State(row.state)) if row else None


def _rows() -> QuerySet[models.Callback]:
    return models.Callback.objects.select_related(
        "hotline__unit", "contact", "customer", "promised_by", "taken_by"
    )


def _seen(actor: Actor) -> QuerySet[models.Callback]:
    if actor.is_system:
        return _rows()
    rows = _rows().filter(organisation=actor.organisation)
    seen = Q(hotline__in=hotlines_near(actor, WATCH) | served_hotlines(actor))
    if actor.may(SERVE):
        seen |= Q(taken_by=actor.person) | Q(promised_by=actor.person)
    return rows.filter(seen)


def _of_the_house(actor: Actor) -> QuerySet[models.Callback]:
    """Return those of the actor's organisation, for whoever serves or watches anywhere in it."""
    if actor.is_system:
        return _rows()
    works = actor.may(SERVE) or actor.may(WATCH)
    return _rows().filter(organisation=actor.organisation if works else -1)


def _open(actor: Actor, hotline: int | None) -> QuerySet[models.Callback]:
    rows = _seen(actor).filter(state__in=[one.value for one in OPEN])
    return rows if hotline is None else rows.filter(hotline=hotline)


def _urgent_first() -> Case:
    return Case(When(contact__priority=Priority.EMERGENCY, then=0), default=1)


def _shown(row: models.Callback) -> CallbackShown:
    contact, customer = row.contact, row.customer
    return CallbackShown(
        id=row.pk,
        organisation=row.organisation_id,
        hotline=row.hotline_id,
        hotline_name=row.hotline.name,
        hotline_path=row.hotline.unit.path,
        contact=row.contact_id,
        customer=row.customer_id,
        customer_name=(customer.name if customer else "") or contact.name,
        form=(customer.form if customer else "") or contact.form,
        number=row.number or contact.number,
        cause=Cause(row.cause),
        state=State(row.state),
        is_urgent=contact.priority == Priority.EMERGENCY,
        reason=row.reason,
        clause=row.clause,
        quote=row.quote,
        promised_by=row.promised_by_id,
        promised_by_name=row.promised_by.name if row.promised_by else "",
        promised_at=row.promised_at,
        waiting_since=row.waiting_since,
        due_at=row.due_at,
        next_at=row.next_at,
        taken_by=row.taken_by_id,
        taken_by_name=row.taken_by.name if row.taken_by else "",
        taken_at=row.taken_at,
        attempts=row.attempts,
        closed_at=row.closed_at,
        close_reason=row.close_reason,
        breached_at=row.breached_at,
        version=row.version,
    )

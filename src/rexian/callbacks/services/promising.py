"""Promise to call: in words, or because somebody was not served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from rexian.callbacks import events, models
from rexian.callbacks.domain.lifecycle import OPEN, Cause, see_that_it_can_be_kept
from rexian.clockwork.services import start_deadline
from rexian.contacts.domain.lines import Speaker
from rexian.contacts.domain.rights import SERVE
from rexian.contacts.domain.words import one_line
from rexian.contacts.queries import (
    ContactShown,
    contact,
    contacts_by_id,
    hotline,
    opening_hours,
    transcript,
)
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.calendar.errors import NeverOpen
from rexian.kernel.calendar.explanations import DueAt, as_records
from rexian.kernel.calendar.spans import NaturalTime, ServiceTime
from rexian.kernel.calendar.sums import due_at as reckoned

CALL_BY = "callbacks.call_by"
MACHINE = Actor.system("callbacks")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Promise:
    """What is promised; ``explanation`` tells how ``due_at`` was found."""

    cause: Cause
    due_at: datetime
    waiting_since: datetime
    explanation: Mapping[str, Any]
    reason: str = ""
    clause: str = ""
    quote: str = ""
    said_as: str = ""


def promise_callback(
    contact_id: int,
    *,
    due_at: datetime,
    reason: str = "",
    clause: str = "",
    quote: str = "",
    actor: Actor,
    at: datetime,
) -> int:
    """Promise the customer of a contact to call by an instant, and return the callback's id.

    ``quote`` are the words in which it was promised. The same promise again is the same callback.
    Raises ``BadPromise`` for an instant that has passed.
    """
    see_that_it_can_be_kept(due_at, at=at)
    authorise(actor, SERVE)
    shown = contact(contact_id, actor=actor)
    words = one_line(quote, most=500)
    promise = _Promise(
        cause=Cause.PROMISE,
        due_at=due_at,
        waiting_since=at,
        explanation={"said": True, "clause": one_line(clause, most=40)},
        reason=one_line(reason, most=80),
        clause=one_line(clause, most=40),
        quote=words,
        said_as=sha256(f"{due_at.isoformat()} {words}".encode()).hexdigest(),
    )
    return _once(shown, promise=promise, actor=actor, at=at)


def promise_for_contact(
    contact_id: int, *, cause: Cause, waited: timedelta, at: datetime
) -> int | None:
    """Promise to call somebody who was not served; ``None`` where nobody knows a number.

    Somebody who tried several times is called once, when the first of these calls is due.
    """
    shown = contacts_by_id([contact_id]).get(contact_id)
    if shown is None or not shown.number:
        return None
    due = _due(shown, at)
    promise = _Promise(
        cause=cause,
        due_at=due.at,
        waiting_since=at - waited,
        explanation={
            "setting": "callback_time",
            "steps": as_records(due.explanation),
            "provisional": due.provisional,
        },
        quote=_message(shown) if cause in {Cause.MESSAGE, Cause.ASKED} else "",
    )
    return _once(shown, promise=promise, actor=MACHINE, at=at)


def _once(shown: ContactShown, *, promise: _Promise, actor: Actor, at: datetime) -> int:
    """Promise, or find what somebody has promised at the same moment."""
    try:
        with transaction.atomic():
            return _promised(shown, promise=promise, actor=actor, at=at)
    except IntegrityError:
        return _promised(shown, promise=promise, actor=actor, at=at)


@in_one_transaction
def _promised(shown: ContactShown, *, promise: _Promise, actor: Actor, at: datetime) -> int:
    told = models.Occasion.objects.filter(
        contact=shown.id, cause=promise.cause.value, said_as=promise.said_as
    )
    before = told.values_list("callback", flat=True).first()
    if before is not None:
        return before
    if promise.cause is not Cause.PROMISE and (row := _open_for(shown)):
        _repeat(row, shown, promise, actor, at)
        return row.pk
    return _create(shown, promise, actor, at).pk


def _open_for(shown: ContactShown) -> models.Callback | None:
    """Return the callback that is to be made to the same number already."""
    rows = models.Callback.objects.select_for_update(of=("self",), no_key=True).filter(
        hotline=shown.hotline, number=shown.number, state__in=[one.value for one in OPEN]
    )
    return rows.exclude(cause=Cause.PROMISE.value).first()


def _repeat(
    row: models.Callback, shown: ContactShown, promise: _Promise, actor: Actor, at: datetime
) -> None:
    _occasion(row, shown, promise, at)
    if promise.quote:
        row.quote = one_line(f"{row.quote} {promise.quote}", most=500)
        row.save(update_fields=["quote"])
    repeated = events.CallbackRepeated(**about(row), cause=promise.cause.value, again=shown.id)
    record(repeated, actor=actor, at=at)


def _create(shown: ContactShown, promise: _Promise, actor: Actor, at: datetime) -> models.Callback:
    row = models.Callback.objects.create(
        organisation_id=shown.organisation,
        hotline_id=shown.hotline,
        contact_id=shown.id,
        customer_id=shown.customer,
        cause=promise.cause.value,
        number=shown.number,
        reason=promise.reason,
        clause=promise.clause,
        quote=promise.quote,
        promised_by_id=actor.person,
        promised_at=at,
        waiting_since=promise.waiting_since,
        due_at=promise.due_at,
        next_at=promise.due_at,
    )
    _occasion(row, shown, promise, at)
    promised = events.CallbackPromised(
        **about(row),
        cause=promise.cause.value,
        due_at=promise.due_at.isoformat(),
        clause=promise.clause,
    )
    record(promised, actor=actor, at=at)
    start_deadline(
        CALL_BY,
        subject=promised.subject,
        due_at=promise.due_at,
        organisation=shown.organisation,
        data={"callback": row.pk},
        explanation=promise.explanation,
        at=at,
    )
    return row


def _occasion(row: models.Callback, shown: ContactShown, promise: _Promise, at: datetime) -> None:
    models.Occasion.objects.create(
        callback=row,
        contact_id=shown.id,
        cause=promise.cause.value,
        said_as=promise.said_as,
        at=at,
    )


def _due(shown: ContactShown, at: datetime) -> DueAt:
    """Return by when somebody is called who was not served: within the hotline's service time."""
    line = hotline(shown.hotline, actor=MACHINE)
    hours, length = opening_hours(line.code), timedelta(seconds=line.callback_time)
    try:
        return reckoned(at, ServiceTime(length), hours)
    except NeverOpen:
        return reckoned(at, NaturalTime(length), hours)


def _message(shown: ContactShown) -> str:
    """Return what the customer wrote, for whoever calls them."""
    said = [one.text for one in transcript(shown.id) if one.speaker is Speaker.CUSTOMER]
    return one_line(" ".join(filter(None, said)), most=500)


def about(row: models.Callback) -> dict[str, Any]:
    """Return what every event of a callback begins with."""
    return {
        "subject_id": row.pk,
        "organisation": row.organisation_id,
        "hotline": row.hotline_id,
        "contact": row.contact_id,
    }

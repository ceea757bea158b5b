"""Call: take it on, say how each call ended, withdraw what needs no call any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from rexian.callbacks import events, models
from rexian.callbacks.domain.lifecycle import (
    GOT_THROUGH,
    OPEN,
    BadPromise,
    NoLongerOpen,
    NoNumberToCall,
    Result,
    State,
    TakenByOther,
    after_attempt,
    is_breached,
    is_taken,
)
from rexian.callbacks.queries import callback
from rexian.callbacks.services.promising import CALL_BY, MACHINE, about
from rexian.clockwork.services import stop_deadlines
from rexian.contacts.domain.rights import INTERVENE, SERVE
from rexian.contacts.domain.words import one_line
from rexian.contacts.queries import is_near, same_customer
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark


@in_one_transaction
def take_callback(callback_id: int, *, actor: Actor, at: datetime) -> None:
    """Take it on to call, so that nobody else does; a second time nothing happens.

    It is theirs for half an hour, or until they have called. A supervisor takes it from whoever has
    it. Raises ``TakenByOther``, ``NoLongerOpen``, ``NoNumberToCall``.
    """
    row = _held(callback_id, actor)
    if not (row.number or row.contact.number):
        raise NoNumberToCall(mark("There is no number to call yet."))
    if not is_near(row.hotline.unit.path, actor.reach(INTERVENE)):
        _refuse_taken(row, actor, at)
    if row.taken_by_id != actor.person:
        record(events.CallbackTaken(**about(row), agent=actor.person or 0), actor=actor, at=at)
    _change(row, taken_by_id=actor.person, taken_at=at)


@in_one_transaction
def release_callback(callback_id: int, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - as all services
    """Let somebody else call what one has taken on; what is not one's own stays as it is."""
    row = _held(callback_id, actor)
    if row.taken_by_id is not None and row.taken_by_id == actor.person:
        _change(row, taken_by_id=None, taken_at=None)


@in_one_transaction
def log_attempt(
    callback_id: int, *, result: Result, attempt: int, note: str = "", actor: Actor, at: datetime
) -> State:
    """Write down how the so-manieth call ended, and return where the callback stands.

    ``attempt`` counts from 1: the same call told again is one, and of two people who called at once
    the second is told so by ``NoLongerOpen``. Raises ``TakenByOther``.
    """
    row = _held(callback_id, actor, also_closed=True)
    before = models.Attempt.objects.filter(callback=row, nth=attempt).first()
    if before and (before.person_id, before.result) == (actor.person, result.value):
        return State(row.state)
    if State(row.state) not in OPEN or attempt != row.attempts + 1:
        raise _moved_on()
    _refuse_taken(row, actor, at)
    models.Attempt.objects.create(
        callback=row,
        nth=attempt,
        person_id=actor.person,
        at=at,
        result=result.value,
        note=one_line(note, most=500),
    )
    called = events.CallbackAttempted(
        **about(row), agent=actor.person, attempt=attempt, result=result.value
    )
    record(called, actor=actor, at=at)
    stop_deadlines(called.subject, at=at, name=CALL_BY)
    state = after_attempt(result, attempts=attempt, most=row.hotline.callback_attempts)
    _settle(row, state, attempt, actor, at)
    return state


@in_one_transaction
def withdraw_callback(callback_id: int, *, reason: str, actor: Actor, at: datetime) -> None:
    """Withdraw a callback for a reason: a supervisor's doing, since it was promised."""
    why = one_line(reason, most=80)
    if not why:
        raise BadPromise(mark("Say in a word why."), field="reason")
    row = _held(callback_id, actor, also_closed=True)
    if not is_near(row.hotline.unit.path, actor.reach(INTERVENE)):
        authorise(actor, INTERVENE, within=row.hotline.unit.path)
    if row.state == State.WITHDRAWN.value:
        return
    if State(row.state) not in OPEN:
        raise _moved_on()
    _withdraw(row, why, None, actor, at)


@in_one_transaction
def withdraw_served(contact_id: int, *, at: datetime) -> int:
    """Withdraw the callbacks of a customer who has got through by themselves; return how many.

    Not what was promised in words, nor what they left a message about.
    """
    rows = models.Callback.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=models.Occasion.objects.filter(contact__in=same_customer(contact_id)).values(
            "callback"
        ),
        state__in=[one.value for one in OPEN],
        cause__in=[one.value for one in GOT_THROUGH],
    )
    settled = list(rows.order_by("pk"))
    for row in settled:
        _withdraw(row, "", contact_id, MACHINE, at)
    return len(settled)


@in_one_transaction
def breach_callback(callback_id: int, *, at: datetime) -> None:
    """Note that nobody had called when it was due ``at``; who called in time broke nothing."""
    row = models.Callback.objects.select_for_update(no_key=True).filter(pk=callback_id).first()
    if row is None or row.breached_at is not None:
        return
    if is_breached(at, row.first_attempt_at, row.closed_at):
        _change(row, breached_at=at)
        record(events.CallbackBreached(**about(row)), actor=MACHINE, at=at)


def _held(callback_id: int, actor: Actor, *, also_closed: bool = False) -> models.Callback:
    """Return a callback that the actor sees and may work on, held until the transaction ends."""
    callback(callback_id, actor=actor)
    authorise(actor, SERVE)
    rows = models.Callback.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("hotline__unit", "contact").get(pk=callback_id)
    if not also_closed and State(row.state) not in OPEN:
        raise _moved_on()
    return row


def _refuse_taken(row: models.Callback, actor: Actor, at: datetime) -> None:
    if is_taken(row.taken_by_id, row.taken_at, person=actor.person, at=at):
        raise TakenByOther(mark("Somebody else is calling just now."))


def _settle(row: models.Callback, state: State, attempt: int, actor: Actor, at: datetime) -> None:
    """Write down where the callback stands after a call."""
    pause = timedelta(seconds=row.hotline.callback_pause)
    is_over = state not in OPEN
    _change(
        row,
        state=state.value,
        attempts=attempt,
        first_attempt_at=row.first_attempt_at or at,
        next_at=None if is_over else at + pause,
        closed_at=at if is_over else None,
        taken_by_id=actor.person if is_over else None,
        taken_at=at if is_over else None,
    )
    if state is State.REACHED:
        record(events.CallbackReached(**about(row)), actor=actor, at=at)
    elif state is State.FAILED:
        record(events.CallbackFailed(**about(row), attempts=attempt), actor=actor, at=at)


def _withdraw(
    row: models.Callback, why: str, served: int | None, actor: Actor, at: datetime
) -> None:
    _change(row, state=State.WITHDRAWN.value, closed_at=at, close_reason=why, next_at=None)
    withdrawn = events.CallbackWithdrawn(**about(row), served=served)
    record(withdrawn, actor=actor, at=at)
    stop_deadlines(withdrawn.subject, at=at, name=CALL_BY)


def _change(row: models.Callback, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])


def _moved_on() -> NoLongerOpen:
    return NoLongerOpen(mark("This callback has moved on meanwhile."))

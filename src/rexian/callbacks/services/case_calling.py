"""Call on cases: take it on, say how a call ended, correct a number, give it up."""

from __future__ import annotations

from datetime import datetime, timedelta

from rexian.callbacks import events, models
from rexian.callbacks.domain.case_calls import (
    OPEN_CALLS,
    TO_CALL,
    AfterVain,
    BadCall,
    CallMovedOn,
    CallResult,
    CallRule,
    CallState,
    CallTaken,
    NotByHandler,
    OutOfHours,
    SurveyState,
    after_vain,
    is_call_breached,
)
from rexian.callbacks.domain.choosing import UNREACHED_MOVE
from rexian.callbacks.domain.lifecycle import is_taken
from rexian.callbacks.domain.windows import may_call, next_window
from rexian.callbacks.services.arranging import CASE_CALL_BY, start_call_clock
from rexian.callbacks.services.giving import about_call, handlers_of, held_call, zone_of
from rexian.callbacks.services.moving import go_on_without, rule_of
from rexian.callbacks.services.promising import MACHINE
from rexian.cases.domain.rights import CALL, SUPERVISE
from rexian.cases.services.called_back import tell_duty_leaders
from rexian.clockwork.services import stop_deadlines
from rexian.contacts.domain.numbers import read_number
from rexian.contacts.domain.words import one_line
from rexian.contacts.queries import is_near
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark


@in_one_transaction
def take_case_call(call_id: int, *, actor: Actor, at: datetime) -> None:
    """Take it on to call, so that nobody else does; a second time nothing happens.

    Raises ``CallTaken``, ``CallMovedOn``; ``NotByHandler`` for whoever handled one of its cases,
    ``OutOfHours`` at an hour in which the customer is not called.
    """
    call = held_call(call_id, actor)
    authorise(actor, CALL)
    if CallState(call.state) not in TO_CALL:
        raise moved_on()
    if actor.person in handlers_of(call):
        raise NotByHandler(mark("Somebody else than the handler asks how it went."))
    if not may_call(_windows(call), at, zone_of(call)):
        raise OutOfHours(mark("At this hour customers are not called."))
    if not is_near(call.home.path, actor.reach(SUPERVISE)):
        refuse_taken(call, actor, at)
    if call.taken_by_id == actor.person:
        return
    record(events.CaseCallTaken(**about_call(call), agent=actor.person or 0), actor=actor, at=at)
    change(call, taken_by_id=actor.person, taken_at=at, given_to_id=actor.person)


@in_one_transaction
def release_case_call(call_id: int, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - as all services
    """Let somebody else call; what is not one's own stays as it is."""
    call = held_call(call_id, actor)
    if call.taken_by_id is not None and call.taken_by_id == actor.person:
        change(call, taken_by_id=None, taken_at=None)


@in_one_transaction
def log_vain_call(
    call_id: int, *, result: CallResult, attempt: int, note: str = "", actor: Actor, at: datetime
) -> CallState:
    """Write down that a call reached nobody, with time and reason, and return what follows.

    ``attempt`` counts from 1: the same call told again is one, and of two people who called at once
    the second is told so by ``CallMovedOn``.
    """
    if result is CallResult.REACHED:
        raise BadCall(mark("Write down what the customer answered."), field="result")
    call = held_call(call_id, actor)
    if told_before(call, result, attempt, actor):
        return CallState(call.state)
    begin_attempt(call, result, attempt, note, actor=actor, at=at)
    following = _following(call, result)
    if following.state is CallState.FAILED:
        _fail(call, actor, at)
    else:
        _go_on(call, following, actor, at)
    return following.state


@in_one_transaction
def correct_number(call_id: int, *, number: str, actor: Actor, at: datetime) -> None:
    """Give a call the right number, so that it is made again; raises ``BadCall`` without one."""
    call = held_call(call_id, actor)
    authorise(actor, CALL)
    read = read_number(number)
    if CallState(call.state) not in OPEN_CALLS:
        raise moved_on()
    if read == call.number and CallState(call.state) is not CallState.NUMBER:
        return
    if read == call.number:
        raise BadCall(mark("This is the number that was wrong."), field="number")
    following = next_window(_windows(call), at, zone_of(call))
    state = CallState.TRIED if call.attempts else CallState.DUE
    change(call, number=read, state=state.value, next_at=following, taken_by_id=None, taken_at=None)
    record(events.NumberCorrected(**about_call(call)), actor=actor, at=at)


@in_one_transaction
def give_up_case_call(call_id: int, *, reason: str, actor: Actor, at: datetime) -> None:
    """Give a call up for a reason, as nobody can reach the customer: a supervisor's doing."""
    why = one_line(reason, most=200)
    if not why:
        raise BadCall(mark("Say in a word why."), field="reason")
    call = held_call(call_id, actor)
    if not is_near(call.home.path, actor.reach(SUPERVISE)):
        authorise(actor, SUPERVISE, within=call.home.path)
    if CallState(call.state) is CallState.FAILED:
        return
    if CallState(call.state) not in OPEN_CALLS:
        raise moved_on()
    call.close_reason = why
    _fail(call, actor, at)


@in_one_transaction
def breach_case_call(call_id: int, *, at: datetime) -> None:
    """Note that nobody had called by ``at``, when it was due; who had broke nothing."""
    call = held_call(call_id, MACHINE)
    if call.breached_at is not None or call.due_at != at:
        return
    if not is_call_breached(
        call.due_at, due_from=call.due_from, tried_at=call.tried_at, closed_at=call.closed_at
    ):
        return
    change(call, breached_at=at)
    record(events.CaseCallBreached(**about_call(call), soft=call.soft), actor=MACHINE, at=at)
    first = models.Survey.objects.filter(call=call, state=SurveyState.WANTED.value).first()
    if not call.soft and first is not None:
        tell_duty_leaders(first.case_id, what="callback-late", at=at)


def told_before(call: models.CaseCall, result: CallResult, attempt: int, actor: Actor) -> bool:
    """Tell whether the same person has told the same call already."""
    before = models.CaseAttempt.objects.filter(call=call, nth=attempt).first()
    return before is not None and (before.person_id, before.result) == (actor.person, result.value)


def begin_attempt(
    call: models.CaseCall,
    result: CallResult,
    attempt: int,
    note: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Write down a call that was made; the caller says what follows."""
    authorise(actor, CALL)
    if CallState(call.state) not in TO_CALL or attempt != call.attempts + 1:
        raise moved_on()
    if actor.person in handlers_of(call):
        raise NotByHandler(mark("Somebody else than the handler asks how it went."))
    refuse_taken(call, actor, at)
    models.CaseAttempt.objects.create(
        call=call,
        nth=attempt,
        person_id=actor.person,
        at=at,
        result=result.value,
        note=one_line(note, most=500),
    )
    called = events.CaseCallAttempted(
        **about_call(call), agent=actor.person, attempt=attempt, call_result=result.value
    )
    record(called, actor=actor, at=at)
    call.attempts, call.tried_at = attempt, at
    call.first_attempt_at = call.first_attempt_at or at
    asked = models.Survey.objects.filter(call=call, state=SurveyState.WANTED.value)
    asked.filter(called_at=None).update(called_at=at)


def close_call(call: models.CaseCall, state: CallState, *, by: int | None, at: datetime) -> None:
    """End a call, and stop its clock."""
    change(
        call,
        state=state.value,
        attempts=call.attempts,
        tried_at=call.tried_at,
        first_attempt_at=call.first_attempt_at,
        close_reason=call.close_reason,
        next_at=None,
        closed_at=at,
        taken_by_id=by,
        taken_at=at if by is not None else None,
    )
    stop_deadlines(f"case_call:{call.pk}", at=at, name=CASE_CALL_BY)


def change(call: models.CaseCall, **values: object) -> None:
    """Write columns of a call that is held, and count its version."""
    for name, value in values.items():
        setattr(call, name, value)
    call.version += 1
    call.save(update_fields=[*(one.removesuffix("_id") for one in values), "version"])


def refuse_taken(call: models.CaseCall, actor: Actor, at: datetime) -> None:
    """Raise ``CallTaken`` while somebody else is calling."""
    if is_taken(call.taken_by_id, call.taken_at, person=actor.person, at=at):
        raise CallTaken(mark("Somebody else is calling just now."))


def moved_on() -> CallMovedOn:
    """Return the error for a call that is over, or that somebody has made meanwhile."""
    return CallMovedOn(mark("This callback has moved on meanwhile."))


def _following(call: models.CaseCall, result: CallResult) -> AfterVain:
    spec = rule_of(call)
    rule = CallRule(
        attempts=spec.attempts if spec else 2,
        on_different_days=spec.on_different_days if spec else True,
        same_day=spec.same_day if spec else False,
        windows=_windows(call),
    )
    asked = models.Survey.objects.filter(call=call, state=SurveyState.WANTED.value)
    # What joined later has had no call before it joined.
    since = max(asked.values_list("since_at", flat=True), default=call.due_from)
    tried = models.CaseAttempt.objects.filter(call=call, at__gte=since).order_by("nth")
    return after_vain(
        result,
        rule,
        tried_at=list(tried.values_list("at", flat=True)),
        due_at=call.due_at,
        pause=timedelta(seconds=call.hotline.callback_pause),
        zone=zone_of(call),
    )


def _go_on(call: models.CaseCall, following: AfterVain, actor: Actor, at: datetime) -> None:
    """Have the call be made again later, or its number be found."""
    put_off = following.due_at is not None
    if following.due_at is not None:
        stop_deadlines(f"case_call:{call.pk}", at=at, name=CASE_CALL_BY)
        call.due_at, call.due_from = following.due_at, at + timedelta(microseconds=1)
    change(
        call,
        state=following.state.value,
        attempts=call.attempts,
        tried_at=call.tried_at,
        first_attempt_at=call.first_attempt_at,
        due_at=call.due_at,
        due_from=call.due_from,
        next_at=following.next_at,
        taken_by_id=None,
        taken_at=None,
    )
    if put_off:
        start_call_clock(call, at=at)
        told = events.CaseCallPutOff(**about_call(call), due_at=call.due_at.isoformat())
        record(told, actor=actor, at=at)


def _fail(call: models.CaseCall, actor: Actor, at: datetime) -> None:
    """Call nobody again, and have the cases go on without an answer."""
    close_call(call, CallState.FAILED, by=actor.person, at=at)
    failed = events.CaseCallFailed(**about_call(call), attempts=call.attempts)
    record(failed, actor=actor, at=at)
    asked = models.Survey.objects.filter(call=call, state=SurveyState.WANTED.value)
    for one in asked.order_by("case"):
        one.state = SurveyState.UNREACHED.value
        one.save(update_fields=["state"])
        go_on_without(one, call, UNREACHED_MOVE, actor=actor, at=at)


def _windows(call: models.CaseCall) -> tuple[str, ...]:
    return tuple(filter(None, call.windows.split(",")))

"""Arrange calls on cases that are done: which, by when, together with which others, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from rexian.callbacks import events, models
from rexian.callbacks.domain.case_calls import OPEN_CALLS, TO_CALL, CallState, SurveyState
from rexian.callbacks.domain.choosing import (
    SPARED_MOVE,
    SPARED_NAMES,
    Spared,
    fiscal_year,
    why_spared,
)
from rexian.callbacks.domain.credit import Credit, Handed, credited
from rexian.callbacks.domain.windows import next_window
from rexian.callbacks.services.giving import about_call, give, handlers_of
from rexian.callbacks.services.moving import waits_for_call
from rexian.callbacks.services.promising import MACHINE
from rexian.cases.queries import CasePage, CaseShown, case_page
from rexian.cases.queries.standards import calendar_of
from rexian.cases.services import Given, move_case
from rexian.clockwork.services import start_deadline, stop_deadlines
from rexian.contacts.queries import hotline
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.explanations import as_records
from rexian.kernel.calendar.instants import day_ends_at, local_day
from rexian.kernel.calendar.spans import NaturalTime
from rexian.kernel.calendar.sums import due_at as reckoned
from rexian.kernel.language import translate
from rexian.standard.domain.pack.casework import CallbackSpec

CASE_CALL_BY = "callbacks.case_call_by"
_DAY = timedelta(days=1)

_HOUSEHOLD = ("meter_no:", "customer_no:", "address:")
"""Keys of places where one household lives; a kilometre of a motorway is nobody's address."""


@dataclass(frozen=True, slots=True)
class _Done:
    """A case that is done, with what decides about calling its customer."""

    page: CasePage
    spec: CallbackSpec
    calendar: Calendar
    credit: Credit
    at: datetime

    @property
    def case(self) -> CaseShown:
        """The case itself."""
        return self.page.case

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its organisation."""
        return self.calendar.zone


@in_one_transaction
def ask_about_case(case_id: int, *, seq: int, at: datetime) -> int | None:
    """Have the customer of a case that was done by the move ``seq`` called; return the call's id.

    ``None`` where the flow asks for none, or this one is spared: then the case goes on without. A
    round that has been arranged for stays as it is.
    """
    page = case_page(case_id, actor=MACHINE)
    spec = page.standard.casework.callbacks.get(page.flow.spec.callback)
    if spec is None or not waits_for_call(page, spec):
        return None
    before = models.Survey.objects.filter(case=case_id, round=page.case.round).first()
    if before is not None and before.state != SurveyState.WITHDRAWN.value:
        return before.call_id
    line = hotline(page.case.hotline, actor=MACHINE)
    done = _Done(page, spec, calendar_of(line), _credit(page, seq), at)
    spared = _spared(done)
    if spared is not None:
        _spare(done, spared)
        return None
    try:
        with transaction.atomic():
            return _arrange(done).pk
    except IntegrityError:  # another case of the same customer was faster: it is one call
        return _arrange(done).pk


def _spared(done: _Done) -> Spared | None:
    case, standard = done.case, done.page.standard
    begins = str(standard.value("fiscal_year_start") or "")
    return why_spared(
        reference=case.reference,
        year=fiscal_year(done.at.astimezone(done.zone).date(), begins),
        share=done.spec.share,
        again=case.round > 1,
        customer_class=case.customer_class,
        calls_transient=done.spec.transient,
        wants_answer=case.wants_answer,
    )


def _spare(done: _Done, why: Spared) -> None:
    """Write down why the customer is not called, and have the case go on."""
    case = done.case
    _survey(done, None, state=SurveyState.SPARED.value, why=why.value)
    spared = events.CaseSpared(
        subject_id=case.id, organisation=case.organisation, round=case.round, spared=why.value
    )
    record(spared, actor=MACHINE, at=done.at)
    move = done.page.flow.moves.get(SPARED_MOVE)
    if move is not None and done.page.flow.is_from(move, case.state):
        given = Given(reason=translate(SPARED_NAMES[why], "zh-Hans"))
        move_case(
            case.id,
            move=SPARED_MOVE,
            given=given,
            version=case.version,
            actor=MACHINE,
            at=done.at,
        )


def _arrange(done: _Done) -> models.CaseCall:
    due_at, explanation = _due(done)
    call = _joined(done)
    if call is None:
        call = _new_call(done, due_at, explanation)
    elif due_at < call.due_at or done.case.urgent:
        _hasten(call, done, due_at, explanation)
    _survey(done, call, due_at=due_at)
    arranged = events.CaseCallArranged(
        **about_call(call), case=done.case.id, round=done.case.round, due_at=due_at.isoformat()
    )
    record(arranged, actor=MACHINE, at=done.at)
    give(call, besides=handlers_of(call), actor=MACHINE, at=done.at)
    return call


def _survey(done: _Done, call: models.CaseCall | None, **columns: Any) -> models.Survey:
    """Write what is asked on this round; one that was withdrawn before is asked anew."""
    case = done.case
    values = {
        "organisation_id": case.organisation,
        "call": call,
        "rule": done.spec.id,
        "share": done.spec.share,
        "state": SurveyState.WANTED.value,
        "home_id": case.home,
        "handler_id": done.credit.person,
        "unit_id": done.credit.unit or case.unit,
        "done_at": done.at,
        "since_at": done.at,
        "called_at": None,
        "why": "",
        **columns,
    }
    row, _ = models.Survey.objects.update_or_create(
        case_id=case.id, round=case.round, defaults=values
    )
    return row


def _joined(done: _Done) -> models.CaseCall | None:
    """Return the call that is to be made to the same customer or address already (GH-4.8)."""
    if not done.spec.merges:
        return None
    rows = models.CaseCall.objects.select_for_update(of=("self",), no_key=True).filter(
        home=done.case.home, state__in=[one.value for one in OPEN_CALLS]
    )
    found = rows.filter(joint_key=_joint_key(done)).exclude(joint_key="").order_by("pk").first()
    if found is None and (address := _address_key(done)):
        joint = rows.filter(address_key=address).exclude(joint_key="")
        found = joint.order_by("pk").first()
    return found


def _new_call(done: _Done, due_at: datetime, explanation: Mapping[str, Any]) -> models.CaseCall:
    case, spec = done.case, done.spec
    windows = () if case.urgent else tuple(spec.windows)
    call = models.CaseCall.objects.create(
        organisation_id=case.organisation,
        hotline_id=case.hotline,
        home_id=case.home,
        number=case.number,
        joint_key=_joint_key(done) if spec.merges else "",
        address_key=_address_key(done),
        state=CallState.DUE.value if case.number else CallState.NUMBER.value,
        urgent=case.urgent,
        rule=spec.id,
        standard=case.standard,
        windows=",".join(windows),
        soft=spec.soft,
        due_from=done.at,
        due_at=due_at,
        explanation=explanation,
        next_at=next_window(windows, done.at, done.zone),
    )
    start_call_clock(call, at=done.at)
    return call


def _hasten(
    call: models.CaseCall, done: _Done, due_at: datetime, explanation: Mapping[str, Any]
) -> None:
    """Have a call be made as early as the most pressing of its cases asks for."""
    case, spec = done.case, done.spec
    windows = () if case.urgent else tuple(spec.windows)
    call.urgent = call.urgent or case.urgent
    call.rule, call.standard, call.soft = spec.id, case.standard, spec.soft
    call.windows, call.explanation = ",".join(windows), dict(explanation)
    call.due_at, call.due_from = min(due_at, call.due_at), done.at
    if call.state in TO_CALL:
        call.next_at = next_window(windows, done.at, done.zone)
    call.version += 1
    call.save()
    stop_deadlines(f"case_call:{call.pk}", at=done.at, name=CASE_CALL_BY)
    start_call_clock(call, at=done.at)


def start_call_clock(call: models.CaseCall, *, at: datetime) -> None:
    """Have it noticed where nobody has called by the time it is due."""
    start_deadline(
        CASE_CALL_BY,
        subject=f"case_call:{call.pk}",
        due_at=call.due_at,
        organisation=call.organisation_id,
        data={"call": call.pk},
        explanation=call.explanation,
        at=at,
    )


def _due(done: _Done) -> tuple[datetime, dict[str, Any]]:
    """Return by when the customer is to be called, and how that was reached."""
    span = done.spec.within.span if done.spec.within else NaturalTime(_DAY)
    reached = reckoned(done.at, span, done.calendar)
    if reached.at <= done.at:  # done in the evening, when that day's afternoon is over
        tomorrow = day_ends_at(local_day(done.at, done.zone), done.zone)
        reached = reckoned(tomorrow, span, done.calendar)
    told = {
        "rule": done.spec.id,
        "clause": done.spec.clause,
        "steps": as_records(reached.explanation),
        "provisional": reached.provisional,
    }
    return reached.at, told


def _credit(page: CasePage, seq: int) -> Credit:
    moves = (
        Handed(one.seq, one.effect, one.person, one.data.get("person"), one.to_unit)
        for one in page.steps
        if one.kind in {"taken", "move"}
    )
    return credited(moves, done=seq)


def _joint_key(done: _Done) -> str:
    return f"number:{done.case.number}" if done.case.number else f"case:{done.case.id}"


def _address_key(done: _Done) -> str:
    key = done.case.place_key
    return key if key.startswith(_HOUSEHOLD) else ""

"""Call people in for a case: by a move of its flow or for a crew, and tell who hears of nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rexian.cases import events, models
from rexian.cases.domain.details import place_key
from rexian.cases.domain.helping import TOLD, BadHelper, Called
from rexian.cases.domain.moving import parts_of
from rexian.cases.domain.refusals import IllegalMove, NotTheirMove
from rexian.cases.domain.rights import HANDLE
from rexian.cases.queries.directory import helpers_by_id
from rexian.cases.queries.notifications import DISPATCHING, wait_of
from rexian.cases.services.alerting import alert
from rexian.cases.services.giving import Given
from rexian.cases.services.making import Making
from rexian.cases.services.moving import move_case
from rexian.cases.services.slips import see_that_it_is_enough
from rexian.cases.services.stepping import MACHINE, NewStep, about, add_step, held, save
from rexian.clockwork.services import start_deadline
from rexian.contacts.domain.numbers import read_number
from rexian.contacts.domain.words import one_line, request_name
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org.queries import people_by_id, units_by_id
from rexian.standard.domain.flows import OVER

UNTAKEN = "cases.help_untaken"
MOST_CALLED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was asked while somebody was being sent: only what the case does not know yet counts."""

    place_text: str = ""
    number: str = ""


@in_one_transaction
def dispatch_help(
    case_id: int,
    *,
    move: str,
    called: Sequence[Called],
    given: Given,
    learned: Learned,
    version: int,
    actor: Actor,
    at: datetime,
) -> int:
    """Make a move that dispatches, call in everybody at once, and return the step's number.

    Place and number are enough: raises ``LacksToDispatch`` for what the form of the case cannot do
    without, ``BadHelper`` for nobody, and what ``move_case`` raises.
    """
    making = Making.begin(case_id, actor=actor, at=at)
    before = making.made_before(given)
    if before is not None:
        return before
    spec = making.flow.moves.get(move)
    if spec is None or spec.does != "dispatch":
        raise IllegalMove(mark("There is no such move from where the case stands."), move=move)
    _see_that_there_are_some(called)
    _learn(making.row, learned)
    see_that_it_is_enough(making.row)
    seq = move_case(case_id, move=move, given=given, version=version, actor=actor, at=at)
    row = held(case_id)
    step = models.Step.objects.get(case=row, seq=seq)
    if step.kind == "move":  # else it waits for an approval, and nobody is called yet
        _call_in(row, called, step, actor=actor, at=at)
    return seq


@in_one_transaction
def call_crew(
    case_id: int, *, called: Sequence[Called], sent_as: str, actor: Actor, at: datetime
) -> int:
    """Call in a crew or a helper without a move of the flow; return the step's number.

    For whoever has the case, or dispatches. The same request again is the same call.
    """
    making = Making.begin(case_id, actor=actor, at=at)
    before = making.made_before(Given(sent_as=sent_as))
    if before is not None:
        return before
    if making.row.standing in OVER:
        raise IllegalMove(mark("This case is over."), move="call")
    if not actor.is_system and not DISPATCHING & parts_of(making.standing, actor):
        raise NotTheirMove(mark("This is for somebody else to do."), move="call")
    _see_that_there_are_some(called)
    return _call_in(making.row, called, None, actor=actor, at=at, sent_as=request_name(sent_as))


@in_one_transaction
def tell_untaken(notification_id: int, *, at: datetime) -> None:
    """Tell the dispatchers that nobody has taken a call; taken meanwhile, nothing happens."""
    case_id = (
        models.Notification.objects.filter(pk=notification_id, state=TOLD, alerted_at=None)
        .values_list("case", flat=True)
        .first()
    )
    if case_id is None:
        return
    row = held(case_id)
    waiting = models.Notification.objects.filter(pk=notification_id, state=TOLD, alerted_at=None)
    if row.standing in OVER or not waiting.update(alerted_at=at):
        return
    add_step(row, NewStep(kind="unanswered", data={"notification": notification_id}), at)
    save(row)
    tell_dispatchers(row, "unanswered", at)
    told = events.HelpUnanswered(**about(row), notification=notification_id)
    record(told, actor=MACHINE, at=at)


def tell_dispatchers(row: models.Case, what: str, at: datetime) -> None:
    """Put something up for those who have the case and who took it: at once, also at night."""
    for unit in {row.unit_id, row.home_id}:
        alert(row, what, unit=unit, right=HANDLE, at=at, told=at)


def _call_in(
    row: models.Case,
    called: Sequence[Called],
    step: models.Step | None,
    *,
    actor: Actor,
    at: datetime,
    sent_as: str = "",
) -> int:
    """Write down each call with its step, and have it be missed where nobody takes it."""
    wait, seq = wait_of(row.standard), 0
    for number, one in enumerate(_resolved(row, called)):
        made = models.Notification.objects.create(
            case=row,
            round=row.round,
            step=step,
            helper_id=one.called.helper,
            person_id=one.called.person,
            name=one.name,
            telephone=one.called.telephone,
            way=one.called.way.value,
            told_by_id=actor.person,
            state=TOLD,
            told_at=at,
        )
        told = {"notification": made.pk, "name": one.name, "way": made.way}
        name = sent_as if number == 0 else ""
        seq = seq or row.steps + 1
        add_step(row, NewStep(kind="notified", person=actor.person, data=told, sent_as=name), at)
        start_deadline(
            UNTAKEN,
            subject=f"notification:{made.pk}",
            due_at=at + wait,
            organisation=row.organisation_id,
            at=at,
            data={"notification": made.pk},
        )
        _record_call(row, made, actor, at)
    row.moved_at = at
    save(row, "moved_at")
    return seq


def _record_call(row: models.Case, made: models.Notification, actor: Actor, at: datetime) -> None:
    call = events.HelpCalled(
        **about(row),
        notification=made.pk,
        way=made.way,
        helper=made.helper_id,
        person=made.person_id,
    )
    record(call, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class _Resolved:
    """Somebody to be called, by the name and number that they have."""

    called: Called
    name: str


def _resolved(row: models.Case, called: Sequence[Called]) -> list[_Resolved]:
    """Return who is called with names and numbers; raise ``BadHelper`` for whom there is not."""
    ours = row.organisation_id
    helpers = helpers_by_id([one.helper for one in called if one.helper], organisation=ours)
    people = people_by_id([one.person for one in called if one.person], actor=MACHINE)
    units = units_by_id({one.unit for one in people.values()})
    found = []
    for one in called:
        helper, person = helpers.get(one.helper or 0), people.get(one.person or 0)
        number = one_line(one.telephone, most=30)
        if helper is not None and helper.retired_at is None and one.person is None:
            name, usual = helper.name, helper.telephone
        elif person is not None and not person.left_at and units[person.unit].organisation == ours:
            name, usual = person.name, person.extension
        else:
            raise BadHelper(mark("There is nobody like this to be called in."), field="called")
        found.append(_Resolved(replace(one, telephone=number or usual), name))
    return found


def _see_that_there_are_some(called: Sequence[Called]) -> None:
    if not called:
        raise BadHelper(mark("Choose who is called in."), field="called")
    if len(called) > MOST_CALLED:
        raise BadHelper(mark("At most {most} at once."), most=MOST_CALLED, field="called")


def _learn(row: models.Case, learned: Learned) -> None:
    """Fill in what the case does not know yet; what it knows stays."""
    changed = []
    if not row.place_text and learned.place_text.strip():
        row.place_text = one_line(learned.place_text, most=200)
        row.place_key = row.place_key or place_key(row.place, row.place_text)
        changed += ["place_text", "place_key"]
    if not row.number and learned.number.strip():
        row.number = read_number(learned.number)
        changed.append("number")
    if changed:
        row.save(update_fields=changed)

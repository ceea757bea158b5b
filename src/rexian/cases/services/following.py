"""Have the cases of one event go its way: one dispatch and one answer for all of them."""

from __future__ import annotations

from datetime import datetime

from rexian.cases import models
from rexian.cases.domain.moving import Asked, Decision
from rexian.cases.domain.standing import Unit
from rexian.cases.queries.lists import LIVE
from rexian.cases.queries.standards import calendar_of
from rexian.cases.services.clocks import Clocks
from rexian.cases.services.giving import Given
from rexian.cases.services.making import Making
from rexian.cases.services.stepping import MACHINE, end_part, hotline_of, note_party
from rexian.contacts.services.transactions import in_one_transaction

FOLLOWED = frozenset({
    "forward", "sign", "arbitrate", "dispatch", "start", "interim", "answer", "report", "resolve",
    "close", "pause", "resume",
})  # fmt: skip
"""What happens to an event happens to its cases; a way back, and whether one is satisfied, is each
one's own."""


@in_one_transaction
def follow_event(event_id: int, *, seq: int, entry: int, at: datetime) -> int:
    """Make the move that an event has made in each of its cases that can; return in how many.

    ``entry`` names the request: done already, it is not done again.
    """
    step = models.Step.objects.filter(case=event_id, seq=seq, kind="move").first()
    if step is None or step.effect not in FOLLOWED:
        return 0
    parts = models.Case.objects.filter(parent=event_id, standing__in=LIVE).order_by("pk")
    followed = (_follow(one, step, entry, at) for one in parts.values_list("pk", flat=True))
    return sum(followed)


def catch_up(making: Making, event: models.Case) -> None:
    """Bring a case to where its event stands already: its unit, its state, its running clocks."""
    row = making.row
    if row.flow != event.flow or row.state == event.state:
        return
    before, running = row.state, set(_running(event))
    making.drop_request(event.state)
    if row.unit_id != event.unit_id:
        end_part(row, row.unit_id, making.at)
        note_party(row, event.unit_id, "holder", making.at)
    row.unit_id, row.handler_id = event.unit_id, event.handler_id
    row.state, row.standing = event.state, event.standing
    row.answer, row.answered_at, row.resolved_at = (
        event.answer,
        event.answered_at,
        event.resolved_at,
    )
    clocks = Clocks.of(
        row,
        flow=making.flow,
        calendar=calendar_of(hotline_of(row)),
        actor=making.actor,
        at=making.at,
    )
    clocks.stop(one for one in clocks.running if one.clock not in running)
    clocks.follow(before, row.state)
    clocks.settle()


CAUGHT_UP = ("unit", "handler", "state", "standing", "answer", "answered_at", "resolved_at",
             "due_at", "work", "asked")  # fmt: skip
"""The columns that catching up changes."""


def _follow(case_id: int, step: models.Step, entry: int, at: datetime) -> bool:
    making = Making.begin(case_id, actor=MACHINE, at=at)
    move = making.flow.moves.get(step.move)
    given = Given(reason=step.reason, text=step.text, sent_as=f"event:{entry}")
    if making.made_before(given) or move is None or not making.flow.is_from(move, making.row.state):
        return False
    unit = Unit(step.to_unit_id, step.to_unit.path) if step.to_unit_id and step.to_unit else None
    goes = unit if unit is not None and unit.id != making.row.unit_id else None
    asked = Asked(reason=step.reason, text=step.text, unit=goes, person=step.person_id)
    decision = Decision(move, "machine", move.to or making.row.state)
    making.drop_request(decision.state)
    making.carry_out(decision, asked, given, event=step.case_id)
    return True


def _running(event: models.Case) -> list[str]:
    rows = models.Clock.objects.filter(case=event, stopped_at=None)
    return list(rows.values_list("clock", flat=True))

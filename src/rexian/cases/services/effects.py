"""What each effect of a move changes in a case; the vocabulary is closed, the flows are data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from rexian.cases import models
from rexian.cases.domain.moving import Asked
from rexian.cases.domain.refusals import Lacking, WrongUnit
from rexian.cases.domain.rights import HANDLE, SUPERVISE
from rexian.cases.services.alerting import alert
from rexian.cases.services.clocks import Clocks
from rexian.cases.services.stepping import end_part, note_party
from rexian.contacts.domain.words import several_lines
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.standard.domain.pack.casework import Effect, MoveSpec

_GIVEN_AWAY = frozenset({"forward", "arbitrate", "return", "escalate"})


@dataclass(frozen=True, slots=True)
class Move:
    """A move that is being made in a case that is held."""

    row: models.Case
    spec: MoveSpec
    asked: Asked
    clocks: Clocks
    actor: Actor
    at: datetime


Carried = set[str]
"""The columns of the case that an effect has changed."""


def _nothing(_: Move) -> Carried:
    return set()


def _forward(move: Move) -> Carried:
    """Give the case to another unit, where somebody is to sign for it."""
    if move.asked.unit is None:
        return set()
    return _give(move, move.asked.unit.id)


def _return(move: Move) -> Carried:
    """Give the case back to the unit that it came from; its clocks run on."""
    came = models.Step.objects.filter(
        case=move.row, kind="move", effect__in=_GIVEN_AWAY, to_unit=move.row.unit_id
    ).order_by("-seq")
    source = came.values_list("from_unit", flat=True).first()
    if source is None or source == move.row.unit_id:
        raise WrongUnit(mark("It came from no other unit."), field="unit")
    move.row.returned += 1
    return _give(move, source) | {"returned"}


def _give(move: Move, unit_id: int) -> Carried:
    row = move.row
    end_part(row, row.unit_id, move.at)
    row.unit_id, row.handler_id = unit_id, None
    note_party(row, unit_id, "holder", move.at)
    return {"unit", "handler"}


def _sign(move: Move) -> Carried:
    """Have the person who signs for it be the one who handles it; for an event, for all of it."""
    move.row.handler_id = move.asked.person if move.actor.is_system else move.actor.person
    return {"handler"}


def _reassign(move: Move) -> Carried:
    changed = _forward(move)
    if move.asked.person is not None:
        move.row.handler_id = move.asked.person
    elif not changed:
        raise Lacking(mark("Choose a person."), field="person")
    return changed | {"handler"}


def _assist(move: Move) -> Carried:
    """Ask another unit to assist; the one that has the case keeps leading (主办/协办)."""
    if move.asked.unit is None or move.asked.unit.id == move.row.unit_id:
        raise WrongUnit(mark("This unit has the case already."), field="unit")
    note_party(move.row, move.asked.unit.id, "assisting", move.at)
    return set()


def _assisted(move: Move) -> Carried:
    """Note that the units of whoever says so have done their part."""
    parties = models.Party.objects.filter(case=move.row, part="assisting").select_related("unit")
    for one in parties:
        if move.actor.may(HANDLE, one.unit.path):
            end_part(move.row, one.unit_id, move.at)
    return set()


def _extend(move: Move) -> Carried:
    """Give the running clock more time, from before it is due."""
    until, due = move.asked.due_at, move.clocks.first_due()
    if until is None or due is None:
        raise Lacking(mark("No clock runs that could be extended."), field="due_at")
    if due <= move.at:
        raise Lacking(mark("It is late already: time is given before it is due."), field="due_at")
    if until <= due:
        raise Lacking(mark("This is no later than it is due."), field="due_at")
    move.clocks.extend(until)
    return set()


def _answer(move: Move) -> Carried:
    move.row.answered_at = move.row.answered_at or move.at
    move.row.answer = several_lines(move.asked.text) or move.row.answer
    return {"answered_at", "answer"}


def _find(move: Move) -> Carried:
    found = move.asked.finding
    if found is None:
        raise Lacking(mark("Say what the investigation came to."), field="finding")
    move.row.finding, move.row.responsible = found.value, move.asked.responsible
    return {"finding", "responsible"}


def _reopen(move: Move) -> Carried:
    """Begin another round: answers and findings of the last stay in its steps.

    The unit that had it signs for it again; where the flow has it sent on instead, it is back with
    the house that took it.
    """
    row = move.row
    row.round += 1
    row.answered_at = row.resolved_at = row.closed_at = None
    row.finding, row.responsible, row.answer = "", None, ""
    away = row.unit_id != row.home_id and _is_sent_on(move)
    given = _give(move, row.home_id) if away else set()
    return given | {
        "round", "answered_at", "resolved_at", "closed_at", "finding", "responsible", "answer",
    }  # fmt: skip


def _is_sent_on(move: Move) -> bool:
    """Tell whether cases are sent on, and not signed for, from where a move leads."""
    does = {one.does for one in move.clocks.flow.moves_from(move.spec.to or move.row.state)}
    return "forward" in does and "sign" not in does


def _press(move: Move) -> Carried:
    """Press for the case (催办): counted, and told to the unit that has it."""
    row = move.row
    row.pressed += 1
    alert(row, "press", unit=row.unit_id, right=HANDLE, at=move.at, told=move.at)
    return {"pressed"}


def _add(move: Move) -> Carried:
    move.row.added += 1
    return {"added"}


def _escalate(move: Move) -> Carried:
    """Raise the case: to the unit that was chosen, else told to its supervisors and those above."""
    row = move.row
    if move.asked.unit is not None:
        return _give(move, move.asked.unit.id)
    for unit in {row.unit_id, row.unit.parent_id or row.unit_id}:
        alert(row, "escalate", unit=unit, right=SUPERVISE, at=move.at, told=move.at)
    return set()


def _reclass(move: Move) -> Carried:
    """Change the class of the case: its clocks are reckoned again."""
    classes = move.clocks.flow.spec.classes
    if move.asked.case_class not in classes:
        raise Lacking(mark("There is no such class of cases."), field="case_class")
    move.row.case_class = move.asked.case_class
    move.clocks.reckon_anew("reclassed")
    return {"case_class"}


EFFECTS: Mapping[Effect, Callable[[Move], Carried]] = {
    "forward": _forward,
    "sign": _sign,
    "return": _return,
    "arbitrate": _forward,
    "reassign": _reassign,
    "assist": _assist,
    "assisted": _assisted,
    "start": _nothing,
    "extend": _extend,
    "pause": _nothing,
    "resume": _nothing,
    "interim": _nothing,
    "answer": _answer,
    "find": _find,
    "report": _nothing,
    "resolve": _nothing,
    "reopen": _reopen,
    "confirm": _nothing,
    "close": _nothing,
    "void": _nothing,
    "press": _press,
    "add": _add,
    "withdraw": _nothing,
    "escalate": _escalate,
    "dispatch": _nothing,
    "reclass": _reclass,
}

"""Move a case by its flow, or ask for a move, approve it, refuse it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from rexian.cases import events
from rexian.cases.domain.moving import ALWAYS, Asked, Decision, decide, offers, parts_of
from rexian.cases.domain.refusals import (
    CaseMovedOn,
    IllegalMove,
    Lacking,
    NotTheirMove,
    WrongPerson,
)
from rexian.cases.services.giving import Given, as_json, from_json, read_given, told
from rexian.cases.services.making import Making
from rexian.cases.services.slips import see_that_it_is_enough
from rexian.cases.services.stepping import about, save
from rexian.contacts.domain.words import one_line, request_name, several_lines
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org.queries import signed_in
from rexian.standard.domain.pack.casework import MoveSpec


@in_one_transaction
def move_case(
    case_id: int, *, move: str, given: Given, version: int, actor: Actor, at: datetime
) -> int:
    """Make a move, or ask for it where somebody is to approve it; return the step's number.

    ``version`` is that of the case as the actor saw it: where it has moved on, ``CaseMovedOn``.
    Raises ``IllegalMove`` and its like for what may not be, ``Lacking`` for what is not given.
    """
    making = Making.begin(case_id, actor=actor, at=at)
    before = making.made_before(given)
    return make_move(making, move, given, version) if before is None else before


def make_move(making: Making, move: str, given: Given, version: int) -> int:
    """Make a move in a case that is held, or ask for it; return the step's number."""
    making.see_that_nobody_came_between(move, version)
    if making.standing.pending == move and making.flow.moves[move].does not in ALWAYS:
        raise IllegalMove(mark("This has been asked for already."), move=move)
    asked = read_given(making.row, given)
    decision = decide(
        move, asked, making.standing,
        flow=making.flow, casework=making.casework, actor=making.actor,
    )  # fmt: skip
    _see_that_it_can_be(making, decision.move, asked)
    if decision.is_request:
        return _ask(making, decision, given)
    return making.carry_out(decision, asked, given).seq


@in_one_transaction
def approve_move(case_id: int, *, version: int, text: str = "", actor: Actor, at: datetime) -> int:
    """Let happen what somebody has asked for, as they asked; return the step's number."""
    making = _to_approve(case_id, version, actor, at)
    row, move = making.row, making.flow.moves[making.standing.pending]
    given = from_json(row.asked["given"])
    asked = read_given(row, given)
    if asked.due_at is not None and asked.due_at <= at:
        raise Lacking(mark("The time that was asked for is over already."), field="due_at")
    approval = {
        "asked_by": row.asked.get("person"),
        "approved_by": actor.person,
        "approved_with": several_lines(text),
    }
    row.asked = {}
    decision = Decision(move, move.by[0], move.to or row.state)
    return making.carry_out(decision, asked, given, **approval).seq


@in_one_transaction
def refuse_move(case_id: int, *, version: int, reason: str, actor: Actor, at: datetime) -> int:
    """Refuse what somebody has asked for, with a reason; return the step's number."""
    making = _to_approve(case_id, version, actor, at)
    row, pending = making.row, making.standing.pending
    why = one_line(reason, most=500)
    if not why:
        raise Lacking(mark("Say why."), field="reason")
    row.asked, row.moved_at = {}, at
    step = making.step("refused", move=pending, reason=why)
    save(row, "asked", "moved_at")
    making.note(events.ApprovalRefused(**about(row), move=pending))
    return step.seq


def _see_that_it_can_be(making: Making, move: MoveSpec, asked: Asked) -> None:
    """Raise what a move lacks that is decided by more than the rules of its flow."""
    if asked.due_at is not None and asked.due_at <= making.at:
        raise Lacking(mark("The time that was named is over already."), field="due_at")
    if move.does == "reassign" and asked.person is not None:
        _see_that_they_may_handle(making, asked)
    if move.does == "forward" and making.row.case_type == "help":
        see_that_it_is_enough(making.row)  # an order goes out with what it needs (GH-5.5)


def _see_that_they_may_handle(making: Making, asked: Asked) -> None:
    """Raise ``WrongPerson`` for who handles no cases there: they would not even see it."""
    whom = signed_in(asked.person or 0)
    unit = asked.unit or making.standing.unit
    there = replace(making.standing, unit=unit)
    if whom is None or "holder" not in parts_of(there, whom.actor):
        raise WrongPerson(mark("This person handles no cases of the unit."), field="person")


def _ask(making: Making, decision: Decision, given: Given) -> int:
    """Write down what is asked for, until somebody approves or refuses it.

    Its form is filled in at once, so that whoever approves can read what they let go out.
    """
    row, move = making.row, decision.move
    if move.form:
        making.fill_in(move, given)
        given = replace(given, values=None, missing=None, signer="", signature="")
    row.asked = {
        "move": move.id,
        "person": making.actor.person,
        "at": making.at.isoformat(),
        "given": as_json(given),
    }
    row.moved_at = making.at
    step = making.step(
        "asked",
        move=move.id,
        effect=move.does,
        part=decision.part,
        reason=one_line(given.reason, most=500),
        text=several_lines(given.text),
        data=told(given),
        sent_as=request_name(given.sent_as),
    )
    save(row, "asked", "moved_at")
    making.note(events.ApprovalAsked(**about(row), move=move.id))
    return step.seq


def _to_approve(case_id: int, version: int, actor: Actor, at: datetime) -> Making:
    """Take hold of a case in which something waits for the actor's approval."""
    making = Making.begin(case_id, actor=actor, at=at)
    standing, flow = making.standing, making.flow
    if not standing.pending:
        raise CaseMovedOn(mark("Nothing waits for approval any more."))
    if not actor.is_system and not any(one.approves for one in offers(standing, flow, actor)):
        raise NotTheirMove(mark("This is for somebody else to do."), move=standing.pending)
    making.see_that_nobody_came_between(standing.pending, version)
    return making

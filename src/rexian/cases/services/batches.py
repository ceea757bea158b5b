"""Give many cases to somebody else in one step: each by the move that its own flow has for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rexian.cases import models
from rexian.cases.domain.moving import offers, parts_of
from rexian.cases.domain.refusals import BadBatch, IllegalMove, Lacking, WrongPerson
from rexian.cases.domain.rights import SUPERVISE
from rexian.cases.services.giving import Given
from rexian.cases.services.making import Making
from rexian.cases.services.moving import make_move
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.org.queries import UnitShown, signed_in, units_by_id
from rexian.standard.domain.pack.casework import Effect, MoveSpec

MOST = 200
"""So many cases at once: whoever gives more away has not looked at them."""

_TO_A_UNIT: tuple[Effect, ...] = ("forward", "arbitrate")

Outcome = Literal["done", "asked", "refused"]


@dataclass(frozen=True, slots=True)
class Reassigned:
    """What became of a case: it was given away, approval was asked for, or ``why`` it was not."""

    case: int
    outcome: Outcome
    why: RexianError | None = None


@dataclass(frozen=True, slots=True)
class _Goal:
    """To whom the cases go, and why; one of ``person`` and ``unit`` is there."""

    person: Actor | None
    unit: UnitShown | None
    reason: str
    sent_as: str

    def given(self, case_id: int) -> Given:
        """Return what is given with the move of one case; sent again it is the same step."""
        return Given(
            reason=self.reason,
            person=self.person.person if self.person else None,
            unit=self.unit.id if self.unit else None,
            sent_as=f"{self.sent_as}:{case_id}",
        )


def reassign_many(
    seen: Mapping[int, int],
    *,
    person: int | None = None,
    unit: int | None = None,
    reason: str,
    sent_as: str,
    actor: Actor,
    at: datetime,
) -> tuple[Reassigned, ...]:
    """Give cases to a person, or send them to a unit; tell of each what became of it.

    ``seen`` are their ids with the versions that were seen. Each case is a transaction of its own:
    it is given away whole, or stays as it was with the reason why. Raises ``BadBatch`` and
    ``Lacking`` for what makes no sense for any of them; then nothing is done.
    """
    authorise(actor, SUPERVISE)
    goal = _goal(person, unit, reason, sent_as, actor)
    if not seen:
        raise BadBatch(mark("Tick at least one case."), field="case")
    if len(seen) > MOST:
        raise BadBatch(mark("No more than {most} cases at once."), field="case", most=MOST)
    return tuple(_tried(case_id, version, goal, actor, at) for case_id, version in seen.items())


def _tried(case_id: int, version: int, goal: _Goal, actor: Actor, at: datetime) -> Reassigned:
    try:
        return Reassigned(case_id, _give(case_id, version, goal, actor=actor, at=at))
    except RexianError as why:
        return Reassigned(case_id, "refused", why)


@in_one_transaction
def _give(case_id: int, version: int, goal: _Goal, *, actor: Actor, at: datetime) -> Outcome:
    """Make the move that gives one case away, or ask for it where it is to be approved."""
    making = Making.begin(case_id, actor=actor, at=at)
    given = goal.given(case_id)
    seq = making.made_before(given)
    if seq is None:
        move = _move_to(goal, making)
        seq = make_move(making, move.id, given, version)
    step = models.Step.objects.get(case=case_id, seq=seq)
    return "asked" if step.kind == "asked" else "done"


def _goal(person: int | None, unit: int | None, reason: str, sent_as: str, actor: Actor) -> _Goal:
    """Return to whom the cases go; raise for nobody, for both, and for whom there is not."""
    if (person is None) == (unit is None):
        raise BadBatch(mark("Choose a person or a unit, one of both."), field="person")
    if not sent_as:
        raise BadBatch(mark("The request has no name."), field="sent_as")
    whom = signed_in(person) if person is not None else None
    if person is not None and (whom is None or whom.organisation_id != actor.organisation):
        raise Lacking(mark("There is no such person."), field="person")
    where = units_by_id([unit]).get(unit) if unit is not None else None
    if unit is not None and (where is None or where.organisation != actor.organisation):
        raise Lacking(mark("There is no such unit."), field="unit")
    return _Goal(whom.actor if whom else None, where, reason, sent_as)


def _move_to(goal: _Goal, making: Making) -> MoveSpec:
    """Return the move by which a case goes there; where it is not offered, moving it says why."""
    effects: tuple[Effect, ...] = ("reassign",) if goal.person else _TO_A_UNIT
    flow, standing = making.flow, making.standing
    possible = () if standing.is_merged else flow.moves_from(standing.state)
    known = [one for one in possible if one.does in effects]
    if not known:
        raise IllegalMove(mark("There is no such move from where the case stands."))
    if goal.person is not None:
        _see_that_they_may_handle(making, goal.person)
    offered = {one.move.id for one in offers(standing, flow, making.actor) if not one.approves}
    tier = goal.unit.tier if goal.unit else ""

    def fitness(move: MoveSpec) -> tuple[bool, bool, bool]:
        fits = making.casework.is_of_tier(tier, move.to_tier)
        return move.id in offered, fits, not move.form  # nobody fills in a form for many at once

    return max(known, key=fitness)


def _see_that_they_may_handle(making: Making, whom: Actor) -> None:
    if whom.person == making.row.handler_id:
        raise WrongPerson(mark("This person has the case already."), field="person")
    if "holder" not in parts_of(making.standing, whom):
        raise WrongPerson(mark("This person handles no cases of the unit."), field="person")

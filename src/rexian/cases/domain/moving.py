"""Which moves a case has, for whom, and what a move that is asked for comes to.

A page shows what ``offers`` returns and nothing else; a service lets through what ``decide`` lets
through, by the same rules, so that nobody is shown a move that would be refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rexian.cases.domain import rights
from rexian.cases.domain.refusals import (
    ApprovalPending,
    IllegalMove,
    Lacking,
    NeedsSecondPerson,
    NotTheirMove,
    TooOften,
    TooSoon,
    WrongUnit,
)
from rexian.cases.domain.standing import CaseStanding, Finding, Unit
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Refused
from rexian.kernel.language import mark
from rexian.standard.domain.flows import OVER, Casework, Flow
from rexian.standard.domain.pack.casework import MoveSpec, Need, Part

ALWAYS = frozenset({"press", "add", "interim"})
"""Effects that may happen while an approval is pending: they decide nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody gives with a move; ``values`` are the answers of its form."""

    reason: str = ""
    text: str = ""
    unit: Unit | None = None
    person: int | None = None
    due_at: datetime | None = None
    finding: Finding | None = None
    responsible: bool | None = None
    case_class: str = ""
    files: tuple[int, ...] = ()
    signature: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that somebody may make now; ``approves`` one that somebody else has asked for."""

    move: MoveSpec
    part: Part
    approves: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a case by a move: ``state`` is where it stands then.

    ``is_request``: nothing but that somebody is to approve it.
    """

    move: MoveSpec
    part: Part
    state: str
    is_request: bool = False


def is_customer(actor: Actor) -> bool:
    """Tell whether this is whoever has shown the key of a case, and nobody of the house."""
    return actor.code == "customer" and actor.person is None


def parts_of(standing: CaseStanding, actor: Actor) -> frozenset[Part]:
    """Return the parts that an actor has in a case."""
    if actor.is_system:
        return frozenset({"machine"})
    if is_customer(actor):
        return frozenset({"customer"})
    held = {part for part, has in _HELD.items() if has(standing, actor)}
    if "callback" in held and actor.person is not None and actor.person == standing.handler:
        held.discard("callback")  # a different person than the handler asks how it went
    return frozenset(held)


def offers(standing: CaseStanding, flow: Flow, actor: Actor) -> tuple[Offer, ...]:
    """Return the moves that an actor may make now, in the order of the flow."""
    parts = parts_of(standing, actor)
    found = []
    for move in () if standing.is_merged else flow.moves_from(standing.state):
        if move.does == "reclass" and not flow.spec.classes:
            continue
        offer = _offer(move, standing, flow, parts, actor)
        if offer is not None:
            found.append(offer)
    return tuple(found)


def decide(
    move_id: str,
    asked: Asked,
    standing: CaseStanding,
    *,
    flow: Flow,
    casework: Casework,
    actor: Actor,
) -> Decision:
    """Return what a move comes to, or raise the reason why it may not be made.

    A move that needs an approval is only asked for, unless the actor may give it.
    """
    move = None if standing.is_merged else flow.moves.get(move_id)
    if move is None or not flow.is_from(move, standing.state):
        raise IllegalMove(mark("There is no such move from where the case stands."), move=move_id)
    part = _part(move, standing, parts_of(standing, actor))
    see_that_it_may(move, standing, flow, person=actor.person)
    _see_that_it_has_all(move, asked)
    if asked.unit is not None:
        _see_that_it_goes_there(move, asked.unit, standing, casework)
    is_request = _wants_approval(move, standing, actor)
    return Decision(
        move, part, standing.state if is_request else move.to or standing.state, is_request
    )


def see_that_it_may(
    move: MoveSpec, standing: CaseStanding, flow: Flow, *, person: int | None
) -> None:
    """Raise why a move may not be made now, whoever has which part."""
    if standing.pending and move.does not in ALWAYS and flow.standing(standing.state) not in OVER:
        raise ApprovalPending(mark("An approval is pending: it is given or refused first."))
    if move.most is not None and standing.times(move.id) >= move.most:
        raise TooOften(mark("This has been done {times} times already."), times=move.most)
    if move.after and not any(standing.times(one) or one == "taken" for one in move.after):
        raise TooSoon(mark("Something else has to be done first."), after=move.after[0])
    if person is not None and any(person in standing.makers(one) for one in move.not_by):
        raise NeedsSecondPerson(mark("A second person has to do this."), not_by=move.not_by[0])


def sees(standing: CaseStanding, actor: Actor, others: tuple[str, ...] = ()) -> bool:
    """Tell whether an actor may see a case; ``others`` are the paths of units that had it."""
    if actor.is_system:
        return True
    if actor.person is not None and actor.person == standing.taken_by:
        return True
    if has_at_home(standing, actor, rights.SEE):
        return True
    paths = (standing.unit.path, *standing.assisting.values(), *others)
    return any(actor.may(rights.SEE, one) for one in paths)


def has_at_home(standing: CaseStanding, actor: Actor, right: str) -> bool:
    """Tell whether an actor has a right where the case was taken, or in a team of that house."""
    return is_at_home(standing.home.path, actor, right)


def is_at_home(home: str, actor: Actor, right: str) -> bool:
    """Tell whether an actor has a right in the unit at ``home``, or in a team of that house.

    Of the house is who may know its customers: a station below the unit of a hotline is not.
    """
    reach = actor.reach(right)
    if any(home.startswith(one) for one in reach):
        return True
    teams = actor.reach(rights.IDENTIFY)
    return any(one.startswith(home) and one in teams for one in reach)


def _has_where_it_is(standing: CaseStanding, actor: Actor, right: str) -> bool:
    """Tell whether an actor has a right in the unit that has the case; teams are of their house."""
    if standing.unit.id == standing.home.id:
        return has_at_home(standing, actor, right)
    return actor.may(right, standing.unit.path)


def _offer(
    move: MoveSpec,
    standing: CaseStanding,
    flow: Flow,
    parts: frozenset[Part],
    actor: Actor,
) -> Offer | None:
    if standing.pending == move.id:
        may = move.approved_by in parts and actor.person != standing.asked_by
        return Offer(move, move.approved_by, approves=True) if may and move.approved_by else None
    try:
        part = _part(move, standing, parts)
        see_that_it_may(move, standing, flow, person=actor.person)
    except Refused:
        return None
    return Offer(move, part)


def _part(move: MoveSpec, standing: CaseStanding, parts: frozenset[Part]) -> Part:
    """Return by which part a move is somebody's; the machine makes those that are its own."""
    for one in move.by:
        if one in parts and (one != "handler" or standing.handler is not None):
            return one
    if "handler" in move.by and standing.handler is None and "holder" in parts:
        return "holder"
    raise NotTheirMove(mark("This is for somebody else to do."), move=move.id)


def _see_that_it_has_all(move: MoveSpec, asked: Asked) -> None:
    for need in move.needs:
        if not _GIVEN[need](asked):
            raise Lacking(LACKING[need], needs=need, field=need)


def _see_that_it_goes_there(
    move: MoveSpec, unit: Unit, standing: CaseStanding, casework: Casework
) -> None:
    if unit.is_closed or not casework.is_of_tier(unit.tier, move.to_tier):
        raise WrongUnit(mark("This does not go to such a unit."), field="unit")
    if move.does in _ELSEWHERE and unit.id == standing.unit.id:
        raise WrongUnit(mark("This unit has the case already."), field="unit")


def _wants_approval(move: MoveSpec, standing: CaseStanding, actor: Actor) -> bool:
    if move.approved_by is None or actor.is_system:
        return False
    return move.approved_by not in parts_of(standing, actor)


_ELSEWHERE = frozenset({"forward", "arbitrate"})

_GIVEN: Mapping[Need, Callable[[Asked], object]] = {
    "reason": lambda asked: asked.reason.strip(),
    "text": lambda asked: asked.text.strip(),
    "unit": lambda asked: asked.unit,
    "person": lambda asked: asked.person,
    "due": lambda asked: asked.due_at,
    "finding": lambda asked: asked.finding,
    "file": lambda asked: asked.files,
    "signature": lambda asked: asked.signature,
    "class": lambda asked: asked.case_class,
}

_HELD: Mapping[Part, Callable[[CaseStanding, Actor], bool]] = {
    "agent": lambda _, actor: actor.may(rights.TAKE),
    "taker": lambda case, actor: actor.person is not None and actor.person == case.taken_by,
    "home": lambda case, actor: (
        has_at_home(case, actor, rights.DISPATCH) or has_at_home(case, actor, rights.HANDLE)
    ),
    "holder": lambda case, actor: _has_where_it_is(case, actor, rights.HANDLE),
    "handler": lambda case, actor: actor.person is not None and actor.person == case.handler,
    "assisting": lambda case, actor: any(
        actor.may(rights.HANDLE, one) for one in case.assisting.values()
    ),
    "dispatcher": lambda case, actor: (
        has_at_home(case, actor, rights.DISPATCH) or actor.may(rights.DISPATCH, case.unit.path)
    ),
    "supervisor": lambda case, actor: _has_where_it_is(case, actor, rights.SUPERVISE),
    "arbiter": lambda case, actor: actor.may(rights.SUPERVISE, case.home.path),
    "callback": lambda case, actor: has_at_home(case, actor, rights.CALL),
}


LACKING: Mapping[Need, str] = {
    "reason": mark("Say why."),
    "text": mark("Say it in words."),
    "unit": mark("Choose a unit."),
    "person": mark("Choose a person."),
    "due": mark("Say until when."),
    "finding": mark("Say what the investigation came to."),
    "file": mark("Attach the proof."),
    "signature": mark("Sign it."),
    "class": mark("Say whether it is simple or complex."),
}

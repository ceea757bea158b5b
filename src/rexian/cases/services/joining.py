"""Bring cases together and apart: the same case twice, two in one, thirty callers of one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime

from rexian.cases import events, models
from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.moving import has_at_home
from rexian.cases.domain.refusals import IllegalMove, Lacking, NotTheirMove
from rexian.cases.domain.rights import DISPATCH, SUPERVISE, TAKE
from rexian.cases.domain.standing import Source
from rexian.cases.queries.standards import calendar_of
from rexian.cases.services.clocks import Clocks
from rexian.cases.services.following import CAUGHT_UP, catch_up
from rexian.cases.services.indexing import index_case
from rexian.cases.services.making import Making
from rexian.cases.services.stepping import about, hotline_of, save
from rexian.cases.services.taking import take_case
from rexian.contacts.domain.words import one_line
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.standard.domain.flows import OVER

_KEPT = frozenset(one.name for one in fields(CaseDetails)) & {
    "customer_class", "name", "form_of_address", "number", "place", "place_text", "contact",
    "hides_customer", "wants_answer",
}  # fmt: skip


@in_one_transaction
def merge_case(case_id: int, *, into: int, reason: str, actor: Actor, at: datetime) -> int:
    """Have a case go on as another one; nothing of it is lost, and its clocks stop.

    The other keeps its own clocks, so that merging wins no time; what had been breached stays so.
    Returns the number of the step.
    """
    first, second = _both(case_id, into, actor, at)
    row, other = first.row, second.row
    if row.merged_into_id == other.pk:
        return row.steps
    _see_that_it_may(first, reason)
    if other.standing in OVER or other.merged_into_id is not None:
        raise IllegalMove(mark("The other case is over: nothing can go on there."), move="merge")
    if row.hotline_id != other.hotline_id:
        raise IllegalMove(mark("This is a case of another hotline."), move="merge")
    if models.Case.objects.filter(parent=row).exists():
        raise IllegalMove(mark("An event goes on by itself: its cases are parts of it."),
                          move="merge")  # fmt: skip
    why = one_line(reason, most=500)
    calendar = calendar_of(hotline_of(row))
    clocks = Clocks.of(row, flow=first.flow, calendar=calendar, actor=actor, at=at)
    clocks.stop(list(clocks.running))
    clocks.settle()
    row.merged_into, row.standing, row.closed_at = other, "void", at
    row.moved_at, row.asked = at, {}
    other.moved_at = at
    step = first.step("merged", reason=why, data={"into": other.pk})
    second.step("merged", reason=why, data={"from": row.pk}, text=row.matter)
    models.File.objects.filter(case=row, step=None).update(case=other)
    other.added += 1
    other.breached_at = min(filter(None, (row.breached_at, other.breached_at)), default=None)
    save(row, "merged_into", "standing", "closed_at", "due_at", "work", "moved_at", "asked")
    save(other, "added", "breached_at", "moved_at")
    index_case(other)
    first.note(events.CaseMerged(**about(row), into=other.pk))
    return step.seq


@in_one_transaction
def split_case(
    case_id: int, *, parts: Mapping[str, str], sent_as: str, actor: Actor, at: datetime
) -> int:
    """Take what is another matter out of a case as one of its own; return the new case's id.

    ``parts`` has its ``matter`` and ``category``, and a ``title`` where it has one. The same
    request again is the same case.
    """
    making = Making.begin(case_id, actor=actor, at=at)
    row = making.row
    _see_that_it_may(making, "split")
    given = {name: getattr(row, _COLUMN.get(name, name)) for name in _KEPT}
    details = replace(
        CaseDetails(**given),
        source=Source(row.source) if row.source != Source.OUTSIDE.value else Source.PERSON,
        sent_as=f"split:{case_id}:{sent_as}"[:80] if sent_as else "",
        category=parts.get("category", ""),
        title=parts.get("title", ""),
        matter=parts.get("matter", ""),
        split_from=row.pk,
        parent=row.parent_id,
    )
    made = take_case(hotline_of(row).code, details=details, actor=actor, at=at)
    if not models.Step.objects.filter(case=row, kind="split", data__into=made).exists():
        making.step("split", data={"into": made})
        save(row)
    return made


@in_one_transaction
def join_event(case_id: int, *, parent: int, actor: Actor, at: datetime) -> int:
    """Make a case part of an event: one dispatch and one answer for all (one accident, one outage).

    Joined already, nothing changes. Returns the number of the step.
    """
    first, second = _both(case_id, parent, actor, at)
    row, event = first.row, second.row
    if row.parent_id == event.pk:
        return row.steps
    _see_that_it_may(first, "joined")
    if event.parent_id is not None or models.Case.objects.filter(parent=row).exists():
        raise IllegalMove(mark("An event is not part of another event."), move="join")
    if row.hotline_id != event.hotline_id or event.standing in OVER:
        raise IllegalMove(mark("This event is over, or another hotline's."), move="join")
    catch_up(first, event)
    return _joined(first, event.pk, *CAUGHT_UP)


@in_one_transaction
def leave_event(case_id: int, *, actor: Actor, at: datetime) -> int:
    """Have a case stand by itself again."""
    making = Making.begin(case_id, actor=actor, at=at)
    if making.row.parent_id is None:
        return making.row.steps
    _see_that_it_may(making, "left")
    return _joined(making, None)


def _joined(making: Making, parent: int | None, *changed: str) -> int:
    row = making.row
    row.parent_id, row.moved_at = parent, making.at
    step = making.step("joined", data={"parent": parent})
    save(row, *changed, "parent", "moved_at")
    making.note(events.CaseJoined(**about(row), parent=parent))
    return step.seq


def _both(case_id: int, other_id: int, actor: Actor, at: datetime) -> tuple[Making, Making]:
    """Take hold of two cases in the order in which everybody does."""
    if case_id == other_id:
        raise IllegalMove(mark("This is the same case."), move="merge")
    held = {one: Making.begin(one, actor=actor, at=at) for one in sorted((case_id, other_id))}
    return held[case_id], held[other_id]


def _see_that_it_may(making: Making, reason: str) -> None:
    """Let whoever took it, dispatches or supervises it bring it together with another."""
    standing, actor = making.standing, making.actor
    rights = (TAKE, DISPATCH, SUPERVISE)
    if not actor.is_system and not any(has_at_home(standing, actor, one) for one in rights):
        raise NotTheirMove(mark("This is for somebody else to do."), move="merge")
    if making.row.standing in OVER:
        raise IllegalMove(mark("This case is over."), move="merge")
    if not reason.strip():
        raise Lacking(mark("Say why."), field="reason")


_COLUMN = {"contact": "contact_id"}

"""Keep filters of the list of cases under a name: one's own, and those of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rexian.cases import events, models
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.domain.rights import SEE, SUPERVISE
from rexian.cases.domain.views import LONGEST_NAME, MOST, BadView, ViewChanged, keepable_filter
from rexian.cases.queries.views import is_theirs, shown_to
from rexian.contacts.domain.words import keepable, one_line
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, RightMissing, authorise, belongs
from rexian.kernel.language import mark
from rexian.org.queries import units_by_id


@in_one_transaction
def save_view(
    *, name: str, filter_by: Mapping[str, str], unit: int | None = None, actor: Actor, at: datetime
) -> int:
    """Keep a filter under a name, for oneself or for a ``unit``, and return its id.

    One of the same name has this filter from then on. A unit's views are made by whoever
    supervises there.
    """
    person, organisation = _person(actor)
    called, kept = _called(name), keepable(keepable_filter(filter_by))
    if unit is not None:
        _see_that_they_may_share(unit, actor)
    whose: dict[str, int | None] = {"unit_id": unit} | ({} if unit else {"person_id": person})
    if models.View.objects.filter(**whose).exclude(name=called).count() >= MOST:
        raise BadView(mark("There are {most} views already: delete one first."), most=MOST)
    new = {"filter": kept, "person_id": person, "organisation_id": organisation}
    rows = models.View.objects.select_for_update(no_key=True, of=("self",))
    row, is_new = rows.get_or_create(name=called, **whose, defaults=new)
    if is_new or row.filter != kept:
        row.filter, row.version = kept, row.version + (not is_new)
        row.save(update_fields=["filter", "version"])
        filters = tuple(sorted(kept))
        record(events.ViewSaved(**_about(row), filters=filters), actor=actor, at=at)
    return row.pk


@in_one_transaction
def rename_view(view_id: int, *, name: str, version: int, actor: Actor, at: datetime) -> None:
    """Call a view otherwise; the one that was seen, or ``ViewChanged``."""
    row = _theirs(view_id, actor)
    called = _called(name)
    if row.version != version:
        raise ViewChanged(mark("Somebody has changed this view meanwhile: look again."))
    if row.name == called:
        return
    others = models.View.objects.filter(unit=row.unit_id, name=called)
    if (others if row.unit_id else others.filter(person=row.person_id)).exists():
        raise BadView(mark("There is a view of this name already."), field="name")
    row.name, row.version = called, row.version + 1
    row.save(update_fields=["name", "version"])
    record(events.ViewRenamed(**_about(row)), actor=actor, at=at)


@in_one_transaction
def remove_view(view_id: int, *, actor: Actor, at: datetime) -> None:
    """Delete a view; the list opens with everything for those for whom it opened with it."""
    row = _theirs(view_id, actor)
    removed = events.ViewRemoved(**_about(row))
    row.delete()
    record(removed, actor=actor, at=at)


@in_one_transaction
def open_with_view(view_id: int, *, actor: Actor, at: datetime) -> None:
    """Have the list of cases open with a view for oneself; said again it changes nothing."""
    row = _held(view_id, actor)
    person, _ = _person(actor)
    if row.opens_for.filter(pk=person).exists():
        return
    _open_with_none(person)
    row.opens_for.add(person)
    record(events.DefaultViewChosen(**_about(row)), actor=actor, at=at)


@in_one_transaction
def open_with_everything(*, actor: Actor, at: datetime) -> None:
    """Have the list of cases open with everything again for oneself."""
    person, _ = _person(actor)
    row = _open_with_none(person)
    if row is not None:
        record(events.DefaultViewDropped(**_about(row)), actor=actor, at=at)


def _person(actor: Actor) -> tuple[int, int]:
    """Return who it is, of which organisation; the machine and who sees no cases have no views."""
    authorise(actor, SEE)
    if actor.person is None or actor.organisation is None:
        raise RightMissing(mark("Your roles do not give you the right to do this."), right=SEE)
    return actor.person, actor.organisation


def _called(name: str) -> str:
    called = one_line(name, most=LONGEST_NAME)
    if not any(one.isprintable() for one in called):
        raise BadView(mark("Give the view a name."), field="name")
    return called


def _see_that_they_may_share(unit_id: int, actor: Actor) -> None:
    unit = units_by_id([unit_id]).get(unit_id)
    belongs(actor, unit.organisation if unit else -1, code=f"unit:{unit_id}")
    if unit is None or unit.closed_at is not None:
        raise BadView(mark("There is no such unit."), field="unit")
    authorise(actor, SUPERVISE, within=unit.path)


def _held(view_id: int, actor: Actor) -> models.View:
    """Return a view that the actor sees, and that nobody else changes meanwhile."""
    rows = models.View.objects.select_related("unit").filter(shown_to(actor), pk=view_id)
    row = rows.select_for_update(no_key=True, of=("self",)).first()
    if row is None:
        raise nothing_there(f"view:{view_id}")
    return row


def _theirs(view_id: int, actor: Actor) -> models.View:
    row = _held(view_id, actor)
    if not is_theirs(row, actor):
        right = SUPERVISE
        raise RightMissing(mark("Your roles do not give you the right to do this."), right=right)
    return row


def _open_with_none(person: int) -> models.View | None:
    """Have the list open with no view for somebody; return the one that it opened with."""
    row = models.View.objects.filter(opens_for=person).first()
    if row is not None:
        row.opens_for.remove(person)
    return row


def _about(row: models.View) -> dict[str, Any]:
    return {"subject_id": row.pk, "organisation": row.organisation_id, "unit": row.unit_id}

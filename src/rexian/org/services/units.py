"""Grow, prune and rearrange the tree of units."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org import events, models
from rexian.org.domain.people import UnitDetails, checked_unit
from rexian.org.domain.refusals import CircularMove, Taken, UnitInUse
from rexian.org.domain.tree import moved, path_below, refuse_circle
from rexian.org.services.loading import change_row, hold_organisation, managed_unit


@transaction.atomic
def open_unit(parent_id: int, *, details: UnitDetails, actor: Actor, at: datetime) -> int:
    """Open a unit below another, and return its id."""
    details = checked_unit(details)
    hold_organisation(managed_unit(parent_id, actor=actor).organisation_id)
    parent = managed_unit(parent_id, actor=actor)  # again: it may have moved until it was held
    try:
        with transaction.atomic():
            unit = models.Unit.objects.create(
                organisation_id=parent.organisation_id,
                parent=parent,
                tier=details.tier,
                code=details.code,
                name=details.name,
                opened_at=at,
            )
    except IntegrityError:
        raise _taken(details.code) from None
    models.Unit.objects.filter(pk=unit.pk).update(path=path_below(parent.path, unit.pk))
    told = events.UnitOpened(
        subject_id=unit.pk, organisation=parent.organisation_id, parent=parent.pk
    )
    record(told, actor=actor, at=at)
    return unit.pk


@transaction.atomic
def change_unit(
    unit_id: int, *, details: UnitDetails, version: int, actor: Actor, at: datetime
) -> None:
    """Give a unit another code, name or tier; what stays as it was is no change."""
    unit = managed_unit(unit_id, actor=actor)
    details = checked_unit(details)
    wanted = {"code": details.code, "name": details.name, "tier": details.tier}
    changed = tuple(sorted(name for name in wanted if wanted[name] != getattr(unit, name)))
    if not changed:
        return
    try:
        with transaction.atomic():
            rows = models.Unit.objects.filter(pk=unit_id, closed_at=None)
            change_row(rows, version=version, **wanted)
    except IntegrityError:
        raise _taken(details.code) from None
    told = events.UnitChanged(
        subject_id=unit_id, organisation=unit.organisation_id, changed=changed
    )
    record(told, actor=actor, at=at)


@transaction.atomic
def move_unit(unit_id: int, *, parent_id: int, actor: Actor, at: datetime) -> None:
    """Move a unit, with all below it, below another one; the actor manages both.

    The paths of the whole subtree are written anew in this transaction.
    """
    hold_organisation(managed_unit(unit_id, actor=actor).organisation_id)
    unit = managed_unit(unit_id, actor=actor)
    parent = managed_unit(parent_id, actor=actor)
    if unit.parent_id is None:
        raise CircularMove(mark("The top unit cannot be moved."))
    refuse_circle(unit.path, parent.path)
    if unit.parent_id == parent.pk:
        return
    _rewrite_paths(unit, path_below(parent.path, unit.pk))
    models.Unit.objects.filter(pk=unit_id).update(parent=parent, version=F("version") + 1)
    told = events.UnitMoved(
        subject_id=unit_id,
        organisation=unit.organisation_id,
        from_parent=unit.parent_id,
        to_parent=parent.pk,
    )
    record(told, actor=actor, at=at)


@transaction.atomic
def close_unit(unit_id: int, *, actor: Actor, at: datetime) -> None:
    """Close a unit in which nobody is left and below which nothing is open."""
    unit = managed_unit(unit_id, actor=actor)
    hold_organisation(unit.organisation_id)
    if unit.parent_id is None:
        raise UnitInUse(mark("The top unit stays as long as the organisation."))
    rows = models.Unit.objects.filter(pk=unit_id, closed_at=None)
    change_row(rows, version=unit.version, closed_at=at)
    if models.Unit.objects.filter(parent=unit_id, closed_at=None).exists():
        raise UnitInUse(mark("There are open units below this one. Close or move them first."))
    if _is_peopled(unit_id):
        raise UnitInUse(mark("There are people in this unit. Move them first."))
    record(
        events.UnitClosed(subject_id=unit_id, organisation=unit.organisation_id),
        actor=actor,
        at=at,
    )


def _is_peopled(unit_id: int) -> bool:
    return (
        models.Person.objects.filter(unit=unit_id, left_at=None).exists()
        or models.Post.objects.filter(unit=unit_id, until_at=None).exists()
    )


def _rewrite_paths(unit: models.Unit, path: str) -> None:
    below = models.Unit.objects.filter(path__startswith=unit.path)
    for deepest in below.values_list("path", flat=True):
        moved(deepest, old=unit.path, new=path)  # raises where one would become too long
    below.update(path=Concat(Value(path), Substr("path", len(unit.path) + 1)))


def _taken(code: str) -> Taken:
    return Taken(mark("There is a unit {code} already."), code=code, field="code")

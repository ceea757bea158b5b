"""Add, change and retire roads."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.language import mark
from rexian.org.domain.refusals import Changed
from rexian.places import events, models
from rexian.places.domain.doubts import listed
from rexian.places.domain.refusals import Listed, PointsOutside, nothing_there
from rexian.places.domain.rights import MANAGE
from rexian.places.domain.roads import Road, checked_road, direction_text, joined


@transaction.atomic
def add_road(organisation_id: int, *, details: Road, actor: Actor, at: datetime) -> int:
    """Add a road to an organisation's list, without points, and return its id."""
    belongs(actor, organisation_id, code=f"organisation:{organisation_id}")
    authorise(actor, MANAGE)
    road = checked_road(details)
    try:
        with transaction.atomic():
            row = models.Road.objects.create(organisation_id=organisation_id, **_columns(road))
    except IntegrityError:
        raise _listed(road.code) from None
    added = events.RoadAdded(subject_id=row.pk, organisation=organisation_id, code=road.code)
    record(added, actor=actor, at=at)
    return row.pk


@transaction.atomic
def change_road(road_id: int, *, details: Road, version: int, actor: Actor, at: datetime) -> None:
    """Change what the list says of a road; what stays as it was is no change.

    Raises ``Changed`` where somebody was faster, ``PointsOutside`` where points would lie outside.
    """
    row = managed_road(road_id, actor=actor)
    road = checked_road(details)
    wanted = _columns(road)
    changed = tuple(
        sorted(name for name in wanted if name != "initials" and wanted[name] != getattr(row, name))
    )
    if not changed:
        return
    _refuse_outside(row, road)
    rows = models.Road.objects.filter(pk=road_id, retired_at=None, version=version)
    try:
        with transaction.atomic():
            is_ours = rows.update(version=version + 1, **wanted)
    except IntegrityError:
        raise _listed(road.code) from None
    if not is_ours:
        raise Changed
    told = events.RoadChanged(
        subject_id=road_id, organisation=row.organisation_id, code=road.code, changed=changed
    )
    record(told, actor=actor, at=at)


@transaction.atomic
def retire_road(road_id: int, *, version: int, actor: Actor, at: datetime) -> None:
    """Take a road out of the list, with the points on it; records that name it stay."""
    row = managed_road(road_id, actor=actor)
    rows = models.Road.objects.filter(pk=road_id, retired_at=None, version=version)
    if not rows.update(version=version + 1, retired_at=at):
        raise Changed
    told = events.RoadRetired(subject_id=road_id, organisation=row.organisation_id, code=row.code)
    record(told, actor=actor, at=at)


def managed_road(road_id: int, *, actor: Actor) -> models.Road:
    """Return a road that the actor may change; another organisation's is not found."""
    row = models.Road.objects.filter(pk=road_id, retired_at=None).first()
    if row is None:
        raise nothing_there(f"road:{road_id}")
    belongs(actor, row.organisation_id, code=f"road:{road_id}")
    authorise(actor, MANAGE)
    return row


def _columns(road: Road) -> dict[str, object]:
    return {
        "code": road.code,
        "name": road.name,
        "aliases": joined(road.aliases),
        "initials": road.initials,
        "begin": road.begin.metres,
        "end": road.end.metres,
        "rising": direction_text(road.rising),
        "falling": direction_text(road.falling),
    }


def _refuse_outside(row: models.Road, road: Road) -> None:
    beyond = Q(metres__lt=road.begin.metres) | Q(metres__gt=road.end.metres)
    outside = row.points.filter(beyond, retired_at=None).order_by("metres")
    if names := list(outside.values_list("name", flat=True)):
        message = mark("These points would lie outside the road: {points}.")
        raise PointsOutside(message, points=listed(names), field="end")


def _listed(code: str) -> Listed:
    return Listed(mark("There is a road {road} in the list already."), road=code, field="code")

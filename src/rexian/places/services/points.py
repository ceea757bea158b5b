"""Add, change and retire points on roads."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org.domain.refusals import Changed
from rexian.places import events, models
from rexian.places.domain.refusals import Listed, nothing_there
from rexian.places.domain.roads import Point, checked_point, joined
from rexian.places.domain.stakes import Stake
from rexian.places.queries.rows import road_value
from rexian.places.services.roads import managed_road


@transaction.atomic
def add_point(road_id: int, *, details: Point, actor: Actor, at: datetime) -> int:
    """Add a point to a road, and return its id."""
    road = managed_road(road_id, actor=actor)
    point = checked_point(details, road_value(road))
    try:
        with transaction.atomic():
            row = models.Point.objects.create(
                organisation_id=road.organisation_id, road=road, **_columns(point)
            )
    except IntegrityError:
        raise _listed(point.name) from None
    added = events.PointAdded(
        subject_id=row.pk,
        organisation=road.organisation_id,
        code=road.code,
        kind=point.kind,
        stake=str(point.stake),
    )
    record(added, actor=actor, at=at)
    return row.pk


@transaction.atomic
def change_point(
    point_id: int, *, details: Point, version: int, actor: Actor, at: datetime
) -> None:
    """Change what the list says of a point; what stays as it was is no change."""
    row = _managed_point(point_id, actor=actor)
    point = checked_point(details, road_value(row.road))
    wanted = _columns(point)
    changed = tuple(
        sorted(name for name in wanted if name != "initials" and wanted[name] != getattr(row, name))
    )
    if not changed:
        return
    rows = models.Point.objects.filter(pk=point_id, retired_at=None, version=version)
    try:
        with transaction.atomic():
            is_ours = rows.update(version=version + 1, **wanted)
    except IntegrityError:
        raise _listed(point.name) from None
    if not is_ours:
        raise Changed
    told = events.PointChanged(
        subject_id=point_id, organisation=row.organisation_id, code=row.road.code, changed=changed
    )
    record(told, actor=actor, at=at)


@transaction.atomic
def retire_point(point_id: int, *, version: int, actor: Actor, at: datetime) -> None:
    """Take a point out of the list; records that name it stay."""
    row = _managed_point(point_id, actor=actor)
    rows = models.Point.objects.filter(pk=point_id, retired_at=None, version=version)
    if not rows.update(version=version + 1, retired_at=at):
        raise Changed
    told = events.PointRetired(
        subject_id=point_id,
        organisation=row.organisation_id,
        code=row.road.code,
        kind=row.kind,
        stake=str(Stake(row.metres, row.line)),
    )
    record(told, actor=actor, at=at)


def _managed_point(point_id: int, *, actor: Actor) -> models.Point:
    rows = models.Point.objects.select_related("road").filter(retired_at=None)
    row = rows.filter(pk=point_id, road__retired_at=None).first()
    if row is None or (not actor.is_system and row.organisation_id != actor.organisation):
        raise nothing_there(f"point:{point_id}")
    managed_road(row.road_id, actor=actor)
    return row


def _columns(point: Point) -> dict[str, object]:
    return {
        "kind": point.kind.value,
        "name": point.name,
        "aliases": joined(point.aliases),
        "initials": point.initials,
        "metres": point.stake.metres,
        "line": point.stake.line,
        "way": point.way.value if point.way else "",
    }


def _listed(name: str) -> Listed:
    return Listed(mark("{name} is on this road already."), name=name, field="name")

"""Rows as the values that the rules know."""

from __future__ import annotations

from collections.abc import Iterable

from rexian.places import models
from rexian.places.domain.roads import Point, PointKind, Road, Way, direction_of, split_names
from rexian.places.domain.stakes import Stake


def road_value(row: models.Road, points: Iterable[models.Point] = ()) -> Road:
    """Return a road with the points on it, in the order of their stakes."""
    return Road(
        code=row.code,
        name=row.name,
        aliases=split_names(row.aliases),
        initials=row.initials,
        begin=Stake(row.begin),
        end=Stake(row.end),
        rising=direction_of(row.rising),
        falling=direction_of(row.falling),
        points=tuple(point_value(one) for one in points),
    )


def point_value(row: models.Point) -> Point:
    """Return a point."""
    return Point(
        kind=PointKind(row.kind),
        name=row.name,
        stake=Stake(row.metres, row.line),
        way=Way(row.way) if row.way else None,
        aliases=split_names(row.aliases),
        initials=row.initials,
    )


def list_of(organisation: int) -> tuple[tuple[models.Road, list[models.Point]], ...]:
    """Return an organisation's roads by code, each with its points in order: two questions."""
    on_road: dict[int, list[models.Point]] = {}
    points = models.Point.objects.filter(
        organisation=organisation, retired_at=None, road__retired_at=None
    )
    for one in points.order_by("metres", "way", "name"):
        on_road.setdefault(one.road_id, []).append(one)
    rows = models.Road.objects.filter(organisation=organisation, retired_at=None)
    return tuple((row, on_road.get(row.pk, [])) for row in rows.order_by("code"))

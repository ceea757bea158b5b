"""Settle a place by the list: the names as they stand there, the point nearest to a stake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rexian.places.domain.doubts import FAR, point_of, road_of
from rexian.places.domain.places import Place, Relation
from rexian.places.domain.roads import Point, PointKind, Road

# What a caller and a crew both know the way by.
_KNOWN_BY_ALL = frozenset({PointKind.TOLL_STATION, PointKind.SERVICE_AREA, PointKind.INTERCHANGE})


def settled(place: Place, roads: Sequence[Road]) -> Place:
    """Return the place with the list's own names, and how far a point is from its stake.

    Where no point was named, the nearest one that everybody knows is named for orientation.
    """
    road = road_of(place, roads)
    if road is None:
        return place
    way = road.way_of(place.direction)
    place = replace(
        place, road=road.code, direction=road.direction(way).name if way else place.direction
    )
    point = point_of(place, road) if place.point else _nearest(place, road)
    return _by_point(place, road, point) if point else place


def _by_point(place: Place, road: Road, point: Point) -> Place:
    place = replace(place, point=point.name, point_kind=point.kind)
    has_one_side = {one.way for one in road.named(point.name)} == {point.way}
    if point.way and has_one_side and not place.direction and place.relation:
        place = replace(place, direction=road.direction(point.way).name)
    if place.stake is None or not road.reaches(place.stake):
        return place
    apart = abs(place.stake.metres - point.stake.metres)
    return replace(place, apart=apart, relation=place.relation or Relation.NEAR)


def _nearest(place: Place, road: Road) -> Point | None:
    if place.stake is None or not road.reaches(place.stake):
        return None
    here, way = place.stake.metres, road.way_of(place.direction)
    near = [
        one
        for one in road.points
        if abs(one.stake.metres - here) <= FAR
        and one.kind in _KNOWN_BY_ALL
        and (one.way in {way, None} or way is None)
    ]
    return min(near, key=lambda one: abs(one.stake.metres - here), default=None)

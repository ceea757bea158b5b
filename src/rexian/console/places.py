"""How a road is shown: as a drawn line in proportion, and point by point with the ways between."""

from __future__ import annotations

from dataclasses import dataclass

from rexian.look.environment import current_language
from rexian.places.domain.descriptions import distance_text
from rexian.places.domain.roads import Point, Road, Way
from rexian.places.queries import RoadShown

WIDTH = 1000
_MARGIN = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """A point, and the way from the one before it (or from the road's beginning) in words."""

    id: int
    point: Point
    direction: str
    way_before: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the drawn line: how far from the left, and on which side of the line."""

    x: int
    side: str
    point: Point


def stretches_of(shown: RoadShown) -> tuple[Stretch, ...]:
    """Return the points of a road in order, each with the distance from the one before."""
    found, before = [], shown.road.begin.metres
    for point_id, one in zip(shown.point_ids, shown.road.points, strict=True):
        apart = one.stake.metres - before
        between = distance_text(apart, current_language()) if apart else ""
        direction = shown.road.direction(one.way).name if one.way else ""
        found.append(Stretch(point_id, one, direction, between))
        before = one.stake.metres
    return tuple(found)


def drawing_of(road: Road) -> tuple[Mark, ...]:
    """Return where the points stand on a line of ``WIDTH``, in proportion to their stakes."""
    length = road.end.metres - road.begin.metres
    room = WIDTH - 2 * _MARGIN
    sides = {Way.RISING: "below", Way.FALLING: "above", None: "both"}
    return tuple(
        Mark(
            _MARGIN + round(room * (one.stake.metres - road.begin.metres) / length),
            sides[one.way],
            one,
        )
        for one in road.points
    )

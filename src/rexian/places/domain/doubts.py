"""What is doubtful about a place: sentences for whoever takes it down, never a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rexian.kernel.language import mark, translate
from rexian.places.domain.descriptions import distance_text
from rexian.places.domain.places import Part, Place, Relation
from rexian.places.domain.plates import NotAPlate, read_plate
from rexian.places.domain.roads import BETWEEN, Point, Road, Way

FAR = 20_000
"""Metres beyond which a point tells nothing of a stake, so that one of the two must be wrong."""

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that may be wrong, with what it may be instead; ``code`` is stable.

    ``metres`` is a distance among the particulars, said in the reader's language.
    """

    part: Part
    code: str
    message: str
    details: Mapping[str, Any] = field(default_factory=dict)
    metres: int | None = None

    def sentence(self, language: str) -> str:
        """Return what is doubtful in ``language``."""
        details = dict(self.details)
        if self.metres is not None:
            details["distance"] = distance_text(self.metres, language)
        return translate(self.message, language, **details)


def check_place(place: Place, roads: Sequence[Road]) -> tuple[Doubt, ...]:
    """Return what in a place does not fit the organisation's list, with what would."""
    return (*_of_road(place, roads), *_of_plate(place))


def road_of(place: Place, roads: Sequence[Road]) -> Road | None:
    """Return the listed road that a place names by its code, name or an alias."""
    asked = place.road.casefold()
    return next((one for one in roads if asked in called(one)), None) if asked else None


def called(road: Road) -> frozenset[str]:
    """Return all that a road is called, folded."""
    return frozenset(one.casefold() for one in (road.code, road.name, *road.aliases))


def point_of(place: Place, road: Road) -> Point | None:
    """Return the point that a place names; of two of a name, the one of its direction."""
    found = road.named(place.point) if place.point else ()
    way = road.way_of(place.direction)
    return next((one for one in found if one.way in {way, None}), next(iter(found), None))


def listed(names: Sequence[str]) -> str:
    """Return the first of some names as a list to choose from."""
    more = "…" if len(names) > MOST_NAMED else ""
    return BETWEEN.join(names[:MOST_NAMED]) + more


def _of_road(place: Place, roads: Sequence[Road]) -> Iterator[Doubt]:
    road = road_of(place, roads)
    if place.road and roads and road is None:
        known = {"road": place.road, "roads": listed([f"{one.code} {one.name}" for one in roads])}
        message = mark("There is no road {road} in the list. There are: {roads}.")
        yield Doubt(Part.ROAD, "unknown-road", message, known)
    if road:
        yield from _of_direction(place, road)
        yield from _of_stake(place, road)
        yield from _of_point(place, road, roads)


def _of_direction(place: Place, road: Road) -> Iterator[Doubt]:
    if place.direction and road.way_of(place.direction) is None:
        both = listed([road.rising.name, road.falling.name])
        known = {"road": road.code, "direction": place.direction, "directions": both}
        message = mark("{road} has no direction “{direction}”. It has: {directions}.")
        yield Doubt(Part.DIRECTION, "unknown-direction", message, known)


def _of_stake(place: Place, road: Road) -> Iterator[Doubt]:
    if place.stake and not road.reaches(place.stake):
        known = {
            "stake": str(place.stake),
            "road": road.code,
            "begin": str(road.begin),
            "end": str(road.end),
        }
        message = mark("{stake} does not lie on {road}, which runs from {begin} to {end}.")
        yield Doubt(Part.STAKE, "stake-outside", message, known)


def _of_point(place: Place, road: Road, roads: Sequence[Road]) -> Iterator[Doubt]:
    if not place.point:
        return
    point = point_of(place, road)
    if point is None:
        yield _not_on(place, road, roads)
        return
    way = road.way_of(place.direction)
    if point.way and way and point.way is not way:
        known = {"point": point.name, "direction": road.direction(point.way).name}
        message = mark("{point} lies in the direction of {direction} only.")
        yield Doubt(Part.DIRECTION, "other-side", message, known)
    if place.stake and road.reaches(place.stake):
        yield from _of_distance(place, point, way)


def _not_on(place: Place, road: Road, roads: Sequence[Road]) -> Doubt:
    elsewhere = [one.code for one in roads if one.named(place.point)]
    known = {"point": place.point, "road": road.code}
    if elsewhere:
        known["roads"] = listed(elsewhere)
        message = mark("{point} is not on {road}, but on: {roads}.")
        return Doubt(Part.POINT, "point-elsewhere", message, known)
    known["points"] = listed([one.name for one in _near(place, road)])
    message = mark("{road} has no point “{point}”. It has: {points}.")
    return Doubt(Part.POINT, "unknown-point", message, known)


def _near(place: Place, road: Road) -> Sequence[Point]:
    """Return the points of a road, those nearest to the stake first if there is one."""
    if place.stake is None:
        return road.points
    here = place.stake.metres
    return sorted(road.points, key=lambda one: abs(one.stake.metres - here))


def _of_distance(place: Place, point: Point, way: Way | None) -> Iterator[Doubt]:
    """Doubt a stake that is far from the point, or on the wrong side of it for the direction."""
    assert place.stake  # noqa: S101 - asked by the caller
    beyond = place.stake.metres - point.stake.metres
    known = {"point": point.name, "at": str(point.stake), "stake": str(place.stake)}
    if abs(beyond) > FAR:
        message = mark("{point} is at {at}, {distance} from {stake}.")
        yield Doubt(Part.STAKE, "far-apart", message, known, metres=abs(beyond))
        return
    driven = -beyond if way is Way.FALLING else beyond
    if way and place.relation is Relation.PAST and driven < 0:
        message = mark("In this direction {stake} comes before {point} ({at}), not after it.")
        yield Doubt(Part.DIRECTION, "not-past", message, known)
    if way and place.relation is Relation.BEFORE and driven > 0:
        message = mark("In this direction {stake} comes after {point} ({at}), not before it.")
        yield Doubt(Part.DIRECTION, "not-before", message, known)


def _of_plate(place: Place) -> Iterator[Doubt]:
    if place.plate:
        try:
            read_plate(place.plate)
        except NotAPlate as error:
            yield Doubt(Part.PLATE, "not-a-plate", error.template, error.details)

"""Where something is: one value for a motorway, an address, a customer, a vehicle, or only words.

A ``Place`` stands by itself: it names road and point as they were called, so that a record that
keeps it is read without the list that it was checked against. Whatever was said stays in ``text``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from rexian.kernel.language import mark
from rexian.places.domain.roads import PointKind
from rexian.places.domain.stakes import NotAStake, Stake, read_stake

LONGEST_TEXT = 2000

Member = TypeVar("Member", bound=StrEnum)


class PlaceKind(StrEnum):
    """What a place is told by: the most exact that is known."""

    ROAD = "road"
    POINT = "point"
    ADDRESS = "address"
    SUPPLY = "supply"
    VEHICLE = "vehicle"
    WORDS = "words"


class Relation(StrEnum):
    """Where one is, seen from a point: in it, past it, not there yet, somewhere near."""

    AT = "at"
    PAST = "past"
    BEFORE = "before"
    NEAR = "near"


class Part(StrEnum):
    """A part of a place, as it is picked, asked for, or doubted."""

    WHERE = "where"
    ROAD = "road"
    DIRECTION = "direction"
    STAKE = "stake"
    POINT = "point"
    RAMP = "ramp"
    DISTRICT = "district"
    ADDRESS = "address"
    CUSTOMER_NO = "customer_no"
    METER_NO = "meter_no"
    PLATE = "plate"


PART_NAMES: Mapping[Part, str] = {
    Part.WHERE: mark("Place"),
    Part.ROAD: mark("Road"),
    Part.DIRECTION: mark("Direction"),
    Part.STAKE: mark("Stake"),
    Part.POINT: mark("Point on the road"),
    Part.RAMP: mark("Ramp"),
    Part.DISTRICT: mark("District"),
    Part.ADDRESS: mark("Address"),
    Part.CUSTOMER_NO: mark("Customer number"),
    Part.METER_NO: mark("Meter number"),
    Part.PLATE: mark("Plate number"),
}
QUESTIONS: Mapping[Part, str] = {
    Part.WHERE: mark("Where is it?"),
    Part.ROAD: mark("On which road?"),
    Part.DIRECTION: mark("In which direction?"),
    Part.STAKE: mark("What does the nearest kilometre sign say?"),
    Part.RAMP: mark("On which ramp?"),
    Part.DISTRICT: mark("In which district?"),
    Part.ADDRESS: mark("At which address?"),
}

# Where one is found without a stake, once it is known which side one is on.
_FOUND_BY_NAME = frozenset({PointKind.TOLL_STATION, PointKind.SERVICE_AREA})
_WITH_RAMPS = frozenset({PointKind.INTERCHANGE, PointKind.RAMP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is; whatever is not known is empty.

    ``road`` is a code, or what the caller called the road; ``is_rough`` tells that the stake was
    said to be about right; ``apart`` is how many metres lie between here and ``point``.
    """

    text: str = ""
    road: str = ""
    direction: str = ""
    stake: Stake | None = None
    is_rough: bool = False
    point: str = ""
    point_kind: PointKind | None = None
    relation: Relation | None = None
    apart: int | None = None
    ramp: str = ""
    district: str = ""
    address: str = ""
    customer_no: str = ""
    meter_no: str = ""
    plate: str = ""

    @property
    def kind(self) -> PlaceKind:
        """What the place is told by."""
        if self.point and self.relation is Relation.AT and not self.stake:
            return PlaceKind.POINT
        if self.road or self.stake or self.point or self.direction:
            return PlaceKind.ROAD
        if self.address or self.district:
            return PlaceKind.ADDRESS
        if self.customer_no or self.meter_no:
            return PlaceKind.SUPPLY
        return PlaceKind.VEHICLE if self.plate else PlaceKind.WORDS

    def part(self, part: Part) -> str:
        """Return a part as it is written, empty where it is not known."""
        return str(getattr(self, part) or "") if part is not Part.WHERE else self.text


def missing(place: Place) -> tuple[Part, ...]:
    """Return what a crew that sets out still needs, in the order in which it is asked for.

    The direction comes before the stake: a crew on the wrong side of a motorway has to drive to the
    next exit and back.
    """
    match place.kind:
        case PlaceKind.ROAD | PlaceKind.POINT:
            wanted = _missing_on_road(place)
        case PlaceKind.ADDRESS:
            wanted = (Part.DISTRICT, Part.ADDRESS)
        case PlaceKind.SUPPLY:
            wanted = (Part.ADDRESS,)
        case _:
            return (Part.WHERE,)
    return tuple(one for one in wanted if not place.part(one))


def _missing_on_road(place: Place) -> tuple[Part, ...]:
    is_at = place.relation is Relation.AT
    if is_at and place.point_kind is PointKind.TOLL_STATION:
        return (Part.ROAD,)
    if is_at and place.point_kind in _FOUND_BY_NAME:
        return (Part.ROAD, Part.DIRECTION)
    if is_at and place.point_kind in _WITH_RAMPS:
        return (Part.ROAD, Part.DIRECTION, Part.RAMP)
    return (Part.ROAD, Part.DIRECTION, Part.STAKE)


def to_json(place: Place) -> dict[str, Any]:
    """Return what is known of a place, ready for JSON, with its kind."""
    kept: dict[str, Any] = {"kind": place.kind.value}
    for one in fields(place):
        value = getattr(place, one.name)
        if value is not None and value is not False and value != "":
            kept[one.name] = str(value) if isinstance(value, Stake | StrEnum) else value
    return kept


def from_json(kept: Mapping[str, Any]) -> Place:
    """Return the place that ``to_json`` kept; what makes no sense in it is left out."""
    texts = {name: _text(kept.get(name)) for name in _TEXTS}
    apart = kept.get("apart")
    return Place(
        **texts,
        stake=_stake(kept.get("stake")),
        is_rough=kept.get("is_rough") is True,
        point_kind=_member(PointKind, kept.get("point_kind")),
        relation=_member(Relation, kept.get("relation")),
        apart=apart if isinstance(apart, int) and not isinstance(apart, bool) else None,
    )


_TEXTS = (
    *("text", "road", "direction", "point", "ramp"),
    *("district", "address", "customer_no", "meter_no", "plate"),
)


def _text(value: object) -> str:
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def _stake(value: object) -> Stake | None:
    try:
        return read_stake(value) if isinstance(value, str) else None
    except NotAStake:
        return None


def _member(kind: type[Member], value: object) -> Member | None:
    return next((one for one in kind if one.value == value), None)

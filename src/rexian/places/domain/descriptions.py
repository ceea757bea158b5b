"""Say a place in one line, as a dispatcher reads it out to a crew."""

from __future__ import annotations

from collections.abc import Mapping

from rexian.kernel.language import Language, mark, translate
from rexian.places.domain.places import Place, PlaceKind, Relation
from rexian.places.domain.plates import written_plate

AT_HAND = 50
"""Metres within which a point is where one stands, not somewhere off."""

_PLAIN: Mapping[Relation, str] = {
    Relation.AT: mark("at {point}"),
    Relation.PAST: mark("just past {point}"),
    Relation.BEFORE: mark("shortly before {point}"),
    Relation.NEAR: mark("near {point}"),
}
_APART: Mapping[Relation, str] = {
    Relation.AT: mark("about {distance} from {point}"),
    Relation.PAST: mark("about {distance} past {point}"),
    Relation.BEFORE: mark("about {distance} before {point}"),
    Relation.NEAR: mark("about {distance} from {point}"),
}


def describe(place: Place, language: str) -> str:
    """Return a place in one line: G56 临川方向 K123+400，距柳村收费站约 1.2 公里."""
    parts = [
        _on_road(place, language),
        _by_point(place, language),
        " ".join(one for one in (place.district, place.address) if one),
        _labelled(mark("customer number {number}"), place.customer_no, language),
        _labelled(mark("meter number {number}"), place.meter_no, language),
        _labelled(mark("plate {number}"), written_plate(place.plate), language),
    ]
    said = [one for one in parts if one]
    comma = ", " if language == Language.ENGLISH else "，"
    return comma.join(said) or " ".join(place.text.split())


def distance_text(metres: int, language: str) -> str:
    """Return a distance as people say it: 400 米, 1.2 公里, 15 公里."""
    if metres < 950:
        return translate(mark("{count} m"), language, count=round(metres, -1))
    digits = 1 if metres < 9_950 else 0
    kilometres = f"{metres / 1000:.{digits}f}".removesuffix(".0")
    return translate(mark("{count} km"), language, count=kilometres)


def _on_road(place: Place, language: str) -> str:
    stake = str(place.stake) if place.stake else ""
    if stake and place.is_rough:
        stake = translate(mark("around {stake}"), language, stake=stake)
    is_there = place.kind is PlaceKind.POINT
    named = place.point if is_there else ""
    return " ".join(one for one in (place.road, named, place.ramp, place.direction, stake) if one)


def _by_point(place: Place, language: str) -> str:
    if not place.point or place.kind is PlaceKind.POINT:
        return ""
    relation = place.relation or Relation.NEAR
    if place.apart is None:
        return translate(_PLAIN[relation], language, point=place.point)
    if place.apart < AT_HAND:
        return translate(_PLAIN[Relation.AT], language, point=place.point)
    distance = distance_text(place.apart, language)
    return translate(_APART[relation], language, point=place.point, distance=distance)


def _labelled(message: str, number: str, language: str) -> str:
    return translate(message, language, number=number) if number else ""

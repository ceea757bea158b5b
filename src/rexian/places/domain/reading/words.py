"""Put together what is heard of a text: the place, settled and checked by the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rexian.kernel.text.folding import fold
from rexian.places.domain.doubts import Doubt, check_place
from rexian.places.domain.places import LONGEST_TEXT, Part, Place, missing
from rexian.places.domain.plates import NotAPlate, find_plates, read_plate
from rexian.places.domain.reading.addresses import (
    find_address,
    find_customer_number,
    find_meter_number,
)
from rexian.places.domain.reading.along_roads import hear_stakes
from rexian.places.domain.reading.hearing import Hearing, Recognised
from rexian.places.domain.reading.names import (
    DirectionSaid,
    PointSaid,
    RoadSaid,
    find_directions,
    find_points,
    find_roads,
    longest_of,
)
from rexian.places.domain.reading.on_roads import (
    hear_directions,
    hear_points,
    hear_ramp,
    hear_roads,
    hear_unknown_road,
)
from rexian.places.domain.roads import Road
from rexian.places.domain.settling import settled
from rexian.places.domain.stakes import NotAStake, read_stake

LONGEST_READ = 500
"""So much of a text is read; the rest is kept and tells no place."""

_TO_BE_ASKED_AGAIN = frozenset(
    {"unknown-road", "unknown-direction", "both-directions", "stake-outside", "not-a-stake"}
)

EDITABLE: tuple[Part, ...] = tuple(one for one in Part if one is not Part.WHERE)
"""The parts that a person can pick or put right."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A place as it was understood, from which words, and what of it is doubtful."""

    place: Place
    recognised: tuple[Recognised, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def missing(self) -> tuple[Part, ...]:
        """What is still to be asked for: what is not known, and what cannot be as it is."""
        wrong = {one.part for one in self.doubts if one.code in _TO_BE_ASKED_AGAIN}
        unknown = missing(self.place)
        return tuple(one for one in Part if one in wrong or one in unknown)


def read_place(text: str, roads: Sequence[Road]) -> Reading:
    """Return the place that free words tell, settled and checked by the list."""
    return read_parts(text, {}, roads)


def read_parts(text: str, parts: Mapping[str, str], roads: Sequence[Road]) -> Reading:
    """Return the place that words tell, where ``parts`` by name, picked by a person, prevail."""
    hearing = Hearing(text[:LONGEST_READ], fold(text[:LONGEST_READ]), tuple(roads))
    _listen(hearing)
    picked = {one: told for one in EDITABLE if (told := parts.get(one.value, "").strip())}
    place, wrong = _with_parts(replace(hearing.place, text=text[:LONGEST_TEXT]), picked)
    place = settled(place, roads)
    heard = [one for one in hearing.doubts if one.part not in picked]
    recognised = sorted(hearing.recognised, key=lambda one: one.start)
    return Reading(place, tuple(recognised), (*heard, *wrong, *check_place(place, roads)))


def _listen(hearing: Hearing) -> None:
    """Hear everything, the longest name at a place of the text before shorter ones."""
    _hear_numbers(hearing)
    named = longest_of(
        find_roads(hearing.folded, hearing.roads),
        find_directions(hearing.folded, hearing.roads),
        find_points(hearing.folded, hearing.roads),
    )
    named = [one for one in named if hearing.is_free(one.start, one.end)]
    hear_roads(hearing, [one for one in named if isinstance(one, RoadSaid)])
    hear_points(hearing, [one for one in named if isinstance(one, PointSaid)])
    hear_directions(hearing, [one for one in named if isinstance(one, DirectionSaid)])
    hear_unknown_road(hearing)
    hear_stakes(hearing)
    hear_ramp(hearing)
    if not (hearing.place.road or hearing.place.point or hearing.place.stake):
        _hear_address(hearing)


def _hear_numbers(hearing: Hearing) -> None:
    for start, end in find_plates(hearing.folded):
        written = hearing.hear(Part.PLATE, start, end)
        hearing.learn(plate=hearing.place.plate or _plate(written))
    if found := find_customer_number(hearing.folded):
        number = hearing.hear(Part.CUSTOMER_NO, found.start, found.end)
        hearing.learn(customer_no=number.upper())
    if found := find_meter_number(hearing.folded):
        number = hearing.hear(Part.METER_NO, found.start, found.end)
        hearing.learn(meter_no=number.upper())


def _hear_address(hearing: Hearing) -> None:
    found = find_address(hearing.folded)
    if found and found.district:
        district = hearing.hear(Part.DISTRICT, found.district.start, found.district.end)
        hearing.learn(district=district)
    if found and found.street:
        address = hearing.hear(Part.ADDRESS, found.street.start, found.street.end)
        hearing.learn(address=address)


def _with_parts(place: Place, picked: Mapping[Part, str]) -> tuple[Place, list[Doubt]]:
    """Return the place with the parts that a person picked, and what is wrong with those."""
    wrong: list[Doubt] = []
    for part, text in picked.items():
        if part is Part.STAKE:
            place = _with_stake(place, text, wrong)
        elif part is Part.POINT:
            place = replace(place, point=text, point_kind=None, relation=None, apart=None)
        elif part is Part.PLATE:
            place = replace(place, plate=_plate(text))
        else:
            told: dict[str, Any] = {part.value: " ".join(text.split())[:LONGEST_READ]}
            place = replace(place, **told)
    return place, wrong


def _with_stake(place: Place, text: str, wrong: list[Doubt]) -> Place:
    place = replace(place, stake=None, is_rough=False, apart=None)
    try:
        return replace(place, stake=read_stake(text))
    except NotAStake as error:
        wrong.append(Doubt(Part.STAKE, error.code, error.template, error.details))
        return place


def _plate(written: str) -> str:
    """Return a plate in its normal form, or as it was written where it is none."""
    try:
        return read_plate(written)
    except NotAPlate:
        return written[:LONGEST_READ]

"""Roads, their directions and the points on them, as an organisation lists them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rexian.kernel.language import mark
from rexian.kernel.text.initials import initials
from rexian.org.domain.refusals import WrongField
from rexian.places.domain.stakes import SIDES, Stake

LONGEST_NAME = 60
LONGEST_CODE = 20
MOST_ALIASES = 12
LONGEST_ALIASES = 300
BETWEEN = "、"

_CODE = re.compile(r"[0-9A-Z一-龥.-]{1,20}")
_SEPARATORS = re.compile(r"[、,，;；/|\n]+")


class PointKind(StrEnum):
    """What stands at a point of a road."""

    TOLL_STATION = "toll-station"
    SERVICE_AREA = "service-area"
    INTERCHANGE = "interchange"
    RAMP = "ramp"
    TUNNEL = "tunnel"
    BRIDGE = "bridge"


KIND_NAMES: Mapping[PointKind, str] = {
    PointKind.TOLL_STATION: mark("toll station"),
    PointKind.SERVICE_AREA: mark("service area"),
    PointKind.INTERCHANGE: mark("interchange"),
    PointKind.RAMP: mark("ramp"),
    PointKind.TUNNEL: mark("tunnel"),
    PointKind.BRIDGE: mark("bridge"),
}


class Way(StrEnum):
    """Along which way of a road one drives: with its stakes rising, or falling."""

    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class Direction:
    """What a road's direction is called there (临川方向), and otherwise (上行, 往东)."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something on a road at a stake; ``way`` is the one direction that it serves, if it is one.

    ``initials`` are those of its names' syllables, to be found by.
    """

    kind: PointKind
    name: str
    stake: Stake
    way: Way | None = None
    aliases: tuple[str, ...] = ()
    initials: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A road from one stake to another, with the points on it in the order of their stakes."""

    code: str
    name: str
    begin: Stake
    end: Stake
    rising: Direction
    falling: Direction
    aliases: tuple[str, ...] = ()
    initials: str = ""
    points: tuple[Point, ...] = ()

    def direction(self, way: Way) -> Direction:
        """Return the direction of a way."""
        return self.rising if way is Way.RISING else self.falling

    def way_of(self, direction: str) -> Way | None:
        """Return the way that a direction is called by its name or an alias."""
        return next((way for way in Way if direction in names_of(self.direction(way))), None)

    def reaches(self, stake: Stake) -> bool:
        """Tell whether a stake lies on the road; those of a ramp are not along it."""
        return self.begin.metres <= stake.metres <= self.end.metres or stake.line not in SIDES

    def named(self, name: str) -> tuple[Point, ...]:
        """Return the points of a name: two, where each carriageway has its own."""
        return tuple(one for one in self.points if name in {one.name, *one.aliases})


def names_of(direction: Direction) -> frozenset[str]:
    """Return all that a direction is called."""
    return frozenset({direction.name, *direction.aliases})


def checked_road(road: Road) -> Road:
    """Return a road in its normal form, with its initials; raise ``WrongField``."""
    normal = replace(
        road,
        code=_narrow(road.code).upper(),
        name=_name(road.name, "name"),
        aliases=_aliases(road.aliases, "aliases"),
        begin=Stake(road.begin.metres),
        end=Stake(road.end.metres),
        rising=_direction(road.rising, "rising"),
        falling=_direction(road.falling, "falling"),
    )
    normal = replace(normal, initials=initials_among((normal.name, *normal.aliases)))
    if not _CODE.fullmatch(normal.code):
        raise WrongField(
            mark("A road's code has 1 to 20 letters, digits, dots or hyphens."), field="code"
        )
    if road.begin.line not in SIDES or road.end.line not in SIDES:
        raise WrongField(
            mark("The stakes of a road are its own, not those of a ramp."), field="end"
        )
    if road.end.metres <= road.begin.metres:
        raise WrongField(mark("The last stake comes after the first."), field="end")
    if both := names_of(normal.rising) & names_of(normal.falling):
        raise WrongField(
            mark("Both directions are called {name}."), name=min(both), field="falling"
        )
    return normal


def checked_point(point: Point, road: Road) -> Point:
    """Return a point of a road in its normal form, with its initials; raise ``WrongField``."""
    normal = replace(
        point,
        name=_name(point.name, "name"),
        aliases=_aliases(point.aliases, "aliases"),
    )
    normal = replace(normal, initials=initials_among((normal.name, *normal.aliases)))
    if point.stake.line not in SIDES:
        raise WrongField(
            mark("A point stands at a stake of the road, not of a ramp."), field="stake"
        )
    if not road.reaches(point.stake):
        raise WrongField(
            mark("{stake} does not lie on {road}, which runs from {begin} to {end}."),
            stake=str(point.stake),
            road=road.code,
            begin=str(road.begin),
            end=str(road.end),
            field="stake",
        )
    return normal


def split_names(text: str) -> tuple[str, ...]:
    """Return the names that a text lists: 杭瑞、杭瑞线, each once."""
    parts = (" ".join(one.split()) for one in _SEPARATORS.split(_narrow(text)))
    return tuple(dict.fromkeys(one for one in parts if one))


def joined(names: Iterable[str]) -> str:
    """Return names as they are written in one cell."""
    return BETWEEN.join(names)


def direction_of(text: str) -> Direction:
    """Return a direction written as its name and then its aliases: 临川方向、上行."""
    first, *others = split_names(text) or ("",)
    return Direction(first, tuple(others))


def direction_text(direction: Direction) -> str:
    """Return a direction as it is written in one cell."""
    return joined((direction.name, *direction.aliases))


def initials_among(names: Iterable[str]) -> str:
    """Return the initials of several names, each once, a space between."""
    found = (initials(one) for one in names)
    return " ".join(dict.fromkeys(one for one in found if one))[:200]


def _name(text: str, field: str) -> str:
    name = " ".join(_narrow(text).split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise WrongField(
            mark("A name has 1 to {longest} characters."), longest=LONGEST_NAME, field=field
        )
    return name


def _aliases(names: Iterable[str], field: str) -> tuple[str, ...]:
    kept = split_names(joined(names))
    if len(kept) > MOST_ALIASES or len(joined(kept)) > LONGEST_ALIASES:
        raise WrongField(
            mark("There are {most} other names at most."), most=MOST_ALIASES, field=field
        )
    return tuple(_name(one, field) for one in kept)


def _direction(direction: Direction, field: str) -> Direction:
    return Direction(_name(direction.name, field), _aliases(direction.aliases, field))


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()

"""Suggest how a line of words may go on: a road, a direction, a point, by name or by initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rexian.kernel.text.folding import fold
from rexian.places.domain.places import Part
from rexian.places.domain.reading.names import find_directions, find_roads
from rexian.places.domain.roads import (
    Direction,
    Point,
    PointKind,
    Road,
    Way,
    initials_among,
)
from rexian.places.domain.stakes import find_stakes

LONGEST_LINE = 200
MOST = 20

_LETTERS = re.compile("[a-z]+$")
_WORD = re.compile("[a-z0-9]")
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may stand from ``start`` of the line on; ``note`` says where it is, in names only."""

    start: int
    text: str
    note: str
    part: Part
    kind: PointKind | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Something that may be meant: what it is found by, and what then stands in the line."""

    road: Road
    text: str
    note: str
    part: Part
    names: tuple[str, ...]
    initials: str
    kind: PointKind | None = None


def suggest(text: str, roads: Sequence[Road], *, limit: int) -> tuple[Suggestion, ...]:
    """Return what the end of a line may become, the best first.

    What lies on a road that the line names stands first; a second direction is none. A line that
    ends with a road is continued by its directions, one that ends with a stake by the roads that
    have it.
    """
    line = fold(text[:LONGEST_LINE])
    named = {one.road.code for one in find_roads(line, roads)}
    is_directed = bool(find_directions(line, roads))
    wanted = (one for one in _candidates(roads) if not (is_directed and one.part is Part.DIRECTION))
    ranked = (_ranked(one, line, named) for one in wanted)
    found = sorted((one for one in ranked if one), key=lambda one: one[0])
    best = [one for _, one in found] or list(_next(line, roads, named))
    return tuple(dict.fromkeys(best))[: min(limit, MOST)]


def _candidates(roads: Iterable[Road]) -> Iterator[_Candidate]:
    for road in roads:
        names = (road.code, road.name, *road.aliases)
        yield _Candidate(road, road.code, _reach(road), Part.ROAD, names, road.initials)
        for way in Way:
            yield _direction(road, road.direction(way))
        for point in road.points:
            yield _point(road, point)


def _direction(road: Road, direction: Direction) -> _Candidate:
    names = (direction.name, *direction.aliases)
    note = f"{road.code} {road.name}"
    return _Candidate(
        road, direction.name, note, Part.DIRECTION, names, initials_among((direction.name,))
    )


def _point(road: Road, point: Point) -> _Candidate:
    side = (road.direction(point.way).name,) if point.way else ()
    return _Candidate(
        road,
        point.name,
        _BETWEEN.join((road.code, *side, str(point.stake))),
        Part.POINT,
        (point.name, *point.aliases),
        point.initials,
        point.kind,
    )


def _reach(road: Road) -> str:
    return f"{road.name}{_BETWEEN}{road.begin}–{road.end}"


Rank = tuple[int, int, int, str, str]


def _ranked(one: _Candidate, line: str, named: set[str]) -> tuple[Rank, Suggestion] | None:
    """Return the suggestion with its rank, if the end of the line begins it."""
    if line.endswith(fold(one.text)):
        return None
    length = max(_overlap(line, fold(name)) for name in one.names)
    length = max(length, _by_initials(line, one.initials))
    if not length:
        return None
    is_elsewhere = bool(named) and one.road.code not in named
    rank = (int(is_elsewhere), -length, len(one.text), one.text, one.note)
    made = Suggestion(len(line) - length, one.text, one.note, one.part, one.kind)
    return rank, made


def _overlap(line: str, name: str) -> int:
    """Return how many characters at the end of the line begin the name."""
    for length in range(min(len(name), len(line)), 0, -1):
        if line.endswith(name[:length]):
            before = line[-length - 1 : -length]
            is_inside = _WORD.match(name) and _WORD.match(before)
            return 0 if is_inside else length
    return 0


def _by_initials(line: str, initials: str) -> int:
    typed = _LETTERS.search(line)
    if typed and any(one.startswith(typed[0]) for one in initials.split()):
        return len(typed[0])
    return 0


def _next(line: str, roads: Sequence[Road], named: set[str]) -> Iterator[Suggestion]:
    """Yield what is wanted next: the direction of the one road named, the road of a stake."""
    if len(named) == 1:
        (road,) = (one for one in roads if one.code in named)
        if not find_directions(line, [road]):
            for way in Way:
                direction = _direction(road, road.direction(way))
                yield Suggestion(len(line), direction.text, direction.note, Part.DIRECTION)
    stakes = [one for one in find_stakes(line) if one.end == len(line)]
    if stakes and not named:
        for road in roads:
            if road.reaches(stakes[0].stake):
                text = f"{road.code} {stakes[0].stake}"
                yield Suggestion(stakes[0].start, text, _reach(road), Part.ROAD)

"""Find the organisation's own names in folded text: roads, directions, points, also in short forms.

杭瑞 is 杭瑞高速, 柳村站 is 柳村收费站, 往临川 is 临川方向, and 从临川方向来 is the other direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rexian.kernel.text.folding import fold
from rexian.kernel.text.sounds import sound
from rexian.places.domain.roads import Direction, Point, PointKind, Road, Way

# What each kind is called besides; the first that a name ends with is taken off for its stem.
SUFFIXES: Mapping[PointKind, tuple[str, ...]] = {
    PointKind.TOLL_STATION: (
        *("收费站", "收费所", "收费口", "高速路口", "高速口", "下道口", "道口", "出口", "入口"),
        "站",
    ),
    PointKind.SERVICE_AREA: ("服务区", "停车区", "服务站"),
    PointKind.INTERCHANGE: ("互通立交", "立交桥", "互通", "枢纽", "立交"),
    PointKind.RAMP: ("匝道",),
    PointKind.TUNNEL: ("隧道", "隧洞", "洞"),
    PointKind.BRIDGE: ("特大桥", "大桥", "高架桥", "高架", "桥"),
}
_ROAD_SUFFIX = re.compile(r"(?:高速公路|高速|快速路|公路|线)$")
_DIRECTION_SUFFIX = re.compile(r"方向?$")
_TOWARDS = r"(?:开往|前往|发往|去往|往|向|去|朝|到|至|回)"
_NO_POINT = "(?!收费|站|服务区|停车区|互通|枢纽|立交|隧道|大桥|特大桥|高架)"
_SHORTEST_STEM = 2
_NO_POINT_BEFORE = re.compile("[区市县州路街镇乡村]|大道|方向")
_ONE_WORD = re.compile("[0-9]{2}|[a-z]{2}")


@dataclass(frozen=True, slots=True)
class RoadSaid:
    """A road that is named at ``start``..``end``."""

    start: int
    end: int
    road: Road


@dataclass(frozen=True, slots=True)
class DirectionSaid:
    """A direction that is named at ``start``..``end``, and of which road."""

    start: int
    end: int
    road: Road
    way: Way


@dataclass(frozen=True, slots=True)
class PointSaid:
    """Points that a name at ``start``..``end`` may mean.

    ``is_alike`` where it only sounds so, ``is_bare`` where what its kind is called was not said.
    """

    start: int
    end: int
    points: tuple[tuple[Road, Point], ...]
    is_alike: bool = False
    is_bare: bool = False


NameSaid = RoadSaid | DirectionSaid | PointSaid
PointOnRoad = tuple[Road, Point]
Names = Mapping[str, tuple[PointOnRoad, ...]]


def find_roads(folded: str, roads: Iterable[Road]) -> list[RoadSaid]:
    """Return where roads are named."""
    return [
        RoadSaid(start, start + len(name), road)
        for road in roads
        for name in _road_names(road)
        for start in _occurrences(folded, name)
    ]


def find_directions(folded: str, roads: Iterable[Road]) -> list[DirectionSaid]:
    """Return where directions are named; several roads may call theirs alike."""
    return [said for road in roads for way in Way for said in _of_way(folded, road, way)]


def find_points(folded: str, roads: Sequence[Road]) -> list[PointSaid]:
    """Return where points are named, in full, in short (柳村站), or by their bare stem (柳村).

    Only where nothing is found by its characters a name is looked for by its sound, as speech
    recognition may have misspelt it. 临川 in 临川区 is no point.
    """
    near = [(road, one) for road in roads for one in road.points if _may_be_named(one, folded)]
    bare = _points_among(folded, _stems(near))
    found = [
        *_points_among(folded, _names_in_full(near)),
        *(
            replace(one, is_bare=True)
            for one in bare
            if not _NO_POINT_BEFORE.match(folded, one.end)
        ),
    ]
    return found or _points_alike(folded, roads)


def _may_be_named(point: Point, folded: str) -> bool:
    """Tell cheaply whether a point is worth looking for: few of thousands are."""
    if stem_of(point.name, point.kind) in folded:
        return True
    return any(fold(one) in folded for one in point.aliases)


def longest_of(*said: Iterable[NameSaid]) -> list[NameSaid]:
    """Return the names in the order of the text, of those that overlap only the longest.

    Of the same length and at the same place all stay: two roads may have a direction of one name.
    """
    found: list[NameSaid] = []
    every = [one for kind in said for one in kind]
    for one in sorted(every, key=lambda one: (one.start - one.end, one.start)):
        rivals = [other for other in found if _overlap(one, other)]
        if all((one.start, one.end) == (other.start, other.end) for other in rivals):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


@lru_cache(maxsize=20_000)
def stem_of(name: str, kind: PointKind) -> str:
    """Return a point's folded name without what its kind is called: 柳村 of 柳村收费站."""
    folded = fold(name)
    ending = next((one for one in SUFFIXES[kind] if folded.endswith(one)), "")
    return folded.removesuffix(ending)


def _road_names(road: Road) -> Iterator[str]:
    for name in {road.code, road.name, *road.aliases}:
        folded = fold(name)
        yield folded
        stem = _ROAD_SUFFIX.sub("", folded)
        if len(stem) >= _SHORTEST_STEM:
            yield stem


def _of_way(folded: str, road: Road, way: Way) -> Iterator[DirectionSaid]:
    other = Way.FALLING if way is Way.RISING else Way.RISING
    for match in _pattern(road.direction(way)).finditer(folded):
        before = folded[max(0, match.start() - 2) : match.start()]
        if before.endswith(("不是", "不去", "不往")):
            continue
        comes_from = match[0].endswith(("方向", "方")) and before.endswith(("从", "由", "自"))
        yield DirectionSaid(match.start(), match.end(), road, other if comes_from else way)


def _pattern(direction: Direction) -> re.Pattern[str]:
    choices = []
    for name in (direction.name, *direction.aliases):
        folded = fold(name)
        stem = re.escape(_DIRECTION_SUFFIX.sub("", folded))
        choices.append(f"{_TOWARDS}{stem}(?:方向|方|那边|那头|这边|{_NO_POINT})")
        choices.append(f"{stem}方向?")
        if folded == _DIRECTION_SUFFIX.sub("", folded):
            choices.append(re.escape(folded) + _NO_POINT)  # an alias that stands alone: 上行
    return re.compile("|".join(choices))


def _names_in_full(points: Iterable[PointOnRoad]) -> Names:
    """Return what each name and each short form may mean."""
    return _collected((name, one) for one in points for name in _names(one[1]))


def _names(point: Point) -> Iterator[str]:
    yield from (fold(one) for one in (point.name, *point.aliases))
    stem = stem_of(point.name, point.kind)
    if len(stem) >= _SHORTEST_STEM:
        yield from (stem + one for one in SUFFIXES[point.kind])


def _stems(points: Iterable[PointOnRoad]) -> Names:
    named = ((stem_of(one[1].name, one[1].kind), one) for one in points)
    return _collected(one for one in named if len(one[0]) >= _SHORTEST_STEM)


def _collected(named: Iterable[tuple[str, PointOnRoad]]) -> Names:
    found: dict[str, list[PointOnRoad]] = {}
    for name, one in named:
        meant = found.setdefault(name, [])
        if not meant or meant[-1][1] is not one[1]:  # one point may have a name twice
            meant.append(one)
    return {name: tuple(meant) for name, meant in found.items()}


def _points_among(folded: str, known: Names) -> list[PointSaid]:
    return [
        PointSaid(start, start + len(name), meant)
        for name, meant in known.items()
        for start in _occurrences(folded, name)
    ]


def _points_alike(folded: str, roads: Sequence[Road]) -> list[PointSaid]:
    """Return what sounds like a name with what its kind is called, 刘村站 for 柳村收费站."""
    endings = tuple(one for suffixes in SUFFIXES.values() for one in suffixes)
    if not any(one in folded for one in endings):
        return []
    known = _names_in_full((road, one) for road in roads for one in road.points)
    heard = {sound(name): meant for name, meant in known.items() if name.endswith(endings)}
    return [replace(one, is_alike=True) for one in _points_among(sound(folded), heard)]


def _occurrences(folded: str, name: str) -> Iterator[int]:
    """Yield where a name stands, but not inside another number or Latin word: G5 in G56."""
    start = folded.find(name) if name else -1
    while start >= 0:
        end = start + len(name)
        if not (_goes_on(folded[start - 1 : start + 1]) or _goes_on(folded[end - 1 : end + 1])):
            yield start
        start = folded.find(name, start + 1)


def _goes_on(pair: str) -> bool:
    """Tell whether two characters belong to one number or to one Latin word."""
    return bool(_ONE_WORD.fullmatch(pair))


def _overlap(one: NameSaid, other: NameSaid) -> bool:
    return one.start < other.end and other.start < one.end

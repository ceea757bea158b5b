"""Hear which road somebody is on, at which point, in which direction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rexian.kernel.language import mark
from rexian.places.domain.doubts import listed
from rexian.places.domain.places import Part, Relation
from rexian.places.domain.reading.hearing import Hearing
from rexian.places.domain.reading.names import DirectionSaid, PointSaid, RoadSaid
from rexian.places.domain.roads import Point, Road

_RAMP = re.compile(r"(?:[a-z]|上高速|下高速|出口|入口|进口)?匝道")
_UNKNOWN_ROAD = re.compile(r"(?<![a-z0-9])[gsxy][0-9]{1,4}(?![0-9])|(?P<name>[一-龥]{2,4})高速")
_NO_ROAD = re.compile("[我你他在这那哪什么个条上下了的从到走是跑去出进往就们]")
_UNKNOWN_DIRECTION = re.compile(
    r"(?:开往|前往|往|向|去|朝)(?P<towards>[一-龥]{1,6}?)方向"
    r"|(?<![一-龥])(?P<plain>[一-龥]{2,4})方向"
)
_NO_DIRECTION = re.compile("[反这那哪什么个同对相知道不]")

# Where one is, by the words before or after a point's name; the first that fits counts.
_RELATIONS: tuple[tuple[Relation, str, str], ...] = (
    (
        Relation.BEFORE,
        r"(?:快到|没到|未到|不到|还没到|要到|马上到|临近|接近)$",
        r"还没到|没到|还有|还差|还剩|之前|以前",
    ),
    (
        Relation.PAST,
        r"(?:过|过了|刚出|出了)$",
        r"刚过|过了|过来|过去|过|往前|后面|以后|之后",
    ),
    (
        Relation.NEAR,
        r"(?:距离?|离|靠近|挨着)$",
        r"附近|旁|边上|这边|这里|一带|跟前|门口",
    ),
)
_COMES_FROM = re.compile(r"(?:从|由|自)$")
_GETS_ON = re.compile(r"上|进|出发|来|过来|开")
_GOES_TO = re.compile(r"(?:要去|想去|去|前往|开往|要到)$")


def hear_roads(hearing: Hearing, said: Sequence[RoadSaid]) -> None:
    """Take the first road that is named; one that is not in the list is taken by its name."""
    for one in said:
        hearing.hear(Part.ROAD, one.start, one.end)
    named = list({one.road.code: one.road for one in said}.values())
    if len(named) > 1:
        message = mark("Several roads are named: {roads}.")
        codes = listed([one.code for one in named])
        hearing.doubt(Part.ROAD, "several-roads", message, roads=codes)
    if named:
        hearing.road = named[0]
        hearing.learn(road=named[0].code)


def hear_unknown_road(hearing: Hearing) -> None:
    """Take what looks like a road and stands in no list: S99, 沪昆高速."""
    if hearing.place.road:
        return
    for match in _UNKNOWN_ROAD.finditer(hearing.folded):
        is_name = match["name"] is None or not _NO_ROAD.search(match["name"])
        if is_name and hearing.is_free(*match.span()):
            hearing.learn(road=hearing.hear(Part.ROAD, *match.span()).upper())
            return


def hear_points(hearing: Hearing, said: Sequence[PointSaid]) -> None:
    """Take the first point that is named as one's place, and how one stands to it.

    Where one came onto the road, or wants to go, is not where one is.
    """
    here = [one for one in said if not _is_elsewhere(hearing, one)]
    for one in here:
        hearing.hear(Part.POINT, one.start, one.end)
    if not here:
        return
    first = hearing.at = here[0]
    hearing.learn_road(road for road, _ in first.points)
    road, point = _meant(hearing, first)
    _doubt_meaning(hearing, first, road, point)
    others = [one.points[0][1].name for one in here[1:] if one.points != first.points]
    if others:
        message = mark("Also named: {points}.")
        hearing.doubt(Part.POINT, "several-points", message, points=listed(others))
    relation = _relation(hearing, first)
    hearing.learn(point=point.name, point_kind=point.kind, relation=relation)


def hear_directions(hearing: Hearing, said: Sequence[DirectionSaid]) -> None:
    """Take the direction that is named, if it is one; of another road's nothing is taken."""
    fitting = [one for one in said if hearing.road is None or one.road.code == hearing.road.code]
    for one in fitting:
        hearing.hear(Part.DIRECTION, one.start, one.end)
    hearing.learn_road(one.road for one in fitting)
    names = list(dict.fromkeys(one.road.direction(one.way).name for one in fitting))
    if len(names) > 1 and hearing.road:
        message = mark("Both directions are named: {directions}.")
        hearing.doubt(Part.DIRECTION, "both-directions", message, directions=listed(names))
    elif names:
        hearing.learn(direction=names[0])
    else:
        _hear_unknown_direction(hearing)


def hear_ramp(hearing: Hearing) -> None:
    """Take a ramp by its letter or by what it does: A匝道, 出口匝道."""
    for match in _RAMP.finditer(hearing.folded):
        if hearing.is_free(*match.span()):
            ramp = hearing.hear(Part.RAMP, *match.span())
            hearing.learn(ramp=ramp[:1].upper() + ramp[1:])
            return


def _hear_unknown_direction(hearing: Hearing) -> None:
    for match in _UNKNOWN_DIRECTION.finditer(hearing.folded):
        name = "towards" if match["towards"] else "plain"
        start = match.start(name)
        if not _NO_DIRECTION.search(match[name]) and hearing.is_free(start, match.end()):
            hearing.learn(direction=hearing.hear(Part.DIRECTION, start, match.end()))
            return


def _meant(hearing: Hearing, said: PointSaid) -> tuple[Road, Point]:
    """Return which of the points of a name is meant: the one on the road, if there is one."""
    on_road = (one for one in said.points if hearing.road and one[0].code == hearing.road.code)
    return next(on_road, said.points[0])


def _doubt_meaning(hearing: Hearing, said: PointSaid, road: Road, point: Point) -> None:
    words = hearing.text[said.start : said.end]
    names = list(dict.fromkeys(one.name for on, one in said.points if on.code == road.code))
    codes = list(dict.fromkeys(on.code for on, _ in said.points))
    if said.is_alike:
        message = mark("“{words}” is taken for {point}, which sounds alike.")
        hearing.doubt(Part.POINT, "sounds-alike", message, words=words, point=point.name)
    elif said.is_bare and len(names) == 1:
        message = mark("“{words}” is taken for {point}.")
        hearing.doubt(Part.POINT, "short-name", message, words=words, point=point.name)
    if len(names) > 1:
        message = mark("“{words}” may be: {points}.")
        hearing.doubt(Part.POINT, "several-meanings", message, words=words, points=listed(names))
    if len(codes) > 1 and not hearing.place.road:
        message = mark("{point} is on several roads: {roads}.")
        hearing.doubt(Part.ROAD, "point-on-several", message, point=words, roads=listed(codes))


def _is_elsewhere(hearing: Hearing, said: PointSaid) -> bool:
    before, after = hearing.before(said.start), hearing.after(said.end)
    return bool(
        (_COMES_FROM.search(before) and _GETS_ON.match(after))
        or (_GOES_TO.search(before) and not after.startswith("方向"))
    )


def _relation(hearing: Hearing, said: PointSaid) -> Relation:
    before, after = hearing.before(said.start), hearing.after(said.end).lstrip(" ,，")
    for relation, leads, follows in _RELATIONS:
        if re.search(leads, before) or re.match(follows, after):
            return relation
    return Relation.AT

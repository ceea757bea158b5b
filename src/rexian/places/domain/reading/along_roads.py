"""Hear how far along a road somebody is: a stake, or a distance from a point."""

from __future__ import annotations

import re

from rexian.kernel.language import mark
from rexian.places.domain.doubts import listed
from rexian.places.domain.places import Part, Relation
from rexian.places.domain.reading.hearing import Hearing
from rexian.places.domain.roads import Way
from rexian.places.domain.stakes import Stake, StakeSaid, find_stakes

_LONGEST_WAY = 50_000
_IS_SPEED = re.compile(r"(?:时速|限速|车速|速度)[大概约是有 ]{0,3}$")
_IS_DISTANCE = re.compile(
    r"(?:还有|还差|还剩|相距|距离?|离|前面|前方|往前|向前|走了|开了|跑了|又开|再开)"
    r"[大概约莫有是差不多将近个 ]{0,4}$"
)
_FILLS = re.compile(r"[了大概约莫有差不多将近快还剩也就 ]*")
_IS_SIGN = re.compile(r" ?(?:处|的?牌|的?桩|的?指示|的?位置|的?地方)")
_ROUGH_AFTER = re.compile(r" ?(?:处|的地方)?(?:多一?点|多|左右|附近|上下|过一?点|不到|来)")
_ROUGH_BEFORE = re.compile(r"(?:大概|大约|约|差不多|可能|好像|应该|估计|不到)[是在有 ]{0,2}$")
_MOVING = frozenset({Relation.PAST, Relation.BEFORE, Relation.NEAR})


def hear_stakes(hearing: Hearing) -> None:
    """Take the first stake; kilometres that are a way from the point are taken as that."""
    stakes = []
    for said in find_stakes(hearing.folded):
        if not hearing.is_free(said.start, said.end) or _is_speed(hearing, said):
            continue
        if _is_distance(hearing, said):
            _hear_distance(hearing, said)
        else:
            stakes.append(said)
    if not stakes:
        return
    for said in stakes:
        hearing.hear(Part.STAKE, said.start, said.end)
    _doubt_stakes(hearing, stakes)
    is_rough = _is_rough(hearing, stakes[0])
    if is_rough:
        message = mark("The stake was said to be about right only.")
        hearing.doubt(Part.STAKE, "rough-stake", message)
    hearing.learn(stake=stakes[0].stake, is_rough=is_rough)


def _is_speed(hearing: Hearing, said: StakeSaid) -> bool:
    return said.is_spoken and bool(_IS_SPEED.search(hearing.before(said.start)))


def _is_distance(hearing: Hearing, said: StakeSaid) -> bool:
    """Tell whether kilometres are the way from somewhere, and no stake.

    They are where they follow a point that is passed or not reached (过柳村站两公里), and where
    the road has no such stake.
    """
    if not said.is_spoken or _IS_SIGN.match(hearing.folded, said.end):
        return False
    if _IS_DISTANCE.search(hearing.before(said.start)):
        return True
    if hearing.at is None or hearing.place.relation not in _MOVING:
        return False
    between = hearing.folded[hearing.at.end : said.start]
    is_next = said.start >= hearing.at.end and _FILLS.fullmatch(between)
    is_off = hearing.road is not None and not hearing.road.reaches(said.stake)
    return said.stake.metres <= _LONGEST_WAY and bool(is_next or is_off)


def _hear_distance(hearing: Hearing, said: StakeSaid) -> None:
    metres = said.stake.metres
    if hearing.at is None or hearing.place.apart is not None or metres > _LONGEST_WAY:
        return
    hearing.hear(Part.POINT, said.start, said.end)
    is_at = hearing.place.relation is Relation.AT
    hearing.learn(apart=metres, relation=Relation.NEAR if is_at else hearing.place.relation)
    if stake := _reckoned(hearing, metres):
        message = mark("Reckoned from {point}, that is about {stake}.")
        point = hearing.place.point
        hearing.doubt(Part.STAKE, "reckoned", message, point=point, stake=str(stake))


def _reckoned(hearing: Hearing, metres: int) -> Stake | None:
    """Return the stake that lies so far past a point, or before it, in the direction driven."""
    road, relation = hearing.road, hearing.place.relation
    way = road.way_of(hearing.place.direction) if road else None
    if road is None or way is None or relation not in {Relation.PAST, Relation.BEFORE}:
        return None
    is_onwards = (way is Way.RISING) == (relation is Relation.PAST)
    found = next(iter(road.named(hearing.place.point)), None)
    stake = (
        Stake(max(0, found.stake.metres + (metres if is_onwards else -metres))) if found else None
    )
    return stake if stake and road.reaches(stake) else None


def _doubt_stakes(hearing: Hearing, stakes: list[StakeSaid]) -> None:
    several = list(dict.fromkeys(str(one.stake) for one in stakes))
    if len(several) > 1:
        message = mark("Several stakes are named: {stakes}.")
        hearing.doubt(Part.STAKE, "several-stakes", message, stakes=listed(several))
    if stakes[0].is_short:
        message = mark("“{words}” is read as {stake}. Were hundreds of metres meant?")
        words = hearing.text[stakes[0].start : stakes[0].end].strip()
        hearing.doubt(Part.STAKE, "short-stake", message, words=words, stake=several[0])


def _is_rough(hearing: Hearing, said: StakeSaid) -> bool:
    return bool(
        _ROUGH_AFTER.match(hearing.folded, said.end)
        or _ROUGH_BEFORE.search(hearing.before(said.start))
    )

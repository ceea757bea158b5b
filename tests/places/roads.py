"""Two invented roads that share an interchange, as the readers of places are shown them."""

from __future__ import annotations

from dataclasses import replace

from rexian.places.domain.roads import (
    Direction,
    Point,
    PointKind,
    Road,
    Way,
    checked_point,
    checked_road,
)
from rexian.places.domain.stakes import read_stake


def point(kind: str, name: str, stake: str, way: Way | None = None, *aliases: str) -> Point:
    """Return a point by its kind's name."""
    return Point(kind=PointKind(kind), name=name, stake=read_stake(stake), way=way, aliases=aliases)


def with_points(road: Road, *points: Point) -> Road:
    """Return a road in its normal form, with points."""
    normal = checked_road(road)
    return replace(normal, points=tuple(checked_point(one, normal) for one in points))


G56 = with_points(
    Road(
        code="G56",
        name="杭瑞高速",
        aliases=("杭瑞",),
        begin=read_stake("K60"),
        end=read_stake("K188+600"),
        rising=Direction("临川方向", ("上行", "往西")),
        falling=Direction("江城方向", ("下行",)),
    ),
    point("toll-station", "江城东收费站", "K62+300"),
    point("interchange", "江城枢纽", "K71"),
    point("service-area", "石塘服务区", "K96+500", Way.RISING),
    point("service-area", "石塘服务区", "K97+200", Way.FALLING),
    point("toll-station", "柳村收费站", "K121+800"),
    point("service-area", "望湖服务区", "K131", Way.RISING),
    point("tunnel", "云门山隧道", "K140"),
    point("toll-station", "临川收费站", "K180"),
)
S21 = with_points(
    Road(
        code="S21",
        name="江柳高速",
        begin=read_stake("K0"),
        end=read_stake("K64"),
        rising=Direction("石塘方向"),
        falling=Direction("江城方向"),
    ),
    point("toll-station", "白沙收费站", "K20", None, "白沙口"),
    point("interchange", "江城枢纽", "K1"),
)
ROADS = (G56, S21)

"""The roads of the demonstration, with invented stations at invented stakes."""

from __future__ import annotations

from datetime import datetime

from rexian.kernel.authority import Actor
from rexian.places.domain.roads import Direction, Point, PointKind, Road, Way
from rexian.places.domain.stakes import read_stake
from rexian.places.services import add_point, add_road

_TOLL, _SERVICE = PointKind.TOLL_STATION, PointKind.SERVICE_AREA
_INTERCHANGE, _TUNNEL, _BRIDGE = PointKind.INTERCHANGE, PointKind.TUNNEL, PointKind.BRIDGE

# code, name, other names, first and last stake, direction of rising and of falling stakes
_ROADS: tuple[tuple[str, str, tuple[str, ...], str, str, Direction, Direction], ...] = (
    (
        "G56",
        "杭瑞高速华通段",
        ("杭瑞", "杭瑞高速"),
        "K62+000",
        "K188+600",
        Direction("临川方向", ("上行", "往西")),
        Direction("江城方向", ("下行", "往东")),
    ),
    (
        "S21",
        "江柳高速",
        ("江柳",),
        "K0+000",
        "K64+200",
        Direction("柳河方向", ("南行",)),
        Direction("江城方向", ("北行",)),
    ),
    (
        "S9",
        "江城绕城高速",
        ("绕城", "外环"),
        "K0+000",
        "K48+500",
        Direction("外圈方向", ("顺时针",)),
        Direction("内圈方向", ("逆时针",)),
    ),
)
# road, kind, name, stake, the one direction served, other names
_POINTS: tuple[tuple[str, PointKind, str, str, Way | None, tuple[str, ...]], ...] = (
    ("G56", _TOLL, "江城东收费站", "K64+300", None, ()),
    ("G56", _INTERCHANGE, "江城枢纽", "K71+850", None, ("绕城枢纽",)),
    ("G56", _TOLL, "白沙收费站", "K83+400", None, ()),
    ("G56", _SERVICE, "石塘服务区", "K96+500", Way.RISING, ("石塘南区",)),
    ("G56", _SERVICE, "石塘服务区", "K97+200", Way.FALLING, ("石塘北区",)),
    ("G56", _INTERCHANGE, "青田互通", "K108+600", None, ()),
    ("G56", _BRIDGE, "青田河特大桥", "K110+250", None, ()),
    ("G56", _TOLL, "柳村收费站", "K122+200", None, ()),
    ("G56", _TUNNEL, "云门山隧道", "K139+700", None, ("云门隧道",)),
    ("G56", _TOLL, "云门收费站", "K148+100", None, ()),
    ("G56", _SERVICE, "望湖服务区", "K161+900", None, ()),
    ("G56", _TOLL, "临川收费站", "K185+500", None, ()),
    ("S21", _INTERCHANGE, "双桥枢纽", "K2+300", None, ()),
    ("S21", _TOLL, "南坪收费站", "K18+750", None, ()),
    ("S21", _SERVICE, "南坪服务区", "K22+400", None, ()),
    ("S21", _TUNNEL, "鹰嘴岩隧道", "K39+100", None, ()),
    ("S21", _TOLL, "柳河收费站", "K62+900", None, ()),
    ("S9", _TOLL, "江城北收费站", "K6+400", None, ()),
    ("S9", _INTERCHANGE, "绕城东枢纽", "K15+200", None, ()),
    ("S9", _TOLL, "机场收费站", "K31+600", None, ("空港收费站",)),
)


def list_places(organisation_id: int, *, actor: Actor, at: datetime) -> None:
    """Add the roads of the demonstration and the points on them."""
    ids = {}
    for code, name, aliases, begin, end, rising, falling in _ROADS:
        road = Road(
            code=code,
            name=name,
            aliases=aliases,
            begin=read_stake(begin),
            end=read_stake(end),
            rising=rising,
            falling=falling,
        )
        ids[code] = add_road(organisation_id, details=road, actor=actor, at=at)
    for on, kind, name, stake, way, also in _POINTS:
        point = Point(kind=kind, name=name, stake=read_stake(stake), way=way, aliases=also)
        add_point(ids[on], details=point, actor=actor, at=at)

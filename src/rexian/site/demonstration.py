"""An organisation to look around in: a motorway's hotline with one person a role.

Tests use the same people as their fixed cast, with a neighbour who must see nothing of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from rexian.contacts.domain.hotlines import HotlineDetails
from rexian.contacts.queries import QueueShown
from rexian.contacts.services import assign_agent, set_up_hotline
from rexian.kernel.authority import Actor
from rexian.org.domain.people import PersonDetails, UnitDetails
from rexian.org.domain.roles import Role
from rexian.org.services import (
    appoint_person,
    found_organisation,
    give_known_password,
    join_person,
    open_unit,
)
from rexian.simulation.people import people
from rexian.site.demonstration_places import list_places

PASSWORD = people().password
"""Known on purpose; it opens no door but this computer's."""

STANDARDS = ("highway", "centre")
"""The standards that are in force there from the beginning."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the demonstration: who they are, what they do, how they sign in."""

    id: int
    role: Role
    name: str
    sign_in: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """An organisation as it was founded; ``units`` are ids by code."""

    organisation: int
    name: str
    top: int
    units: Mapping[str, int]
    people: tuple[Player, ...]
    password: str = PASSWORD

    def player(self, role: Role) -> Player:
        """Return whoever has the role."""
        return next(one for one in self.people if one.role is role)


# code, code of the unit above, tier, name
_UNITS = (
    ("centre", "huatong", "中心", "客户服务中心"),
    ("team-1", "centre", "班组", "话务一组"),
    ("team-2", "centre", "班组", "话务二组"),
    ("quality", "centre", "科室", "质检科"),
    ("east", "huatong", "分公司", "东线分公司"),
    ("east-toll", "east", "科室", "收费管理科"),
    ("liucun", "east-toll", "收费站", "柳村收费站"),
    ("west", "huatong", "分公司", "西线分公司"),
    ("east-centre", "east", "监控分中心", "东线监控分中心"),
)

Part = tuple[Role, str, str, str, str, str]
"""Role, unit, sign-in name, name, agent number, extension."""

_PEOPLE: tuple[Part, ...] = (
    (Role.AGENT, "team-1", "wangfang", "王芳", "1001", "8001"),
    (Role.TEAM_LEADER, "team-1", "liqiang", "李强", "1002", "8002"),
    (Role.DUTY_LEADER, "centre", "zhaomin", "赵敏", "1003", "8003"),
    (Role.DISPATCHER, "centre", "sunli", "孙丽", "1004", "8004"),
    (Role.HANDLER, "liucun", "zhoujun", "周军", "", "6201"),
    (Role.CALLBACK_AGENT, "team-2", "wuting", "吴婷", "1005", "8005"),
    (Role.INSPECTOR, "quality", "zhengjie", "郑洁", "1006", "8006"),
    (Role.ASSESSOR, "quality", "fengtao", "冯涛", "1007", "8007"),
    (Role.MANAGER, "huatong", "chenwei", "陈伟", "", "6001"),
)

SIMULATED: tuple[Part, ...] = tuple(
    (Role.AGENT, "team-2", one.sign_in, one.name, one.number, "") for one in people().agents
)
"""The agents whom the simulation plays, one by the book and one not quite."""

SECTION: tuple[Part, ...] = (
    (Role.DISPATCHER, "east-centre", "xujing", "徐静", "", "6301"),
    (Role.HANDLER, "east-centre", "gaolei", "高磊", "", "6302"),
)
"""The section centre, through which complaints and help go."""

HOTLINE = HotlineDetails(
    code=people().hotline,
    name="华通高速客服热线",
    company="华通高速",
    standard="highway",
    telephone="0871 6512 2122",
    notice="为提升服务质量，本次对话将被记录。",
    calendar={"hours": "always"},
    breaks={"rest": 30, "meal": 60, "training": 60, "meeting": 60, "after_work": 30},
)
_QUEUES = (
    QueueShown("emergency", "紧急求助", emergency=True),
    QueueShown("general", "咨询", emergency=False),
    QueueShown("complaints", "投诉建议", emergency=False),
)
_SERVING = (Role.AGENT, Role.TEAM_LEADER, Role.CALLBACK_AGENT)


def found_demonstration(at: datetime, *, besides: Sequence[Part] = ()) -> Demonstration:
    """Found 华通高速 with one person a role, all with one known password, and tell who they are."""
    with transaction.atomic():
        return _found_motorway(at, (*_PEOPLE, *besides))


def found_neighbour(at: datetime) -> Demonstration:
    """Found 江城燃气, whose one administrator must see nothing of anybody else's."""
    machine = Actor.system("demonstration")
    top = UnitDetails(code="jiangcheng", name="江城燃气", tier="公司")
    who = PersonDetails(sign_in="linhui", name="林慧")
    with transaction.atomic():
        founded = found_organisation(top, administrator=who, actor=machine, at=at)
        give_known_password(founded.organisation, password=PASSWORD, actor=machine, at=at)
    player = Player(founded.administrator, Role.ADMINISTRATOR, who.name, who.sign_in)
    units = MappingProxyType({top.code: founded.unit})
    return Demonstration(founded.organisation, top.name, founded.unit, units, (player,))


def _found_motorway(at: datetime, parts: Sequence[Part]) -> Demonstration:
    machine = Actor.system("demonstration")
    top = UnitDetails(code="huatong", name="华通高速", tier="集团")
    who = PersonDetails(sign_in="admin", name="何静", extension="6002")
    founded = found_organisation(top, administrator=who, actor=machine, at=at)
    units = {top.code: founded.unit}
    for code, above, tier, name in _UNITS:
        details = UnitDetails(code=code, name=name, tier=tier)
        units[code] = open_unit(units[above], details=details, actor=machine, at=at)
    players = [_join(one, units[one[1]], machine, at) for one in parts]
    inspector = next(one for one in players if one.role is Role.INSPECTOR)
    # Whoever inspects for the whole house, and not only in a department, publishes standards too.
    appoint_person(inspector.id, role=Role.INSPECTOR, unit_id=founded.unit, actor=machine, at=at)
    players.append(Player(founded.administrator, Role.ADMINISTRATOR, who.name, who.sign_in))
    _open_hotline(units["centre"], players, machine, at)
    list_places(founded.organisation, actor=machine, at=at)
    give_known_password(founded.organisation, password=PASSWORD, actor=machine, at=at)
    return Demonstration(
        founded.organisation, top.name, founded.unit, MappingProxyType(units), tuple(players)
    )


def _open_hotline(unit: int, players: list[Player], machine: Actor, at: datetime) -> None:
    """Open the hotline, and have those serve it who talk to customers."""
    hotline = set_up_hotline(unit, details=HOTLINE, queues=_QUEUES, actor=machine, at=at)
    queues = [one.code for one in _QUEUES]
    for one in players:
        if one.role in _SERVING:
            assign_agent(one.id, hotline=hotline, queues=queues, actor=machine, at=at)


def _join(person: Part, unit: int, machine: Actor, at: datetime) -> Player:
    role, _, sign_in, name, number, extension = person
    details = PersonDetails(sign_in=sign_in, name=name, agent_number=number, extension=extension)
    joined = join_person(unit, details=details, roles=(role,), actor=machine, at=at)
    return Player(joined, role, name, sign_in)

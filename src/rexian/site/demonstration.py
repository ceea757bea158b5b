"""An organisation to look around in: a motorway's hotline with one person a role.

Tests use the same people as their fixed cast, with a neighbour who must see nothing of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from rexian.kernel.authority import Actor
from rexian.org.domain.people import PersonDetails, UnitDetails
from rexian.org.domain.roles import Role
from rexian.org.services import (
    found_organisation,
    give_known_password,
    join_person,
    open_unit,
)

PASSWORD = "rexian-demo"  # noqa: S105 - known on purpose; it opens no door but this computer's

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
)

# role, unit, sign-in name, name, agent number, extension
_PEOPLE = (
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


def found_demonstration(at: datetime) -> Demonstration:
    """Found 华通高速 with one person a role, all with one known password, and tell who they are."""
    with transaction.atomic():
        return _found_motorway(at)


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


def _found_motorway(at: datetime) -> Demonstration:
    machine = Actor.system("demonstration")
    top = UnitDetails(code="huatong", name="华通高速", tier="集团")
    who = PersonDetails(sign_in="admin", name="何静", extension="6002")
    founded = found_organisation(top, administrator=who, actor=machine, at=at)
    units = {top.code: founded.unit}
    for code, above, tier, name in _UNITS:
        details = UnitDetails(code=code, name=name, tier=tier)
        units[code] = open_unit(units[above], details=details, actor=machine, at=at)
    people = [_join(one, units[one[1]], machine, at) for one in _PEOPLE]
    people.append(Player(founded.administrator, Role.ADMINISTRATOR, who.name, who.sign_in))
    give_known_password(founded.organisation, password=PASSWORD, actor=machine, at=at)
    return Demonstration(
        founded.organisation, top.name, founded.unit, MappingProxyType(units), tuple(people)
    )


def _join(
    person: tuple[Role, str, str, str, str, str], unit: int, machine: Actor, at: datetime
) -> Player:
    role, _, sign_in, name, number, extension = person
    details = PersonDetails(sign_in=sign_in, name=name, agent_number=number, extension=extension)
    joined = join_person(unit, details=details, roles=(role,), actor=machine, at=at)
    return Player(joined, role, name, sign_in)

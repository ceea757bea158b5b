"""Three organisations with people in every unit through which cases go, founded once a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from rexian.contacts.services import assign_agent, set_up_hotline
from rexian.kernel.authority import Actor
from rexian.org.domain.people import PersonDetails, UnitDetails
from rexian.org.domain.roles import Role
from rexian.org.queries import signed_in
from rexian.org.services import found_organisation, join_person, open_unit
from rexian.standard.services import publish_shipped
from tests.cast import FOUNDED_AT, Cast
from tests.contacts.conftest import DETAILS, NOON, QUEUES
from tests.once import found_once

MACHINE = Actor.system("tests")

Places = tuple[tuple[str, str, str, str], ...]
"""Code, code of the unit above, tier, name."""

Parts = tuple[tuple[str, Role, str, str], ...]
"""What somebody is called in the tests, role, unit, name."""


@dataclass(frozen=True)
class Organisation:
    """Whoever has to do with the cases of a hotline; ``people`` are ids by what they do."""

    hotline: str
    units: Mapping[str, int]
    people: Mapping[str, int]
    _actors: dict[str, Actor] = field(default_factory=dict, compare=False, repr=False)

    def actor(self, who: str) -> Actor:
        """Return somebody as a service sees them."""
        if who not in self._actors:
            found = signed_in(self.people[who])
            assert found is not None
            self._actors[who] = found.actor
        return self._actors[who]


_ROAD: Places = (
    ("section", "east", "监控分中心", "东线监控分中心一"),
    ("station", "east-toll", "收费站", "柳村东收费站"),
    ("services", "east", "服务区", "东山服务区"),
)
_ON_THE_ROAD: Parts = (
    ("agent", Role.AGENT, "team-1", "潘悦"),
    ("section dispatcher", Role.DISPATCHER, "section", "徐静"),
    ("section", Role.HANDLER, "section", "高磊"),
    ("section head", Role.MANAGER, "section", "马超"),
    ("station", Role.HANDLER, "station", "丁一"),
    ("station head", Role.MANAGER, "station", "冯刚"),
    ("toll office", Role.MANAGER, "east-toll", "许宏"),
    ("services", Role.HANDLER, "services", "袁芳"),
    ("services head", Role.MANAGER, "services", "沈平"),
)
_IN_THE_CENTRE = {
    "team leader": Role.TEAM_LEADER,
    "duty leader": Role.DUTY_LEADER,
    "dispatcher": Role.DISPATCHER,
    "callback agent": Role.CALLBACK_AGENT,
    "company": Role.MANAGER,
}

_GAS: Places = (
    ("centre", "top", "客服中心", "客服中心"),
    ("crew", "top", "抢险队", "抢险一队"),
    ("second-crew", "top", "抢险队", "抢险二队"),
    ("workshop", "top", "维修班", "维修班"),
    ("hall", "top", "营业厅", "城东营业厅"),
)
_OF_THE_GAS: Parts = (
    ("agent", Role.AGENT, "centre", "许慧"),
    ("duty leader", Role.TEAM_LEADER, "centre", "罗敏"),
    ("shift leader", Role.DUTY_LEADER, "centre", "韩雪"),
    ("dispatcher", Role.DISPATCHER, "centre", "曹阳"),
    ("callback agent", Role.CALLBACK_AGENT, "centre", "邹琳"),
    ("crew", Role.HANDLER, "crew", "邓涛"),
    ("crew captain", Role.MANAGER, "crew", "熊伟"),
    ("second crew", Role.HANDLER, "second-crew", "金磊"),
    ("fitter", Role.HANDLER, "workshop", "陆洋"),
    ("workshop head", Role.MANAGER, "workshop", "郝建"),
    ("hall", Role.HANDLER, "hall", "孔丽"),
    ("hall manager", Role.MANAGER, "hall", "白洁"),
    ("company", Role.MANAGER, "top", "崔明"),
)

_COUNTER: Places = (
    ("hall", "top", "营业厅", "城中营业厅"),
    ("billing", "top", "部门", "账务部"),
)
_STATION: Places = (
    ("office", "top", "办公室", "车站办公室"),
    ("coaches", "top", "车队", "客运车队"),
)
_AT_THE_STATION: Parts = (
    ("agent", Role.AGENT, "office", "洪亮"),
    ("office", Role.HANDLER, "office", "邵兰"),
    ("coaches", Role.HANDLER, "coaches", "汪斌"),
    ("coaches head", Role.MANAGER, "coaches", "毛强"),
    ("head", Role.MANAGER, "top", "戴刚"),
)
_AT_THE_COUNTER: Parts = (
    ("clerk", Role.AGENT, "hall", "谭静"),
    ("reception", Role.HANDLER, "hall", "廖文"),
    ("hall manager", Role.TEAM_LEADER, "hall", "石磊"),
    ("callback agent", Role.CALLBACK_AGENT, "hall", "龙梅"),
    ("billing", Role.HANDLER, "billing", "万军"),
    ("company", Role.MANAGER, "top", "钱宏"),
)

_LESSONS: Places = (
    ("desk", "top", "客服中心", "平台客服中心"),
    ("school", "top", "驾校", "通达驾校"),
    ("ground", "school", "训练场", "河西训练场"),
)
_OF_THE_LESSONS: Parts = (
    ("agent", Role.AGENT, "desk", "江敏"),
    ("desk leader", Role.TEAM_LEADER, "desk", "丁佳"),
    ("callback agent", Role.CALLBACK_AGENT, "desk", "夏雨"),
    ("ground", Role.HANDLER, "ground", "方平"),
    ("ground head", Role.MANAGER, "ground", "尤刚"),
    ("school head", Role.MANAGER, "school", "卜明"),
    ("company", Role.MANAGER, "top", "穆青"),
)


def motorway(cast: Cast) -> Organisation:
    """Return the motorway's hotline, with a section centre, a toll station and a service area."""
    cast.put_standards_in_force(FOUNDED_AT)
    return found_once("the motorway's scenarios", lambda: _of_the_cast(cast, "road", "highway"))


def contact_centre(cast: Cast) -> Organisation:
    """Return a hotline of the same house that goes by the contact centre's wording alone."""
    cast.put_standards_in_force(FOUNDED_AT)
    return found_once("the centre's scenarios", lambda: _of_the_cast(cast, "desk", "centre"))


def gas_company(cast: Cast) -> Organisation:
    """Return the hotline of 江城燃气, with two emergency crews, a workshop and a hall."""

    def found() -> Organisation:
        units = _opened({"top": cast.theirs.top}, _GAS)
        publish_shipped(cast.theirs.organisation, names=["gas"], actor=MACHINE, at=FOUNDED_AT)
        return _with_hotline(units, _joined(units, _OF_THE_GAS), "gas", unit="centre")

    return found_once("the gas company's scenarios", found)


def counter() -> Organisation:
    """Return a company with a hall where people come to the counter."""
    top = UnitDetails(code="yikatong", name="江城一卡通", tier="公司")
    return _company("counter", top, "汤敏", _COUNTER, _AT_THE_COUNTER, takes="top")


def station() -> Organisation:
    """Return a coach station with its office and its coaches."""
    top = UnitDetails(code="dongmen", name="东门客运站", tier="客运站")
    return _company("station", top, "卞宁", _STATION, _AT_THE_STATION, takes="office")


def lessons() -> Organisation:
    """Return a booking platform with a desk, a school and its training ground."""
    top = UnitDetails(code="sukaotong", name="速考通", tier="公司")
    return _company("lessons", top, "茅宁", _LESSONS, _OF_THE_LESSONS, takes="desk")


def _company(
    standard: str, top: UnitDetails, administrator: str, places: Places, parts: Parts, *, takes: str
) -> Organisation:
    """Found a company of its own by a standard; the unit ``takes`` has its hotline."""

    def found() -> Organisation:
        who = PersonDetails(sign_in=top.code, name=administrator)
        founded = found_organisation(top, administrator=who, actor=MACHINE, at=FOUNDED_AT)
        opened = _opened({"top": founded.unit}, places)
        publish_shipped(founded.organisation, names=[standard], actor=MACHINE, at=FOUNDED_AT)
        return _with_hotline(opened, _joined(opened, parts), standard, unit=takes)

    return found_once(f"{standard}'s scenarios", found)


def _of_the_cast(cast: Cast, code: str, standard: str) -> Organisation:
    units = _opened(dict(cast.units), _ROAD)
    people = {who: cast.id(role) for who, role in _IN_THE_CENTRE.items()}
    people |= _joined(units, _ON_THE_ROAD)
    return _with_hotline(units, people, standard, unit="centre", code=code)


def _opened(units: dict[str, int], places: Places) -> dict[str, int]:
    for code, above, tier, name in places:
        details = UnitDetails(code=code, name=name, tier=tier)
        units[code] = open_unit(units[above], details=details, actor=MACHINE, at=FOUNDED_AT)
    return units


def _joined(units: Mapping[str, int], parts: Parts) -> dict[str, int]:
    people = {}
    for who, role, unit, name in parts:
        details = PersonDetails(sign_in=f"{unit}.{who}".replace(" ", "-"), name=name)
        people[who] = join_person(
            units[unit], details=details, roles=(role,), actor=MACHINE, at=FOUNDED_AT
        )
    return people


def _with_hotline(
    units: Mapping[str, int],
    people: Mapping[str, int],
    standard: str,
    *,
    unit: str,
    code: str = "",
) -> Organisation:
    """Set up a hotline that an agent serves, and return everybody."""
    named = f"{code or standard}-line"
    details = replace(DETAILS, code=named, standard=standard, calendar={"hours": "always"})
    line = set_up_hotline(units[unit], details=details, queues=QUEUES, actor=MACHINE, at=NOON)
    queues = [one.code for one in QUEUES]
    if "agent" in people:
        assign_agent(people["agent"], hotline=line, queues=queues, actor=MACHINE, at=NOON)
    return Organisation(named, MappingProxyType(dict(units)), MappingProxyType(dict(people)))

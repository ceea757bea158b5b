"""Whom the demonstration calls for help: its directory, who is on duty, and one call under way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rexian.cases.domain.helping import Called, Kind, Press, Way
from rexian.cases.queries import Wanted, cases
from rexian.cases.queries.notifications import notifications_of
from rexian.cases.services.answering import Answer, answer_notification
from rexian.cases.services.directory import HelperDetails, add_helper
from rexian.cases.services.dispatching import call_crew
from rexian.cases.services.duty import DutyDetails, set_duty
from rexian.kernel.authority import Actor
from rexian.site.demonstration import Demonstration

_ZONE = ZoneInfo("Asia/Shanghai")
_MACHINE = Actor.system("demonstration")
_DAYS = 8

# code, name, kind, telephone, hours, remark
_HELPERS = (
    ("110", "公安报警", Kind.POLICE, "110", "", "人员受伤、纠纷、抛洒物"),
    ("119", "消防救援", Kind.FIRE, "119", "", "起火、危化品、被困"),
    ("120", "急救中心", Kind.AMBULANCE, "120", "", "报清桩号、方向和伤员人数"),
    ("jj-1", "高速交警一大队", Kind.TRAFFIC_POLICE, "0871 6512 0122", "", "G56 临川至江城段"),
    ("qz-1", "通达清障", Kind.TOWING, "0871 6530 7711", "", "拖车3台，吊车1台，约20分钟到场"),
    ("qz-2", "江城清障二队", Kind.TOWING, "0871 6530 7722", "08:00–22:00", "拖车2台"),
    ("wx-1", "路桥机电抢修", Kind.REPAIR, "0871 6530 8866", "", "收费系统、情报板"),
)
# unit, who (a person's name to sign in, or a helper's code), as what, telephone, from, until
_DUTIES = (
    ("centre", "zhaomin", "值班领导", "8003", time(8), time(20)),
    ("centre", "sunli", "调度", "8004", time(8), time(20)),
    ("centre", "liqiang", "夜班值班长", "8002", time(20), time(8)),
    ("east-centre", "xujing", "分中心调度", "6301", time(8), time(20)),
    ("east-centre", "gaolei", "分中心夜班", "6302", time(20), time(8)),
    ("east-centre", "qz-1", "拖车值守", "", time(0), time(0)),
    ("liucun", "zhoujun", "站值班", "6201", time(8), time(20)),
)
_HELP = "highway-help"


def call_helpers(ours: Demonstration, *, at: datetime) -> None:
    """Fill the directory and the roster of the next days, and call help for who waits for it."""
    helpers = {one[0]: _add(ours, one, at) for one in _HELPERS}
    today = at.astimezone(_ZONE).date()
    for number in range(-1, _DAYS):
        _roster(ours, helpers, today + timedelta(days=number), at)
    _call(ours, helpers, at)


def _add(ours: Demonstration, one: tuple[str, str, Kind, str, str, str], at: datetime) -> int:
    code, name, kind, telephone, hours, remark = one
    details = HelperDetails(
        code=code, name=name, kind=kind, telephone=telephone, hours=hours, remark=remark
    )
    return add_helper(ours.organisation, details=details, actor=_MACHINE, at=at)


def _roster(ours: Demonstration, helpers: dict[str, int], day: date, at: datetime) -> None:
    """Put a day on the roster, as far as those who are on it are of this demonstration."""
    people = {one.sign_in: one.id for one in ours.people}
    for unit, who, role, telephone, begins, ends in _DUTIES:
        if who not in people and who not in helpers:
            continue
        next_day = day if ends > begins else day + timedelta(days=1)
        details = DutyDetails(
            begins_at=datetime.combine(day, begins, _ZONE),
            ends_at=datetime.combine(next_day, ends, _ZONE),
            person=people.get(who),
            helper=helpers.get(who),
            role=role,
            telephone=telephone,
        )
        set_duty(ours.units[unit], details=details, actor=_MACHINE, at=at)


def _call(ours: Demonstration, helpers: dict[str, int], at: datetime) -> None:
    """Have a towing firm be on its way, and the traffic police be told."""
    wanted = Wanted(flow=_HELP, home=ours.units["centre"])
    waiting = [one for one in cases(wanted, actor=_MACHINE) if one.state == "dispatched"]
    for one in waiting[:1]:
        called = [
            Called(helper=helpers["qz-1"], way=Way.PAGE),
            Called(helper=helpers["jj-1"]),
        ]
        told_at = max(one.moved_at, at - timedelta(minutes=8))
        call_crew(one.id, called=called, sent_as="demonstration", actor=_MACHINE, at=told_at)
        towing, police = notifications_of(one.id, actor=_MACHINE)[-2:]
        _answer(towing.id, Press.TAKEN, "刘师傅", min(at, told_at + timedelta(minutes=1)))
        _answer(police.id, Press.TAKEN, "12号席", min(at, told_at + timedelta(minutes=2)))
        _answer(towing.id, Press.ON_WAY, "", min(at, told_at + timedelta(minutes=4)))


def _answer(number: int, press: Press, who: str, at: datetime) -> None:
    answer_notification(number, answer=Answer(press=press, who=who), actor=_MACHINE, at=at)

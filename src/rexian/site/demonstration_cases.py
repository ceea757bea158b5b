"""Cases of the demonstration, in different states, so that its pages have something to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.standing import Source
from rexian.cases.queries import case
from rexian.cases.services import Given, move_case, take_case
from rexian.clockwork.services.firing import fire_some
from rexian.kernel.authority import Actor
from rexian.org.queries import signed_in
from rexian.places.domain.places import to_json
from rexian.places.queries import read_for_public
from rexian.site.demonstration import HOTLINE, Demonstration

_ZONE = ZoneInfo("Asia/Shanghai")
_MACHINE = Actor.system("demonstration")
_SENT = {"matter": "收费员态度生硬，未使用文明用语。", "against": "3号车道收费员"}
_WHOLE = {
    **_SENT,
    "video": "录像显示未使用文明用语。",
    "cause": "交接班时情绪不佳。",
    "responsible": "yes",
    "person": "3号车道当班收费员",
    "result": "批评教育，班组通报。",
    "told": "已向司乘致歉并说明处理结果。",
    "leader": "陈伟",
    "opinion": "情况属实，已处理。",
}


@dataclass(frozen=True, slots=True)
class _Story:
    """The people and units of the demonstration, by which cases are taken and moved."""

    ours: Demonstration
    at: datetime

    def take(self, who: str, minutes: int, **said: Any) -> int:
        """Take a case so many minutes ago, but not before the day began."""
        words = said.pop("place_text", "")
        place = to_json(read_for_public(self.ours.organisation, words).place) if words else {}
        details = CaseDetails(
            **{"source": Source.PERSON, "place": place, "place_text": words, **said}
        )
        return take_case(
            HOTLINE.code, details=details, actor=self._actor(who), at=self._ago(minutes)
        )

    def move(self, number: int, move: str, who: str, minutes: int, **given: Any) -> None:
        """Make a move so many minutes ago."""
        move_case(
            number,
            move=move,
            given=Given(**given),
            version=case(number, actor=_MACHINE).version,
            actor=self._actor(who),
            at=self._ago(minutes),
        )

    @property
    def units(self) -> Mapping[str, int]:
        """Return the units by code."""
        return self.ours.units

    def person(self, who: str) -> int:
        """Return somebody's id by the name with which they sign in."""
        return next(one.id for one in self.ours.people if one.sign_in == who)

    def _actor(self, who: str) -> Actor:
        found = signed_in(self.person(who))
        return found.actor if found else _MACHINE

    def _ago(self, minutes: int) -> datetime:
        """Return an instant of this day: the standards are in force from its beginning."""
        begins = self.at.astimezone(_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
        return max(begins, self.at - timedelta(minutes=minutes))


def take_cases(ours: Demonstration, *, at: datetime) -> None:
    """Take a few cases and bring each as far as it is to stand."""
    story = _Story(ours, at)
    _complaints(story)
    _help(story)
    _letter(story)
    _enquiry(story)
    # They began hours ago: what was due since then has happened, and no worker is late with it.
    while fire_some(_Now(at), worker="demonstration"):
        pass


@dataclass(frozen=True, slots=True)
class _Now:
    """A clock that stands at the instant of founding."""

    at: datetime

    def now(self) -> datetime:
        """Return that instant."""
        return self.at

    def monotonic(self) -> float:
        """Return seconds that do not pass."""
        return 0.0


def _complaints(story: _Story) -> None:
    new = story.take(
        "wangfang", 25, category="complaint-signs", case_class="complex", name="孙先生",
        number="13600136006", title="枢纽出口标志看不清", place_text="G56 江城枢纽",
        matter="江城枢纽出口预告标志被树遮挡，两次错过出口。",
    )  # fmt: skip
    story.move(new, "press", "wangfang", 5)
    open_one = _against_toll_station(story, 100, "钱女士", "13700137007")
    story.move(open_one, "sign", "zhoujun", 85)
    story.move(open_one, "investigate", "zhoujun", 60, text="已调取3号车道录像，正在核对当班人员。")
    done = _against_toll_station(story, 110, "周先生", "13500135005")
    story.move(done, "sign", "zhoujun", 105)
    story.move(done, "investigate", "zhoujun", 95, text="录像显示未使用文明用语。")
    leader = story.person("chenwei")
    story.move(done, "report-leader", "zhoujun", 90, text="已报值班领导。", person=leader)
    story.move(done, "find", "chenwei", 80, finding="true", responsible=True, text="情况属实。")
    story.move(done, "answer", "zhoujun", 60, text="已致歉并说明处理结果。")
    story.move(done, "return-slip", "zhoujun", 50, signer="周军", values=_WHOLE)


def _against_toll_station(story: _Story, minutes: int, name: str, number: str) -> int:
    made = story.take(
        "wangfang", minutes, category="complaint-attitude", case_class="simple", name=name,
        number=number, title="柳村收费站收费员态度不好", place_text="柳村收费站",
        matter="在柳村收费站交费时收费员态度生硬，要求答复。", hides_customer=name == "周先生",
    )  # fmt: skip
    sent_to = story.units["liucun"]
    story.move(made, "send-slip", "wangfang", minutes - 5, unit=sent_to, values=_SENT)
    return made


def _help(story: _Story) -> None:
    way = story.take(
        "wangfang", 12, category="breakdown-tyre", name="吴先生", number="13900139009",
        title="小客车爆胎", place_text="G56 临川方向 K110+300", matter="小客车爆胎，车上三人。",
    )  # fmt: skip
    story.move(way, "to-section", "wangfang", 11, unit=story.units["east-centre"])
    story.move(way, "dispatch", "xujing", 9)
    story.take(
        "wangfang", 2, category="breakdown-mechanical", name="郑先生", number="13800138018",
        title="货车抛锚", place_text="G56 江城方向 K97", matter="货车抛锚，占用应急车道。",
    )  # fmt: skip


def _letter(story: _Story) -> None:
    made = story.take(
        "zhaomin", 180, source=Source.OUTSIDE, outside_body="12345",
        outside_number="JC2026112200183", category="complaint-toll-dispute", name="何女士",
        number="13300133003", title="12345 转办：收费有争议", matter="市民反映绕城高速多收费。",
        due_at=story.at + timedelta(days=3), case_class="complex",
    )  # fmt: skip
    story.move(made, "accept", "zhaomin", 170)


def _enquiry(story: _Story) -> None:
    story.take(
        "wangfang", 40, category="enquiry-fee", name="冯先生", number="13100131001",
        title="货车通行费明细", matter="要求查询上月通行费明细，约好回电。",
    )  # fmt: skip

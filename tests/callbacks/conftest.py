"""A hotline whose customers were not served, and a worker who sees to what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rexian.callbacks.domain.answers import Answers, Outcome
from rexian.callbacks.queries import CaseCallShown, SurveyShown, case_call, surveys_of_case
from rexian.callbacks.services import log_answers, take_case_call
from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.standing import Source
from rexian.cases.services import take_case
from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.services.firing import fire_some
from rexian.contacts.services import leave_as_customer, set_up_hotline
from rexian.kernel.authority import Actor
from rexian.org.domain.people import PersonDetails, UnitDetails
from rexian.org.domain.roles import Role
from rexian.org.queries import signed_in
from rexian.org.services import join_person, open_unit
from rexian.standard.queries.published import load_version
from rexian.standard.services import publish_shipped
from tests.cases.conftest import Desk, desk
from tests.cast import FOUNDED_AT
from tests.contacts.conftest import DETAILS, NOON, QUEUES, House, house, later

__all__ = ["NUMBER", "Calls", "Done", "calls", "desk", "done", "house", "later"]

NUMBER = "13800138000"
SLIP = {"matter": "态度生硬", "against": "3号车道收费员"}
WHOLE = SLIP | {
    "video": "录像显示未使用文明用语",
    "cause": "交接班情绪不佳",
    "responsible": "yes",
    "result": "批评教育",
    "told": "已致歉",
    "leader": "周军",
    "opinion": "属实，已处理",
}
LEAK_CLOSED = {
    "arrived_at": "12:05",
    "cause": "接口松动",
    "measures": "紧固并查漏合格",
    "hazard": "no",
    "finished_at": "12:20",
    "crew": "韩山",
}


def work(after: float) -> None:
    """Have the worker do what is due so many seconds after noon."""
    while fire_some(SetClock(later(after)), worker="tests"):
        pass


@dataclass(frozen=True)
class Calls:
    """Customers who are to be called."""

    house: House

    def abandoned(self, *, after: float = 0, number: str = NUMBER, **said: str) -> int:
        """Have a customer wait for ten seconds and leave; return the contact."""
        made = self.house.arrival(after=after, number=number, **said)
        leave_as_customer(made, at=later(after + 10))
        work(after + 10)
        return made

    def work(self, after: float) -> None:
        """Have the worker do what is due."""
        work(after)


@pytest.fixture
def calls(house: House) -> Calls:
    """Return the hands to play customers who are to be called."""
    return Calls(house)


@dataclass(frozen=True)
class Done:
    """Hands to bring cases to where their customers are called."""

    desk: Desk

    @property
    def agent(self) -> Actor:
        """Return who calls customers back."""
        return self.desk.actor(Role.CALLBACK_AGENT)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the house."""
        return ZoneInfo("Asia/Shanghai")

    def complaint(self, *, at: datetime = NOON, **said: Any) -> int:
        """Have a complaint be taken and done by the toll station's handler, and the worker work."""
        case = self.done_before_the_worker(at=at, **said)
        self.desk.work(at)
        return case

    def done_before_the_worker(self, *, at: datetime = NOON, **said: Any) -> int:
        """Have a complaint be taken and done."""
        case = self.desk.take(at=at, **said)
        self.desk.move(case, "send-slip", unit=self.desk.units["liucun"], values=SLIP, at=at)
        self._resolve(case, at)
        return case

    def again(self, case: int) -> datetime:
        """Have a complaint be done once more, a day later; return when."""
        at = NOON + timedelta(days=1)
        self._resolve(case, at)
        self.desk.work(at)
        return at + timedelta(hours=2)

    def help(self, *, by: Role = Role.DISPATCHER, at: datetime = NOON) -> int:
        """Have somebody be helped on the road."""
        case = self.desk.take(category="breakdown", case_class="", title="车辆故障", at=at)
        self.desk.move(case, "dispatch", by, at=at)
        self.desk.move(case, "finish", by, text="已拖离", at=at)
        self.desk.work(at)
        return case

    def _resolve(self, case: int, at: datetime) -> None:
        leader = self.desk.actor(Role.MANAGER).person
        self.desk.move(case, "sign", Role.HANDLER, at=at)
        self.desk.move(case, "investigate", Role.HANDLER, text="已看录像", at=at)
        self.desk.move(case, "report-leader", Role.HANDLER, text="已报", person=leader, at=at)
        finding: Mapping[str, Any] = {"finding": "true", "responsible": True, "text": "属实"}
        self.desk.move(case, "find", Role.MANAGER, at=at, **finding)
        self.desk.move(case, "answer", Role.HANDLER, text="已致歉并说明", at=at)
        self.desk.move(case, "return-slip", Role.HANDLER, signer="周军", values=WHOLE, at=at)

    def emergency(self) -> int:
        """Have a leak be reported to a hotline of gas, and closed at noon."""
        house = self.desk.house.cast
        machine = Actor.system("tests")
        publish_shipped(house.organisation, names=["gas"], actor=machine, at=FOUNDED_AT)
        set_up_hotline(
            house.units["centre"],
            details=replace(DETAILS, code="gas-line", standard="gas"),
            queues=QUEUES,
            actor=machine,
            at=FOUNDED_AT,
        )
        details = UnitDetails(code="crew", name="抢险队", tier="抢险队")
        crew = open_unit(house.units["centre"], details=details, actor=machine, at=NOON)
        driver = self._join(crew, "hanshan", "韩山", Role.HANDLER)
        leak = CaseDetails(
            source=Source.PERSON,
            category="emergency-leak",
            matter="楼道有燃气味",
            number="13800138000",
            place_text="江城花园3栋2单元",
        )
        leader = self.desk.actor(Role.DUTY_LEADER)
        case = take_case("gas-line", details=leak, actor=leader, at=NOON)
        self.desk.move(case, "forward", leader, unit=crew)
        self.desk.move(case, "sign", driver)
        self.desk.move(case, "finish", driver, values=LEAK_CLOSED)
        self.desk.work(NOON)
        return case

    def survey(self, case: int) -> SurveyShown:
        """Return what is asked on the latest round of a case."""
        return surveys_of_case(case)[-1]

    def call(self, case: int) -> CaseCallShown:
        """Return the call that is to be made on a case."""
        return self.call_of(self.survey(case).call or 0)

    def call_of(self, call: int) -> CaseCallShown:
        """Return a call as it is."""
        return case_call(call, actor=Actor.system("tests"))

    def take(self, case: int, *, at: datetime = NOON + timedelta(hours=2)) -> int:
        """Have the callback agent take the call on a case; return its id."""
        call = self.call(case).id
        take_case_call(call, actor=self.agent, at=at)
        return call

    def answer(
        self, call: int, case: int, answers: Answers, *, at: datetime = NOON + timedelta(hours=2)
    ) -> Mapping[int, Outcome]:
        """Have the customer answer on one case; the second telling is the same call."""
        nth = max(self.call_of(call).attempts, 1)
        return log_answers(call, attempt=nth, answers={case: answers}, actor=self.agent, at=at)

    def another_agent(self) -> Actor:
        """Return a second person who calls customers back."""
        return self._join(self.desk.units["team-1"], "hanmei", "韩梅", Role.CALLBACK_AGENT)

    def another_handler(self) -> int:
        """Return a second handler of the toll station."""
        return self._join(self.desk.units["liucun"], "gaofei", "高飞", Role.HANDLER).person or 0

    def leader_of_the_station(self) -> Actor:
        """Return a supervisor of the toll station alone."""
        return self._join(self.desk.units["liucun"], "linyun", "林云", Role.TEAM_LEADER)

    def _join(self, unit: int, sign_in: str, name: str, role: Role) -> Actor:
        joined = join_person(
            unit,
            details=PersonDetails(sign_in=sign_in, name=name),
            roles=(role,),
            actor=Actor.system("tests"),
            at=NOON,
        )
        person = signed_in(joined)
        assert person is not None
        return person.actor

    def set_share(self, monkeypatch: pytest.MonkeyPatch, share: float) -> None:
        """Have the standard call back a share of the complaints."""
        casework = load_version(self.desk.shown(self.desk.take()).standard).casework
        specs = {name: replace(one, share=share) for name, one in casework.callbacks.items()}
        monkeypatch.setattr(type(casework), "callbacks", specs, raising=True)


@pytest.fixture
def done(desk: Desk) -> Done:
    """Return the hands that bring cases to their callbacks."""
    return Done(desk)

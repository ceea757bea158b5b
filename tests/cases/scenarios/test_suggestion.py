"""CC-25 and HW-3.15: a suggestion goes to those responsible, who say what becomes of it."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import Lacking
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db


def test_a_suggestion_is_passed_on_and_what_becomes_of_it_is_said(motorway: Organisation) -> None:
    story = take(motorway, "12:00", words="建议服务区多装几个充电桩。", category="suggestion")
    assert story.shown.flow == "highway-suggestion"
    ten_working_days = "12-08 00:00"
    assert story.clocks == {"settle": ten_working_days}
    story.move("agent", "forward", "12:10", unit="station")
    story.move("station", "return", "12:30", reason="不是收费站的事")
    story.move("agent", "forward", "12:40", unit="services")
    assert story.clocks == {"settle": ten_working_days, "sign-for": "14:40"}
    assert story.reads("12:40") == "已转相关部门"
    story.move("services", "sign", "13:00")
    story.move("customer", "add", "13:30", text="最好是快充")
    assert story.shown.added == 1
    with nothing_changes(), pytest.raises(Lacking):
        story.move("services", "close", "11-25 10:00")
    story.move("services", "close", "11-25 10:00", text="已列入明年改造计划，新增四个快充桩")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])
    assert story.reads("12-24 12:00") == "已办结"


def test_a_suggestion_that_nobody_takes_up_climbs_the_ladder(motorway: Organisation) -> None:
    story = take(motorway, "12:00", words="建议多开一个ETC车道。", category="suggestion")
    story.move("agent", "forward", "12:10", unit="station")
    story.move("station", "sign", "13:00")
    story.work("12-09 12:00")
    assert story.breaches == [("settle", "12-08 00:00")]
    station = {"station", "station head", "toll office", "company"}
    assert story.told("warn", "settle", "12-07 08:00") == station
    assert story.told("press", "settle", "12-08 07:59") == set()
    assert story.told("press", "settle", "12-08 08:00") == station
    assert story.told("supervise", "settle", "12-08 08:00") == station - {"station"}
    assert story.told("escalate", "settle", "12-08 08:00") == {"toll office", "company"}
    assert story.told("circulate", "settle", "12-09 08:00") == {"company"}

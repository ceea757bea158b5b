"""CC-32, HW-3.16, GH-3.9: looked up, and the customer called in time with the answer or without."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import Lacking
from rexian.kernel.errors import NotFound
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db


def test_an_enquiry_is_looked_up_and_the_customer_called_with_the_answer(
    motorway: Organisation,
) -> None:
    story = take(
        motorway, "12:00", words="大件运输证在哪个收费站能核验？", category="enquiry-policy"
    )
    assert (story.shown.flow, story.clocks) == ("highway-enquiry", {"reply": "14:00"})
    assert {"forward", "found", "not-yet", "answer"} <= story.offered("agent")
    story.move("agent", "forward", "12:10", unit="station")  # HW-3.16: passed on
    assert (story.clocks["sign-for"], story.reads("12:10")) == ("14:10", "已转相关部门")
    story.move("station", "sign", "12:30")
    story.move("station", "found", "13:00", text="柳村东收费站1号车道可核验，24小时")
    assert (story.shown.standing, story.clocks) == ("resolved", {"reply": "14:00"})
    assert story.reads("13:00") == "已查到，将与您联系"
    story.move("callback agent", "answer", "13:30", text="柳村东收费站1号车道可核验，24小时")
    assert (story.clocks, story.reads("13:30")) == ({}, "已答复")

    # It was not that: another round, with whoever took it, against a clock of its own.
    story.move("customer", "reopen", "15:00", reason="问的是超宽车辆")
    assert (story.shown.round, story.state, story.unit) == (2, "taken", "centre")
    assert story.clocks == {"reply": "17:00"}
    story.move("agent", "forward", "15:10", unit="station")
    story.move("station", "return", "15:30", reason="超宽车辆由路政核验")
    assert (story.unit, story.clocks) == ("centre", {"reply": "17:00"})
    story.move("agent", "answer", "16:00", text="超宽车辆请到江城枢纽路政大厅核验")
    assert story.heard("16:00")[-1] == "已答复您"
    story.move("agent", "archive", "16:05")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])


def test_what_nobody_looks_up_climbs_the_ladder(motorway: Organisation) -> None:
    story = take(motorway, "12:00", words="明天封路吗？", category="enquiry-road")
    with pytest.raises(NotFound):
        story.sees("station")
    story.work("11-24 15:00")
    assert story.breaches == [("reply", "14:00")]
    house = {"team leader", "duty leader", "dispatcher", "company"}
    assert story.told("warn", "reply", "13:30") == house
    assert story.told("press", "reply", "14:00") == house
    assert story.told("supervise", "reply", "15:00") == house - {"dispatcher"}
    assert story.told("escalate", "reply", "18:00") == {"company"}
    assert story.told("circulate", "reply", "11-24 14:00") == {"company"}
    story.move("agent", "found", "11-24 15:10", text="不封路")
    story.move("callback agent", "unreached", "11-25 15:10", reason="两天四次无人接听")
    story.move("agent", "archive", "11-25 15:20")
    assert story.shown.standing == "closed"


def test_without_a_result_the_customer_is_told_so_and_half_an_hour_starts_again(
    gas: Organisation,
) -> None:
    story = take(gas, "12:00", words="阶梯气价第二档从多少方开始？", category="enquiry-fee")
    assert (story.shown.flow, story.clocks) == ("enquiry", {"reply": "12:30"})
    with nothing_changes(), pytest.raises(Lacking):
        story.move("agent", "not-yet", "12:28")
    story.move("agent", "not-yet", "12:28", text="还在核实，一点前再回电")
    assert story.clocks == {"reply": "12:58"}
    assert story.heard("12:28")[-1] == "已向您说明尚无结果"
    story.move("agent", "forward", "12:40", unit="hall")
    story.work("14:00")
    assert story.breaches == [("reply", "12:58")]
    assert story.told("warn", "reply", "12:55") == {"hall", "hall manager", "company"}
    assert story.told("press", "reply", "12:58") == {"hall", "hall manager", "company"}
    assert story.told("supervise", "reply", "13:58") == {"hall manager", "company"}
    story.move("agent", "not-yet", "14:00", text="营业厅正在核实")
    assert story.clocks["reply"] == "14:30"
    story.move("hall", "sign", "14:05")
    story.move("hall", "answer", "14:20", text="年用量360方以上为第二档")
    story.move("agent", "archive", "14:30")
    assert story.shown.standing == "closed"


def test_where_our_own_set_is_at_fault_the_customer_is_called_in_three_minutes(
    gas: Organisation,
) -> None:
    story = take(gas, "12:00", category="line-fault", matter="我方话机无声")
    assert (story.shown.flow, story.clocks) == ("call-again", {"call-again": "12:03"})
    story.work("12:10")
    assert story.breaches == [("call-again", "12:03")]  # GH-3.18: a target, which climbs no ladder
    assert story.shown.breached_at is None
    assert story.told("press", "call-again", "12-31 12:00") == set()
    story.move("agent", "called", "12:11")
    assert story.shown.standing == "closed"

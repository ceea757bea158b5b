"""HW-2.6 and HW-2.7: a complaint with a slip, or with a form from the section centre."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import (
    BadSlip,
    IllegalMove,
    Lacking,
    NeedsSecondPerson,
    NotTheirMove,
    TooOften,
    TooSoon,
    WrongUnit,
)
from rexian.kernel.errors import NotFound
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, instant, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

SLIP = {"matter": "收费员态度生硬", "against": "3号车道收费员"}
FORM = {"matter": "收费员态度生硬", "demands": "调阅录像，当日答复"}
FOUND = {
    "video": "录像显示未使用文明用语",
    "cause": "交接班情绪不佳",
    "responsible": "yes",
    "result": "批评教育，班组通报",
    "told": "已致歉",
    "leader": "冯刚",
    "opinion": "属实，已处理",
}
PRESSED = {"station", "station head", "toll office", "company"}


def complaint(motorway: Organisation, *, case_class: str = "simple") -> Story:
    """Return a complaint about a toll collector, as it was said in the chat."""
    return take(
        motorway,
        "12:00",
        words="柳村东收费站3号车道收费员态度很差，我要投诉。",
        category="complaint-attitude",
        case_class=case_class,
        place_text="柳村东收费站",
        hides_customer=True,
    )


def investigate(story: Story, day: str) -> None:
    """Have the station find out what happened, by the video, and tell its leader on duty."""
    story.move("station", "investigate", f"{day} 13:00", text="已看录像，未使用文明用语")
    story.move("station", "report-leader", f"{day} 13:10", text="已报冯刚", person="station head")


def test_with_a_slip_it_goes_straight_to_the_unit_which_finds_out_and_answers(
    motorway: Organisation,
) -> None:
    story = complaint(motorway)
    assert story.clocks == {"answer": "14:00", "pass-on": "14:00"}
    assert story.reads("12:00") == "已受理"
    with nothing_changes(), pytest.raises(BadSlip):  # what is complained of has to be said
        story.move("agent", "send-slip", "12:10", unit="station", values={})
    with nothing_changes(), pytest.raises(WrongUnit):
        story.move("agent", "send-slip", "12:10", unit="west", values=SLIP)
    story.move("agent", "send-slip", "12:10", unit="station", values=SLIP)
    assert story.clocks == {"answer": "14:00", "sign-for": "14:10"}
    assert story.reads("12:10") == "已转相关单位"
    assert (story.sees("station").name, story.sees("agent").name) == ("", "赵先生")

    story.move("station", "sign", "12:20")
    assert story.clocks == {"answer": "14:00", "investigate": "11-25 00:00"}
    with nothing_changes(), pytest.raises(TooSoon):
        story.move("station", "report-leader", "12:25", text="-", person="station head")
    investigate(story, "11-23")
    assert story.clocks == {"answer": "14:00"}
    assert "answer" not in story.offered("station")  # not before it is found who was right
    with nothing_changes(), pytest.raises(NeedsSecondPerson):
        story.move("station", "find", "13:15", finding="true", text="属实")
    story.move("station head", "find", "13:20", finding="true", responsible=True, text="属实")
    story.move("station", "answer", "13:50", text="收费员已受到批评教育，向您致歉")
    assert (story.state, story.clocks, story.reads("13:50")) == ("answered", {}, "已答复")


def test_the_slip_comes_back_signed_and_the_customer_is_called(motorway: Organisation) -> None:
    story = complaint(motorway)
    story.move("agent", "send-slip", "12:10", unit="station", values=SLIP)
    story.move("station", "sign", "12:20")
    investigate(story, "11-23")
    story.move("station head", "find", "13:20", finding="true", responsible=True, text="属实")
    story.move("station", "answer", "13:50", text="收费员已受到批评教育，向您致歉")
    with nothing_changes(), pytest.raises(Lacking):
        story.move("station head", "return-slip", "14:00", values=SLIP | FOUND)
    with nothing_changes(), pytest.raises(BadSlip):  # a slip is signed when it is whole
        story.move("station head", "return-slip", "14:00", values=SLIP, signer="冯刚")
    assert "feed-back" not in story.offered("station head")  # there was no form
    story.move("station head", "return-slip", "14:00", values=SLIP | FOUND, signer="冯刚")
    slip = story.slip("complaint-slip")
    assert (slip.signer, slip.signed_at, slip.version) == ("冯刚", instant("14:00"), 2)
    assert story.reads("14:00") == "已处理，将与您核实"

    story.move("callback agent", "confirm", "11-24 10:00")
    with nothing_changes(), pytest.raises(TooSoon):  # reported upwards before it is archived
        story.move("agent", "archive", "11-24 10:05")
    story.move("callback agent", "report-up", "11-24 10:10", text="已反馈省客服中心与收费站")
    story.move("agent", "archive", "11-24 10:20")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.shown.finding) == ("closed", "true")
    assert (story.breaches, story.reads("12-24 12:00")) == ([], "已办结")


def test_without_a_slip_the_section_centre_fills_in_the_form_and_sends_it_down(
    motorway: Organisation,
) -> None:
    story = complaint(motorway, case_class="complex")
    assert story.clocks == {"answer": "11-24 12:00", "pass-on": "14:00"}
    story.move("agent", "to-section", "12:10", unit="section")
    assert (story.state, story.reads("12:10")) == ("at-section", "已转路段中心")
    assert "send-slip" not in story.offered("section")
    story.move("section", "send-form", "12:40", unit="station", values=FORM)
    story.move("station", "sign", "12:50")
    investigate(story, "11-23")
    story.move("station head", "find", "13:20", finding="partly", text="部分属实")
    story.move("station", "answer", "13:50", text="已说明情况并致歉")
    assert "return-slip" not in story.offered("station")
    story.move("station head", "feed-back", "14:00", values=FORM | FOUND, signer="冯刚")
    assert story.slip("complaint-feedback").signer == "冯刚"
    assert story.sees("section").state == "resolved"  # who sent it down follows it


def test_who_is_not_satisfied_has_another_round_by_the_same_unit(motorway: Organisation) -> None:
    story = complaint(motorway, case_class="complex")
    story.move("agent", "to-section", "12:10", unit="section")
    story.move("section", "send-form", "12:40", unit="station", values=FORM)
    story.move("station", "sign", "12:50")
    investigate(story, "11-23")
    story.move("station head", "find", "13:20", finding="partly", text="部分属实")
    story.move("station", "answer", "13:50", text="已说明情况并致歉")
    story.move("station head", "feed-back", "14:00", values=FORM | FOUND, signer="冯刚")
    story.move("callback agent", "reopen", "11-24 10:00", reason="没有道歉，不满意")
    assert (story.shown.round, story.unit, story.shown.finding) == (2, "station", "")
    assert story.clocks == {"answer": "11-25 10:00", "sign-for": "11-24 12:00"}
    assert (story.reads("11-24 10:00"), story.heard("11-24 10:00")[-1]) == (
        "已重新办理",
        "已重新办理",
    )
    story.work("11-24 12:00")
    assert story.breaches == [("sign-for", "11-24 12:00")]
    assert story.told("press", "sign-for", "11-24 12:00") == PRESSED
    story.move("station", "sign", "11-24 12:30")
    investigate(story, "11-24")
    story.move("station head", "find", "11-24 13:20", finding="true", responsible=True, text="属实")
    story.move("station", "answer", "11-24 14:00", text="当事人已向您当面致歉")
    with nothing_changes(), pytest.raises(BadSlip):  # the form of this round is another one
        story.move("station head", "feed-back", "11-24 14:10", signer="冯刚")
    story.move("station head", "feed-back", "11-24 14:10", values=FORM | FOUND, signer="冯刚")
    assert [one.round for one in story.page.slips if one.form == "complaint-feedback"] == [1, 2]

    story.move("callback agent", "confirm", "11-25 10:00")
    story.move("callback agent", "report-up", "11-25 10:10", text="已反馈")
    story.move("machine", "archive", "11-25 10:20")
    assert (story.shown.standing, story.shown.finding) == ("closed", "true")


def test_two_units_refuse_it_and_who_took_it_decides(motorway: Organisation) -> None:
    story = complaint(motorway)
    story.move("agent", "send-slip", "12:05", unit="services", values=SLIP)
    with nothing_changes(), pytest.raises(Lacking):
        story.move("services", "return", "12:10")
    story.move("services", "return", "12:10", reason="不属服务区管理")
    assert (story.state, story.unit) == ("returned", "centre")
    assert story.clocks == {"answer": "14:00"}  # a return never resets the clock
    assert story.reads("12:10") == "正在协调办理单位"
    assert "arbitrate" not in story.offered("agent")
    story.move("agent", "send-slip", "12:15", unit="station", values=SLIP)
    story.move("station", "return", "12:30", reason="当班人员属服务区外派")
    with nothing_changes(), pytest.raises(TooOften):
        story.move("agent", "send-slip", "12:35", unit="services", values=SLIP)
    for who in ("agent", "dispatcher", "station head"):
        with nothing_changes(), pytest.raises((NotTheirMove, NotFound)):
            story.move(who, "arbitrate", "12:35", unit="station", reason="属收费站")
    story.move("duty leader", "arbitrate", "12:40", unit="station", reason="收费员属收费站编制")
    assert (story.unit, story.shown.returned) == ("station", 2)
    assert story.clocks == {"answer": "14:00", "sign-for": "14:40"}
    story.move("station", "sign", "12:50")
    investigate(story, "11-23")
    story.move("station head", "find", "13:20", finding="untrue", text="不属实")
    story.move("station", "answer", "13:50", text="录像显示用语规范，已说明")
    story.move("station head", "return-slip", "14:00", values=SLIP | FOUND, signer="冯刚")
    assert story.shown.standing == "resolved"


def test_what_is_late_is_pressed_supervised_escalated_and_circulated(
    motorway: Organisation,
) -> None:
    story = complaint(motorway)
    story.move("agent", "send-slip", "12:10", unit="station", values=SLIP)
    story.move("station", "sign", "12:20")
    story.move("customer", "press", "13:00")
    assert story.shown.pressed == 1
    assert story.told("press", "", "13:00") == PRESSED
    story.work("11-24 15:00")
    assert story.breaches == [("answer", "14:00")]
    assert story.told("warn", "answer", "13:30") == PRESSED
    assert story.told("press", "answer", "14:00") == PRESSED
    assert story.told("supervise", "answer", "14:59") == set()
    assert story.told("supervise", "answer", "15:00") == {"station head", "toll office", "company"}
    assert story.told("escalate", "answer", "18:00") == {"toll office", "company"}
    assert story.told("circulate", "answer", "11-24 14:00") == {"company"}
    assert story.by_customer("11-24 15:00").where.is_late


def test_who_is_never_content_is_answered_as_unreasonable_by_approval_after_the_second_round(
    motorway: Organisation,
) -> None:
    story = complaint(motorway)
    story.move("agent", "send-slip", "12:10", unit="station", values=SLIP)
    for day in ("11-23", "11-24"):
        story.move("station", "sign", f"{day} 12:30")
        investigate(story, day)
        story.move("station head", "find", f"{day} 13:20", finding="untrue", text="不属实")
        story.move("station", "answer", f"{day} 13:50", text="已说明")
        story.move(
            "station head", "return-slip", f"{day} 14:00", values=SLIP | FOUND, signer="冯刚"
        )
        if day == "11-23":
            with nothing_changes(), pytest.raises(TooSoon):
                story.move("station head", "unreasonable", f"{day} 15:00", reason="诉求无依据")
            story.move("callback agent", "reopen", f"{day} 16:00", reason="要求开除当事人")
    story.move("station head", "unreasonable", "11-24 17:00", reason="要求开除，无依据")
    assert story.state == "resolved"
    assert story.asked_to_approve("duty leader") == {"unreasonable"}
    assert story.asked_to_approve("station head") == set()
    story.refuse("duty leader", "11-24 17:10", reason="再与客户沟通一次")
    story.move("station head", "unreasonable", "11-24 18:00", reason="已沟通，客户坚持")
    story.approve("duty leader", "11-24 18:10")
    assert (story.state, story.shown.standing) == ("closed", "closed")
    with nothing_changes(), pytest.raises(IllegalMove):
        story.move("agent", "press", "11-25 09:00")

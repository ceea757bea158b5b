"""WC-2.1 to WC-2.3: five stages from the first sign of a complaint, and four principles."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import BadSlip, Lacking, NeedsSecondPerson, TooSoon
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, instant, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

SETTLED = {
    "cause": "系统重复扣费",
    "explanation": "已逐笔核对并说明",
    "proposal": "当场退还并免当月月租",
    "agreed": "yes",
    "lesson": "批扣后先核对再放号",
}


def sign_of_it(counter: Organisation) -> Story:
    """Return what the clerk takes down when a customer at the window raises their voice."""
    return take(
        counter,
        "12:00",
        by="clerk",
        unit="hall",
        category="complaint-billing",
        matter="客户说多扣了费，声音越来越大",
    )


def clarified(counter: Organisation) -> Story:
    """Return a complaint whose cause is found and explained."""
    story = sign_of_it(counter)
    story.move("reception", "lead-away", "12:02")
    story.move("reception", "listen", "12:10", text="连续两月各多扣20元")
    story.move("reception", "find-cause", "12:30", text="系统重复扣费")
    story.move("reception", "explain", "12:35", text="已逐笔核对并说明")
    return story


def test_the_five_stages_to_the_archive(counter: Organisation) -> None:
    story = sign_of_it(counter)
    page = story.page
    assert (page.case.flow, story.unit) == ("counter-complaint", "hall")
    assert [one.say("zh-Hans")[:2] for one in page.flow.spec.principles] == [
        "隔离",
        "冷静",
        "中立",
        "先处",
    ]
    assert story.clocks == {"lead-away": "12:05", "reply-or-say": "14:00"}
    assert "propose" not in story.offered("reception")

    story.move("reception", "lead-away", "12:03")  # prepare: apart, one person in charge
    assert story.shown.handler == counter.people["reception"]
    story.move("reception", "listen", "12:15", text="连续两月各多扣20元")  # accept
    assert story.reads("12:15") == "正在核实"
    with nothing_changes(), pytest.raises(TooSoon):  # WC-2.3a: the cause before all else
        story.move("reception", "explain", "12:20", text="系统问题")
    story.move("reception", "find-cause", "12:30", text="系统重复扣费")
    with nothing_changes(), pytest.raises(NeedsSecondPerson):
        story.move("reception", "find", "12:32", finding="true", text="属实")
    story.move("hall manager", "find", "12:33", finding="true", responsible=True, text="属实")
    story.move("reception", "explain", "12:35", text="已逐笔核对并说明")  # explain and clarify
    assert story.reads("12:35") == "正在拟定方案"
    story.move("reception", "propose", "12:45", text="当场退还40元")  # propose
    assert (story.shown.standing, story.clocks) == ("answered", {})
    with nothing_changes(), pytest.raises(BadSlip):
        story.move("reception", "agree", "12:50", signer="廖文", values={"cause": "重复扣费"})
    story.move("reception", "agree", "12:50", signer="廖文", values=SETTLED)
    assert story.reads("12:50") == "已办理，将回访您"
    story.move("callback agent", "confirm", "11-25 10:00")  # follow up
    story.move("hall manager", "archive", "11-25 10:05")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])
    assert story.heard("12-24 12:00") == [
        "已受理",
        "专人正在了解情况",
        "正在核实",
        "正在拟定方案",
        "已答复您",
        "已办理，将回访您",
        "您已确认",
        "已办结",
    ]


def test_nobody_takes_the_customer_apart_and_the_hall_is_told_at_once(
    counter: Organisation,
) -> None:
    story = sign_of_it(counter)
    story.work("12:11")
    assert story.breaches == [("lead-away", "12:05")]
    assert story.told("press", "lead-away", "12:05") == {"reception", "hall manager", "company"}
    assert story.told("escalate", "lead-away", "12:10") == {"company"}
    story.work("11-24 15:00")
    assert story.breaches[-1] == ("reply-or-say", "14:00")
    assert story.told("supervise", "reply-or-say", "15:00") == {"hall manager", "company"}
    assert story.told("escalate", "reply-or-say", "18:00") == {"company"}
    assert story.told("circulate", "reply-or-say", "11-24 14:00") == {"company"}


def test_the_time_that_is_said_starts_a_clock(counter: Organisation) -> None:
    story = clarified(counter)
    assert story.clocks == {"reply-or-say": "14:00"}
    with nothing_changes(), pytest.raises(Lacking):
        story.move("reception", "promise", "12:40", text="稍后答复您")
    with nothing_changes(), pytest.raises(Lacking):
        story.move("reception", "promise", "12:40", text="十二点半前答复", due="12:30")
    story.move("reception", "promise", "12:40", text="下午四点前答复您", due="16:00")
    assert story.clocks == {"promise": "16:00"}
    assert story.heard("12:40")[-1] == "已告知您答复时间"
    assert story.by_customer("12:40").where.due_at == instant("16:00")
    story.move("reception", "promise", "15:30", text="账务部还在查，五点前答复您", due="17:00")
    assert story.clocks == {"promise": "17:00"}
    story.work("18:30")
    assert story.breaches == [("promise", "17:00")]
    assert story.told("warn", "promise", "16:30") == {"reception", "hall manager", "company"}
    assert story.told("supervise", "promise", "18:00") == {"hall manager", "company"}
    story.move("reception", "propose", "18:30", text="明日退还")
    assert story.clocks == {}


def test_what_is_beyond_ones_authority_is_reported_up_and_followed(counter: Organisation) -> None:
    story = clarified(counter)
    story.move("reception", "promise", "12:40", text="明日中午前答复您", due="11-24 12:00")
    story.move("reception", "refer", "12:45", text="超过200元的减免要上报")
    assert story.told("escalate", "", "12:45") == {"hall manager", "company"}
    assert story.clocks == {"promise": "11-24 12:00", "instruct": "11-24 12:45"}
    assert story.reads("12:45") == "已上报，专人跟进"
    story.move("reception", "interim", "15:00", text="已上报，领导正在研究")
    assert story.heard("15:00")[-1] == "已告知您办理进展"
    assert "instruct" not in story.offered("reception")
    story.move("company", "instruct", "11-24 10:00", text="同意减免")
    assert story.clocks == {"promise": "11-24 12:00"}
    story.move("reception", "propose", "11-24 10:30", text="减免当月月租")
    story.move("customer", "refuse", "11-24 11:00", reason="要求连减三个月")
    assert story.clocks == {"reply-or-say": "11-24 13:00"}  # the reply is owed again
    story.move("reception", "propose", "11-24 12:00", text="减免两个月")
    story.move("reception", "agree", "11-24 12:10", signer="廖文", values=SETTLED)
    assert story.shown.standing == "resolved"


def test_who_is_not_content_when_called_has_another_proposal(counter: Organisation) -> None:
    story = clarified(counter)
    story.move("reception", "propose", "12:45", text="当场退还40元")
    story.move("reception", "agree", "12:50", signer="廖文", values=SETTLED)
    story.move("callback agent", "reopen", "11-25 10:00", reason="钱没有到账")
    assert (story.shown.round, story.state) == (2, "proposing")
    assert story.clocks == {"reply-or-say": "11-25 12:00"}
    assert story.heard("11-25 10:00")[-1] == "已重新办理"
    story.work("11-25 13:00")
    assert story.breaches == [("reply-or-say", "11-25 12:00")]
    story.move("reception", "propose", "11-25 13:10", text="现金退还")
    story.move("reception", "agree", "11-25 14:00", signer="廖文", values=SETTLED)
    story.move("callback agent", "confirm", "11-26 10:00")
    story.move("callback agent", "archive", "11-26 10:05")
    assert (story.shown.standing, story.shown.round) == ("closed", 2)

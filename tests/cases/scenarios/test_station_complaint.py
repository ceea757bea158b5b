"""CS-8: found out, recorded, reported to the head, followed, and the complainant told."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import BadSlip, NeedsSecondPerson, TooSoon
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

DECISION = {
    "facts_found": "行车记录显示中途将七名旅客倒给面包车",
    "plate": "皖B73512",
    "owner": "线路车主施某",
    "sanction": "suspend",
    "amount": "3000",
    "pledge": "yes",
    "told": "停班整改，罚款3000元，多收票款退还",
}


def dumped(station: Organisation) -> Story:
    """Return a complaint that passengers were handed on to another vehicle half-way."""
    return take(
        station,
        "12:00",
        words="你们司机半道把我们倒给一辆面包车，还多收二十！",
        category="complaint-dumping",
        case_class="complex",
    )


def test_from_the_taking_to_the_archive(station: Organisation) -> None:
    story = dumped(station)
    assert (story.shown.flow, story.unit) == ("station-complaint", "office")
    assert story.clocks == {
        "answer": "11-24 12:00",
        "report-head": "14:00",
        "result": "11-27 00:00",
    }
    assert "tell-result" not in story.offered("office")
    story.move("office", "forward", "12:10", unit="coaches")
    story.move("coaches", "sign", "12:30")
    story.move("agent", "report-head", "13:00", text="倒客投诉一件，七名旅客")
    assert story.told("escalate", "", "13:00") >= {"head"}
    assert "report-head" not in story.clocks
    story.move("coaches", "investigate", "15:00", text="行车记录属实")
    with nothing_changes(), pytest.raises(NeedsSecondPerson):
        story.move("coaches", "find", "15:10", finding="true", text="属实")
    story.move("head", "find", "15:20", finding="true", responsible=True, text="属实")
    story.move("agent", "clear-answer", "15:30", text="已查实，处理结果三天内告知")  # CC-20
    assert story.clocks == {"result": "11-27 00:00"}
    assert story.heard("15:30")[-1] == "已答复您，结果将另行告知"
    story.move("agent", "follow", "11-24 09:00", text="处理决定正在签发")
    assert story.heard("11-24 09:00")[-1] == "正在跟踪办理"
    with nothing_changes(), pytest.raises(BadSlip):
        story.move("head", "decide", "11-24 10:00", signer="戴刚", values={"plate": "皖B73512"})
    story.move("head", "decide", "11-24 10:00", signer="戴刚", values=DECISION)
    story.move("office", "tell-result", "11-24 11:00", text=DECISION["told"])
    assert (story.shown.standing, story.clocks) == ("answered", {})
    assert story.reads("11-24 11:00") == "已告知结果"
    story.move("agent", "archive", "11-24 11:10")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])
    assert story.slip("station-decision").values["sanction"] == "suspend"


def test_what_the_head_was_not_told_is_late_and_cannot_be_archived(station: Organisation) -> None:
    story = dumped(station)
    story.move("office", "investigate", "12:30", text="旅客误会，正常换乘")
    story.move("office", "tell-result", "13:00", text="班次故障，按规定免费换乘")
    with nothing_changes(), pytest.raises(TooSoon):
        story.move("agent", "archive", "13:10")
    story.work("15:30")
    assert story.breaches == [("report-head", "14:00")]
    assert story.told("supervise", "report-head", "15:00") == {"head"}
    story.move("office", "report-head", "15:30", text="误会一件，已说明")
    story.move("agent", "archive", "15:40")
    assert story.shown.standing == "closed"


def test_who_does_not_accept_the_result_has_it_looked_into_again(station: Organisation) -> None:
    story = dumped(station)
    story.move("office", "report-head", "12:20", text="倒客投诉一件")
    story.move("office", "investigate", "12:30", text="正常换乘")
    story.move("office", "tell-result", "13:00", text="正常换乘")
    story.move("customer", "reopen", "15:00", reason="多收的二十元没有退")
    assert (story.shown.round, story.state) == (2, "with-leader")
    assert story.clocks == {
        "answer": "11-24 15:00",
        "report-head": "17:00",
        "result": "11-27 00:00",
    }

"""SK-2.10 and SK-2.11: verified, found by a second person, made good by its class, called back."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import BadSlip, IllegalMove, Lacking, NeedsSecondPerson
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

VERIFIED = {"facts": "看了打卡和录像", "coach_says": "接了一个电话", "record": "打卡少了40分钟"}
MADE_UP = {"hours": "2", "lesson_at": "2026-11-28 09:00", "coach": "段教练", "agreed": "yes"}
TOLD = {
    "refund": "240",
    "measures": "停课一周，扣当月奖金",
    "told": "已退费并处理教练",
    "again": "yes",
    "hours": "2",
}


def complaint(lessons: Organisation, category: str, matter: str) -> Story:
    """Return what a learner complains of to the platform."""
    return take(lessons, "12:00", category=category, matter=matter)


def verified(story: Story) -> Story:
    """Have the training ground sign for it and verify what happened."""
    story.move("agent", "to-unit", "12:10", unit="ground")
    story.move("ground", "sign", "12:30")
    story.move("ground", "investigate", "14:00", text="打卡少了40分钟", values=VERIFIED)
    return story


def true(story: Story) -> Story:
    """Have a second person find it true."""
    story.move("ground head", "find", "15:00", finding="true", responsible=True, text="属实")
    return story


def settled(story: Story) -> None:
    """Have what was answered be done, called back and archived."""
    story.move("ground head", "done", "17:00", text="办理完毕")
    story.move("callback agent", "confirm", "11-25 10:00")
    story.move("desk leader", "archive", "11-25 10:05")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])


def test_hours_cut_short_are_made_up_free_once_found_true(lessons: Organisation) -> None:
    story = complaint(lessons, "complaint-hours", "约了两小时，教练接了40分钟电话")
    assert (story.page.case.flow, story.clocks) == ("hours-complaint", {"pass-on": "14:00"})
    story.move("agent", "to-unit", "12:10", unit="ground")
    assert story.clocks == {"sign-for": "14:10"}
    story.move("ground", "sign", "12:30")
    assert (story.reads("12:30"), story.clocks) == ("正在核实", {"verify": "11-26 00:00"})
    story.move("ground", "investigate", "14:00", text="打卡少了40分钟", values=VERIFIED)
    with nothing_changes(), pytest.raises(IllegalMove):  # nothing is granted before a finding
        story.move("ground head", "grant", "14:30", text="补练")
    with nothing_changes(), pytest.raises(NeedsSecondPerson):
        story.move("ground", "find", "14:30", finding="true", text="属实")
    true(story)
    assert story.clocks == {"tell": "17:00"}
    story.move("ground head", "grant", "15:10", text="按原预约两个学时免费补练")
    assert story.clocks == {"make-good": "11-27 00:00"}
    assert story.reads("15:10") == "正在为您安排免费补练"
    with nothing_changes(), pytest.raises(BadSlip):
        story.move("ground", "make-up", "16:00", signer="尤刚", values={"hours": "2"})
    story.move("ground", "make-up", "16:00", signer="尤刚", values=MADE_UP)
    assert (story.shown.standing, story.clocks) == ("answered", {})
    assert story.heard("16:00")[-1] == "已为您安排免费补练"
    settled(story)


def test_gifts_are_refunded_the_coach_dealt_with_and_the_learner_told_and_asked(
    lessons: Organisation,
) -> None:
    story = true(verified(complaint(lessons, "complaint-gifts", "教练暗示要两条烟")))
    assert story.page.case.flow == "gifts-complaint"
    story.move("ground head", "grant", "15:10", text="退还该时段费用")
    story.move("ground head", "refund", "15:30", text="已退240元")
    assert story.heard("15:30")[-1] == "该时段费用已退还"
    with nothing_changes(), pytest.raises(IllegalMove):  # not told before the coach is dealt with
        story.move("ground head", "tell-and-ask", "15:40", signer="穆青", values=TOLD)
    story.move("school head", "discipline", "16:00", text="停课一周，扣当月奖金")
    assert story.clocks == {"make-good": "11-27 00:00"}
    story.move("ground head", "tell-and-ask", "16:30", signer="穆青", values=TOLD)
    assert (story.shown.standing, story.clocks) == ("answered", {})
    settled(story)


def test_what_is_untrue_is_explained_with_its_cause_and_nothing_is_granted(
    lessons: Organisation,
) -> None:
    story = verified(complaint(lessons, "complaint-attitude", "教练骂我猪脑子"))
    assert story.page.case.flow == "lessons-complaint"
    story.move("ground head", "find", "15:00", finding="untrue", text="录像没有此事")
    assert "grant" not in story.offered("ground head")
    story.move("ground head", "explain", "15:30", text="已请学员一同看录像并说明")
    assert story.reads("15:30") == "已告知您结果"
    settled(story)


def test_the_time_that_is_said_starts_a_clock_and_is_kept(lessons: Organisation) -> None:
    story = complaint(lessons, "complaint-hours", "教练迟到半小时")
    with nothing_changes(), pytest.raises(Lacking):
        story.move("agent", "promise", "12:05", text="稍后回复您")
    story.move("agent", "promise", "12:05", text="今天下午四点前回复您", due="16:00")
    assert story.clocks["promise"] == "16:00"
    assert story.heard("12:05")[-1] == "已告知您回复时间"
    true(verified(story))
    story.work("16:30")
    assert story.breaches == [("promise", "16:00")]
    story.move("ground head", "grant", "16:40", text="按原学时免费补练")
    assert story.clocks == {"make-good": "11-27 00:00"}


def test_who_is_not_content_when_called_has_it_verified_again(lessons: Organisation) -> None:
    story = true(verified(complaint(lessons, "complaint-hours", "教练提前下课")))
    story.move("ground head", "grant", "15:10", text="补练两个学时")
    story.move("ground", "make-up", "16:00", signer="尤刚", values=MADE_UP)
    story.move("ground head", "done", "17:00", text="办理完毕")
    story.move("callback agent", "reopen", "11-25 10:00", reason="补练又少了半小时")
    assert (story.shown.round, story.clocks) == (2, {"sign-for": "11-25 12:00"})
    story.move("ground", "sign", "11-25 10:30")
    assert "grant" not in story.offered("ground head")
    assert story.heard("11-25 10:30")[-2:] == ["已重新办理", "正在核实"]

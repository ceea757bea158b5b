"""WC-2.3e: an enquiry at the counter is answered at once, or with the time of the answer."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import Lacking
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db


def enquiry(counter: Organisation) -> Story:
    """Return a question that the clerk at the window could not answer."""
    return take(
        counter,
        "12:00",
        by="clerk",
        unit="hall",
        category="enquiry-fee",
        matter="异地退卡的押金怎么退",
    )


def test_the_clerk_says_when_and_the_time_that_is_said_is_kept(counter: Organisation) -> None:
    story = enquiry(counter)
    assert (story.shown.flow, story.clocks) == ("counter-enquiry", {"reply": "14:00"})
    with nothing_changes(), pytest.raises(Lacking):
        story.move("clerk", "promise", "12:05", text="查清后告诉您")
    story.move("clerk", "promise", "12:05", text="下午四点前给您回电", due="16:00")
    assert (story.clocks, story.heard("12:05")[-1]) == ({"promise": "16:00"}, "已告知您答复时间")
    story.move("clerk", "forward", "12:10", unit="billing")
    story.move("billing", "sign", "12:30")
    story.move("billing", "found", "15:00", text="凭原卡和身份证在任一网点退")
    assert story.clocks == {"promise": "16:00"}
    story.move("callback agent", "answer", "15:30", text="凭原卡和身份证在任一网点退")
    assert (story.shown.standing, story.clocks) == ("answered", {})
    story.move("clerk", "archive", "15:40")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])


def test_what_is_answered_at_the_window_needs_no_time(counter: Organisation) -> None:
    story = enquiry(counter)
    story.move("clerk", "answer-at-once", "12:03", text="凭原卡和身份证当场退")
    assert (story.clocks, story.heard("12:03")[-1]) == ({}, "已答复您")
    story.move("clerk", "archive", "12:04")
    assert story.shown.standing == "closed"


def test_neither_answer_nor_time_is_pressed_and_climbs(counter: Organisation) -> None:
    story = enquiry(counter)
    story.work("15:30")
    assert story.breaches == [("reply", "14:00")]
    assert story.told("supervise", "reply", "15:00") == {"hall manager", "company"}

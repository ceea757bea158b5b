"""SK-6.5 and SK-6.6: what has to be looked up is answered by telephone, a suggestion passed on."""

from __future__ import annotations

import pytest

from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import take

pytestmark = pytest.mark.django_db


def test_what_needs_looking_up_is_asked_of_the_ground_and_answered_by_telephone(
    lessons: Organisation,
) -> None:
    story = take(lessons, "12:00", category="enquiry-yard", matter="科目二换场地，学时能不能转")
    assert (story.shown.flow, story.clocks) == ("lessons-enquiry", {"reply": "14:00"})
    story.move("agent", "forward", "12:10", unit="ground")
    story.move("ground", "sign", "12:20")
    story.move("agent", "not-yet", "13:30", text="场地还在核查，四点前再给您回电")
    assert story.clocks == {"reply": "15:30"}
    story.move("ground", "found", "14:30", text="学时可以转，不另收费")
    story.move("callback agent", "answer", "14:40", text="学时可以转，不另收费")
    assert (story.clocks, story.reads("14:40")) == ({}, "已答复")
    story.move("agent", "archive", "14:45")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])


def test_a_suggestion_goes_to_the_school_that_says_what_becomes_of_it(
    lessons: Organisation,
) -> None:
    story = take(lessons, "12:00", category="suggestion", matter="建议上课不准接电话")
    assert story.shown.flow == "lessons-suggestion"
    story.move("agent", "forward", "12:10", unit="ground")
    story.move("ground", "sign", "13:00")
    story.move("ground", "close", "11-25 10:00", text="已列入教练守则")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])
    assert story.reads("12-24 12:00") == "已办结"

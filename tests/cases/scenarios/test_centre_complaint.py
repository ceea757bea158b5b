"""CC-16, CC-18 to CC-21: to a leader, at once where need be; a clear answer in 2 or 24 hours."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import IllegalMove, NeedsSecondPerson, NotTheirMove
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

SUPERVISORS = {"team leader", "duty leader", "company"}


def complaint(centre: Organisation, at: str = "12:00", **told: str) -> Story:
    """Return a complaint about a mistake, as it was said in the chat."""
    given = {"category": "complaint-mistake", "case_class": "simple", **told}
    return take(centre, at, words="你们多扣了我的钱，我要投诉！", **given)


def test_a_refused_apology_has_a_supervisor_contact_the_customer_at_once(
    centre: Organisation,
) -> None:
    story = complaint(centre)
    assert (story.shown.flow, story.clocks) == ("complaint", {"answer": "14:00"})
    assert {"hand-over", "refuse-apology", "report-abuse", "answer-at-once"} <= story.offered(
        "agent"
    )
    story.move("agent", "hand-over", "12:02", text="已致歉，客户姓赵，电话已留")  # CC-18
    assert (story.state, story.reads("12:02")) == ("with-leader", "主管正在处理")
    assert story.told("escalate", "", "12:02") == SUPERVISORS
    assert "answer" not in story.offered("agent")

    story.move("agent", "refuse-apology", "12:05", text="不接受致歉，要求主管回电")  # CC-19
    assert story.clocks == {"answer": "14:00", "contact-at-once": "12:15"}
    assert story.reads("12:05") == "主管将马上与您联系"
    with nothing_changes(), pytest.raises(NotTheirMove):
        story.move("agent", "contact", "12:10", text="我来联系")
    story.work("12:20")
    assert story.breaches == [("contact-at-once", "12:15")]
    assert story.told("warn", "contact-at-once", "12:12") >= SUPERVISORS
    assert story.told("press", "contact-at-once", "12:15") >= SUPERVISORS
    story.work("12:26")
    assert story.told("escalate", "contact-at-once", "12:25") == {"company"}
    story.move("duty leader", "contact", "12:28", text="已致歉，承诺今日14点前答复")
    assert (story.state, story.clocks) == ("with-leader", {"answer": "14:00"})
    assert story.heard("12:28")[-1] == "主管已与您联系"

    # CC-20: what was found, by a second person; the clear answer; archived.
    story.move("team leader", "investigate", "12:50", text="系统重复扣款一笔")
    with nothing_changes(), pytest.raises(NeedsSecondPerson):
        story.move("team leader", "find", "13:00", finding="true", text="属实")
    story.move("duty leader", "find", "13:00", finding="true", responsible=True, text="属实")
    story.move("team leader", "answer", "13:30", text="重复扣款今日退回，向您致歉")
    assert (story.shown.standing, story.clocks, story.reads("13:30")) == ("answered", {}, "已答复")
    story.move("agent", "archive", "13:40")
    assert story.shown.standing == "closed"
    story.work("12-24 12:00")
    assert story.breaches == [("contact-at-once", "12:15")]


@pytest.mark.parametrize(
    ("case_class", "customer_class", "due"),
    [
        ("simple", "", "14:00"),
        ("complex", "", "11-24 12:00"),
        ("complex", "vip", "14:00"),
    ],
)
def test_the_answer_is_promised_by_class_of_complaint_and_of_customer(
    centre: Organisation, case_class: str, customer_class: str, due: str
) -> None:
    story = complaint(centre, case_class=case_class, customer_class=customer_class)
    assert story.clocks == {"answer": due}


def test_who_cannot_be_calmed_is_the_floor_supervisors_also_at_night(centre: Organisation) -> None:
    story = complaint(centre, at="23:00")
    story.move("agent", "report-abuse", "23:02", text="客户怒骂，无法安抚")  # CC-16
    assert story.clocks["contact-at-once"] == "23:12"
    story.work("11-24 03:00")
    assert ("contact-at-once", "23:12") in story.breaches
    assert "duty leader" in story.told("press", "contact-at-once", "23:12")  # woken
    assert story.told("press", "answer", "11-24 02:00") == set()  # this waits for the morning
    assert "duty leader" in story.told("press", "answer", "11-24 08:00")


def test_what_another_unit_has_to_look_into_goes_there_and_its_answer_may_be_refused(
    centre: Organisation,
) -> None:
    story = complaint(centre, case_class="complex")
    story.move("agent", "hand-over", "12:02", text="已致歉并记录")
    story.move("team leader", "forward", "12:10", unit="station")
    assert story.clocks == {"answer": "11-24 12:00", "sign-for": "14:10"}
    story.work("11-24 14:30")
    assert story.breaches == [("sign-for", "14:10"), ("answer", "11-24 12:00")]
    assert story.told("supervise", "sign-for", "15:10") == {
        "station head",
        "toll office",
        "company",
    }
    assert story.told("escalate", "sign-for", "18:10") == {"toll office", "company"}
    assert story.told("circulate", "sign-for", "11-24 14:10") == {"company"}
    story.move("station", "sign", "11-24 14:40")
    story.move("station", "investigate", "11-24 15:00", text="车型判错")
    story.move("station head", "find", "11-24 15:10", finding="true", text="属实")
    story.move("station", "answer", "11-24 15:20", text="差额三日内退回")
    assert story.reads("11-24 15:20") == "已答复"

    # The customer does not accept it: with the team leader again, with a day of its own.
    story.move("customer", "reopen", "11-24 16:00", reason="不接受三日，要求当日退款")
    assert (story.shown.round, story.state, story.unit) == (2, "with-leader", "centre")
    assert story.clocks == {"answer": "11-25 16:00"}
    assert story.heard("11-24 16:00")[-1] == "已重新办理"
    assert {"investigate", "answer", "forward"} <= story.offered("team leader")
    with nothing_changes(), pytest.raises((NotTheirMove, IllegalMove)):
        story.move("station", "answer", "11-24 16:10", text="已答复")
    story.move("team leader", "forward", "11-24 16:10", unit="station")  # the same unit again
    story.move("station", "sign", "11-24 16:20")
    story.move("station", "answer", "11-24 17:00", text="差额已于今日退回")
    story.move("agent", "archive", "11-24 17:10")
    assert (story.shown.standing, story.shown.round) == ("closed", 2)

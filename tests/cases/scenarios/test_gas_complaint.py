"""GH-2.5, GH-2.6, GH-2.8c, GH-3.14: replied to in the hours promised, and all called back."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import NeedsSecondPerson, TooOften
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db


def complaint(gas: Organisation, case_class: str = "simple") -> Story:
    """Return a complaint about work at home, as it was said in the chat."""
    return take(
        gas,
        "12:00",
        words="师傅约了没来，打电话态度还不好，我要投诉。",
        category="complaint-work",
        case_class=case_class,
    )


def test_a_complaint_is_replied_to_in_the_hours_that_were_promised_and_called_back(
    gas: Organisation,
) -> None:
    assert complaint(gas, "complex").clocks == {"reply": "11-24 12:00"}
    story = complaint(gas)
    assert (story.shown.flow, story.clocks) == ("gas-complaint", {"reply": "14:00"})
    story.move("agent", "forward", "12:10", unit="workshop")
    story.move("fitter", "sign", "12:30")
    assert story.reads("12:30") == "正在办理"
    story.move("fitter", "investigate", "13:00", text="漏看预约")
    with nothing_changes(), pytest.raises(NeedsSecondPerson):
        story.move("fitter", "find", "13:10", finding="true", text="属实")
    story.move("workshop head", "find", "13:20", finding="true", responsible=True, text="属实")
    story.move("fitter", "interim", "13:30", text="明日上午上门")
    assert story.clocks == {"reply": "14:00"}  # an interim answer is none
    assert story.heard("13:30")[-1] == "已告知您办理进展"
    story.move("fitter", "answer", "13:50", text="已向您致歉，明日上午九点上门")
    assert (story.shown.standing, story.clocks, story.reads("13:50")) == ("answered", {}, "已回复")
    story.move("fitter", "resolve", "11-24 10:00", text="已上门维修")

    # GH-2.6: called back; who is not satisfied has another round.
    story.move("callback agent", "reopen", "11-24 15:00", reason="师傅没有道歉")
    assert (story.shown.round, story.unit) == (2, "workshop")
    assert story.clocks == {"reply": "11-24 17:00", "sign-for": "11-24 17:00"}
    story.move("fitter", "sign", "11-24 15:30")
    story.move("workshop head", "answer", "11-24 16:00", text="维修班长已当面致歉")
    story.move("workshop head", "resolve", "11-24 16:10", text="已致歉")
    story.move("callback agent", "confirm", "11-25 10:00")
    story.move("callback agent", "archive", "11-25 10:10")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])


def test_an_escalated_complaint_is_the_shift_leaders_who_decides_between_units(
    gas: Organisation,
) -> None:
    story = complaint(gas)
    story.move("agent", "escalate", "12:05", reason="客户要求见负责人")
    assert story.told("escalate", "", "12:05") == {"duty leader", "shift leader", "company"}
    story.move("dispatcher", "forward", "12:10", unit="workshop")
    story.move("fitter", "return", "12:20", reason="是安检员上门，不是维修")
    story.move("dispatcher", "forward", "12:30", unit="hall")
    story.move("hall", "return", "12:40", reason="营业厅不派人上门")
    with nothing_changes(), pytest.raises(TooOften):
        story.move("dispatcher", "forward", "12:45", unit="workshop")
    assert "arbitrate" not in story.offered("dispatcher")
    story.move("shift leader", "arbitrate", "12:50", unit="workshop", reason="安检由维修班代管")
    assert story.clocks == {"reply": "14:00", "sign-for": "14:50"}
    story.work("11-25 13:00")
    assert story.breaches == [("reply", "14:00"), ("sign-for", "14:50")]
    assert story.told("press", "reply", "14:00") == {"fitter", "workshop head", "company"}
    assert story.told("supervise", "reply", "15:00") == {"workshop head", "company"}
    assert story.told("escalate", "reply", "18:00") == {"company"}
    assert story.told("circulate", "reply", "11-24 14:00") == {"company"}


def test_an_apology_that_is_refused_has_a_leader_contact_the_customer_at_once(
    gas: Organisation,
) -> None:
    story = complaint(gas)
    story.move("agent", "refuse-apology", "12:04", text="不接受致歉")
    assert story.clocks["contact-at-once"] == "12:14"
    story.move("duty leader", "contact", "12:10", text="已致歉，承诺明日中午前答复")
    story.move("duty leader", "answer", "12:30", text="已说明并致歉")
    story.move("duty leader", "resolve", "12:31", text="客户接受")
    story.move("customer", "confirm", "13:00")
    story.move("agent", "archive", "13:10")
    assert (story.shown.standing, story.breaches) == ("closed", [])

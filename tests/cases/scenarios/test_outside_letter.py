"""转办件: what another body passes on goes by its number, its deadline and its form of answer."""

from __future__ import annotations

from typing import Any

import pytest

from rexian.cases import models
from rexian.cases.domain.refusals import BadSlip, NeedsSecondPerson, NotTheirMove, TooOften
from rexian.cases.domain.standing import Source
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, instant, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

LETTER = {
    "body": "12345",
    "body_number": "JC-2026-1123",
    "received_at": "2026-11-23 11:40",
    "answer_by": "2026-11-26 17:00",
    "answer_way": "platform",
    "matter": "市民反映柳村东收费站收费员态度差",
}
ANSWER = {
    "body_number": "JC-2026-1123",
    "facts": "录像显示未使用文明用语",
    "result": "批评教育，当面致歉",
    "contacted": "yes",
    "satisfied": "yes",
}
STATION = {"station", "station head", "toll office", "company"}


def letter(motorway: Organisation, **told: Any) -> Story:
    """Return what 12345 has passed on, to be answered by Thursday at five."""
    given = {
        "source": Source.OUTSIDE,
        "category": "complaint-attitude",
        "outside_body": "12345",
        "outside_number": "JC-2026-1123",
        "matter": LETTER["matter"],
        "due": "11-26 17:00",
        "values": LETTER,
        **told,
    }
    return take(motorway, "12:00", **given)


def with_the_station(motorway: Organisation) -> Story:
    """Return a letter that the toll station has signed for."""
    story = letter(motorway)
    story.move("dispatcher", "accept", "12:20")
    story.move("dispatcher", "hand-out", "12:30", unit="station")
    story.move("station", "sign", "13:00")
    return story


def settled(story: Story, at: str) -> None:
    """Have the customer confirm, so that the body is to be answered."""
    story.move("callback agent", "confirm", at)
    assert story.state == "to-archive"


def test_it_is_signed_for_returned_arbitrated_pressed_supervised_and_resolved(
    motorway: Organisation,
) -> None:
    story = letter(motorway)
    assert (story.shown.flow, story.state) == ("passed-on", "received")
    assert story.clocks == {"accept": "14:00", "outside-deadline": "11-26 17:00"}
    assert letter(motorway).case == story.case  # their number is one case
    assert not story.by_customer("12:00").where.words  # nothing is said before it is signed for
    story.move("dispatcher", "accept", "12:20")
    assert (story.state, story.reads("12:20")) == ("accepted", "已受理")

    story.move("dispatcher", "hand-out", "12:30", unit="services")
    story.move("services", "return", "13:00", reason="不属服务区管理")
    assert (story.unit, story.clocks) == ("centre", {"outside-deadline": "11-26 17:00"})
    story.move("dispatcher", "hand-out", "13:10", unit="station")
    story.move("station", "return", "13:30", reason="当班人员属服务区外派")
    with nothing_changes(), pytest.raises(TooOften):
        story.move("dispatcher", "hand-out", "13:40", unit="services")
    with nothing_changes(), pytest.raises(NotTheirMove):
        story.move("dispatcher", "arbitrate", "13:40", unit="station", reason="属收费站")
    story.move("duty leader", "arbitrate", "13:45", unit="station", reason="收费员属收费站编制")
    assert story.clocks == {"outside-deadline": "11-26 17:00", "sign-for": "15:45"}

    story.move("agent", "press", "15:00")  # the body telephones
    assert (story.shown.pressed, story.told("press", "", "15:00")) == (1, STATION)
    story.work("16:46")
    assert story.breaches == [("sign-for", "15:45")]
    assert story.told("supervise", "sign-for", "16:45") == STATION - {"station"}
    story.move("station", "sign", "16:50")
    assert story.reads("16:50") == "正在办理"
    story.move("station", "resolve", "11-24 10:00", text="当事人已批评教育并致歉")
    with nothing_changes(), pytest.raises((NeedsSecondPerson, NotTheirMove)):
        story.move("station", "find", "11-24 10:05", finding="true", text="属实")
    story.move("station head", "find", "11-24 10:10", finding="true", responsible=True, text="属实")
    assert story.reads("11-24 10:10") == "已处理，将与您核实"
    assert story.clocks == {"outside-deadline": "11-26 17:00"}  # theirs runs until it is answered


def test_it_is_called_back_dissatisfied_done_again_and_answered_once_it_is_approved(
    motorway: Organisation,
) -> None:
    story = with_the_station(motorway)
    story.move("station", "resolve", "15:00", text="已批评教育")
    story.move("callback agent", "reopen", "11-24 10:00", reason="当事人没有道歉")
    assert (story.shown.round, story.unit) == (2, "station")
    assert story.clocks == {"outside-deadline": "11-26 17:00", "sign-for": "11-24 12:00"}
    assert story.reads("11-24 10:00") == "已重新办理"
    story.move("station", "sign", "11-24 10:30")
    story.move("station", "resolve", "11-24 15:00", text="当事人已当面致歉")
    settled(story, "11-25 09:30")
    assert story.clocks == {"outside-deadline": "11-26 17:00"}

    with nothing_changes(), pytest.raises(BadSlip):  # their form is answered whole
        story.move("dispatcher", "answer", "11-25 10:00", values={"facts": "属实"})
    story.move("dispatcher", "answer", "11-25 10:00", values=ANSWER)
    assert (story.state, story.shown.standing) == ("to-archive", "resolved")
    slip = story.slip("passed-on-answer")  # whoever approves can read it
    assert (slip.values["facts"], slip.filled_by) == (
        ANSWER["facts"],
        motorway.people["dispatcher"],
    )
    assert story.asked_to_approve("duty leader") == {"answer"}
    assert story.asked_to_approve("dispatcher") == set()
    story.refuse("duty leader", "11-25 10:20", reason="写明责任人处理情况")
    story.move(
        "dispatcher", "answer", "11-25 10:40", values=ANSWER | {"result": "扣绩效200元，已致歉"}
    )
    story.approve("duty leader", "11-25 11:00")
    assert (story.shown.standing, story.clocks) == ("answered", {})
    slip = story.slip("passed-on-answer")
    assert (slip.values["result"], slip.filled_by, slip.version) == (
        "扣绩效200元，已致歉",
        motorway.people["dispatcher"],
        2,
    )
    story.move("dispatcher", "archive", "11-25 11:10")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])


def test_their_deadline_is_the_clock_and_not_even_waiting_stops_it(motorway: Organisation) -> None:
    story = with_the_station(motorway)
    proof = models.File.objects.create(
        case_id=story.case, name="a.png", media_type="image/png", size=1, sha256="",
        stored_at=instant("14:00"), stored_as=f"letter-{story.case}",
    )  # fmt: skip
    story.move("station", "pause", "14:00", reason="等路政出具证明", files=(proof.pk,))
    story.approve("toll office", "14:10")
    assert story.shown.standing == "waiting"
    story.work("11-27 18:00")
    assert story.breaches == [("outside-deadline", "11-26 17:00")]
    assert story.told("warn", "outside-deadline", "11-25 17:00") == STATION
    assert story.told("press", "outside-deadline", "11-26 17:00") == STATION
    assert story.told("supervise", "outside-deadline", "11-26 18:00") == STATION - {"station"}
    assert story.told("escalate", "outside-deadline", "11-26 21:00") == {"toll office", "company"}
    assert story.told("circulate", "outside-deadline", "11-27 17:00") == {"company"}
    story.move("station", "resume", "11-27 18:10")
    assert story.state == "handling"


def test_what_is_not_ours_goes_back_to_the_body_with_reasons_and_approval(
    motorway: Organisation,
) -> None:
    story = letter(motorway)
    story.move("dispatcher", "send-back", "12:30", reason="属市政道路，非高速公路")
    assert story.state == "received"
    story.approve("duty leader", "12:40")
    assert (story.state, story.shown.standing, story.clocks) == ("sent-back", "closed", {})


def test_the_body_asks_again_and_has_another_deadline(motorway: Organisation) -> None:
    story = with_the_station(motorway)
    story.move("station", "resolve", "15:00", text="已致歉")
    settled(story, "16:00")
    story.move("duty leader", "answer", "16:30", values=ANSWER)  # may approve it themselves
    assert (story.state, story.clocks) == ("answered", {})
    story.move("dispatcher", "reopen", "11-25 09:00", reason="12345 要求重办", due="11-27 12:00")
    assert (story.shown.round, story.state) == (2, "reopened")
    assert story.clocks == {"sign-for": "11-25 11:00", "outside-deadline": "11-27 12:00"}
    story.work("11-27 12:01")
    assert ("outside-deadline", "11-27 12:00") in story.breaches


def test_who_stays_dissatisfied_is_answered_as_it_is_after_a_supervisors_review(
    motorway: Organisation,
) -> None:
    story = with_the_station(motorway)
    story.move("station", "resolve", "15:00", text="已致歉")
    assert "still-dissatisfied" not in story.offered("duty leader")  # not before another round
    story.move("callback agent", "reopen", "16:00", reason="要求开除")
    story.move("station", "sign", "16:10")
    story.move("station", "resolve", "11-24 15:00", text="已再次致歉")
    story.move("station head", "still-dissatisfied", "11-24 16:00", reason="要求开除，无依据")
    assert story.state == "resolved"
    story.approve("duty leader", "11-24 16:10")
    assert (story.state, story.reads("11-24 16:10")) == ("to-archive", "已处理")

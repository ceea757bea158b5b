"""GH-4.6: closed by noon of the next day, called that afternoon, again until no hazard is left."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import BadSlip, LacksToDispatch, WrongUnit
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

ORDER = {
    "arrived_at": "22:55",
    "cause": "软管老化开裂",
    "measures": "关阀、更换软管、查漏合格",
    "hazard": "no",
    "finished_at": "23:40",
    "crew": "金磊、邓涛",
}


def leak(gas: Organisation, at: str = "22:30") -> Story:
    """Return a leak at home, as it was said in the chat at night."""
    return take(
        gas,
        at,
        words="家里好大一股煤气味！",
        category="emergency-leak",
        place_text="江城花园3栋2单元501",
    )


def closed_once(gas: Organisation) -> Story:
    """Return a leak whose order the crew has closed in the morning."""
    story = leak(gas)
    story.move("agent", "forward", "22:31", unit="crew")
    story.move("crew", "sign", "22:33")
    story.move("crew", "arrive", "22:55")
    story.move("crew", "finish", "11-24 09:00", values=ORDER)
    return story


def test_nobody_is_sent_without_an_address_and_only_a_crew(gas: Organisation) -> None:
    story = take(gas, "22:30", words="煤气漏了！", category="emergency-leak")
    with nothing_changes(), pytest.raises(LacksToDispatch) as refused:
        story.move("agent", "forward", "22:31", unit="crew")
    assert refused.value.details["field"] == "place"
    story = leak(gas, "22:40")
    with nothing_changes(), pytest.raises(WrongUnit):
        story.move("agent", "forward", "22:41", unit="workshop")


def test_a_crew_that_does_not_take_the_order_is_woken_and_another_one_sent(
    gas: Organisation,
) -> None:
    story = leak(gas)
    assert (story.shown.flow, story.shown.urgent) == ("gas-emergency", True)
    assert story.clocks == {"send": "22:35", "close-by": "11-24 12:00"}
    assert story.reads("22:30") == "已接警，请到室外安全处等候"
    story.move("agent", "forward", "22:32", unit="crew")
    assert story.clocks == {"sign-for": "22:37", "close-by": "11-24 12:00"}
    assert story.reads("22:32") == "已派抢险队"
    story.work("23:00")
    assert story.breaches == [("sign-for", "22:37")]
    whole_crew = {"crew", "crew captain", "company"}
    assert story.told("warn", "sign-for", "22:34") == whole_crew  # at night, at once
    assert story.told("press", "sign-for", "22:37") == whole_crew
    assert story.told("supervise", "sign-for", "22:42") == {"crew captain", "company"}
    assert story.told("escalate", "sign-for", "22:52") == {"company"}

    story.move("dispatcher", "forward", "23:00", unit="second-crew")
    assert story.clocks["sign-for"] == "23:05"
    story.move("second crew", "sign", "23:02")
    assert (story.clocks["arrive"], story.reads("23:02")) == ("23:32", "抢险队已出发")
    story.move("dispatcher", "dispatch", "23:03", text="联动119")
    story.work("23:40")
    assert story.breaches[-1] == ("arrive", "23:32")
    story.move("second crew", "arrive", "23:45")
    assert story.reads("23:45") == "抢险队已到现场"
    with nothing_changes(), pytest.raises(BadSlip) as refused:  # whether a hazard is left is said
        story.move("second crew", "finish", "11-24 01:00", values=ORDER | {"hazard": ""})
    assert refused.value.details["field"] == "hazard"
    story.move("second crew", "finish", "11-24 01:00", values=ORDER)
    assert (story.shown.standing, story.clocks) == ("resolved", {})
    assert story.reads("11-24 01:00") == "已处置，将与您核实"


def test_what_is_not_closed_by_noon_of_the_next_day_is_late(gas: Organisation) -> None:
    story = leak(gas)
    story.move("agent", "forward", "22:31", unit="crew")
    story.move("crew", "sign", "22:33")
    story.move("crew", "arrive", "22:55")
    story.work("11-24 13:00")
    assert story.breaches == [("close-by", "11-24 12:00")]
    assert story.told("warn", "close-by", "11-24 09:00") == {"crew", "crew captain", "company"}
    assert story.told("supervise", "close-by", "11-24 12:05") == {"crew captain", "company"}
    assert story.told("escalate", "close-by", "11-24 12:15") == {"company"}


def test_it_is_an_emergency_again_until_no_hazard_is_left(gas: Organisation) -> None:
    story = closed_once(gas)
    assert {"confirm", "reopen", "unreached"} <= story.offered("callback agent")
    story.move("callback agent", "reopen", "11-24 15:00", reason="又闻到气味")
    assert (story.shown.round, story.state, story.unit) == (2, "reopened", "crew")
    assert story.clocks == {"sign-for": "11-24 15:05", "close-by": "11-25 12:00"}
    assert story.reads("11-24 15:00") == "已再次派人处置"
    story.work("11-24 15:11")
    assert story.breaches == [("sign-for", "11-24 15:05")]
    assert story.told("supervise", "sign-for", "11-24 15:10") == {"crew captain", "company"}
    story.move("crew", "sign", "11-24 15:12")
    story.move("crew", "finish", "11-24 16:00", values=ORDER | {"cause": "阀门接口松动"})

    story.move("customer", "reopen", "11-24 16:30", reason="还有一点味道")  # and a third time
    assert (story.shown.round, story.clocks["close-by"]) == (3, "11-25 12:00")
    story.move("dispatcher", "forward", "11-24 16:35", unit="second-crew")
    story.move("second crew", "sign", "11-24 16:37")
    story.move("second crew", "arrive", "11-24 16:55")
    story.move("second crew", "finish", "11-24 18:00", values=ORDER | {"cause": "表前阀微漏"})
    assert [one.round for one in story.page.slips if one.form == "emergency-order"] == [1, 2, 3]
    story.move("callback agent", "confirm", "11-25 15:00")
    assert story.sees("agent").state == "to-archive"  # GH-5.5: whoever took it follows it
    story.move("callback agent", "archive", "11-25 15:10")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.reads("12-24 12:00")) == ("closed", "已办结")
    # Of the second round, found by a worker who came after the third had begun.
    assert story.breaches == [("sign-for", "11-24 15:05"), ("arrive", "11-24 15:42")]
    assert story.heard("12-24 12:00").count("已再次派人处置") == 2


def test_who_cannot_be_reached_is_called_again_tomorrow_and_then_it_is_archived(
    gas: Organisation,
) -> None:
    story = closed_once(gas)
    story.move("callback agent", "unreached", "11-25 15:00", reason="两天两次无人接听")
    story.move("callback agent", "archive", "11-25 15:05")
    assert (story.shown.standing, story.breaches) == ("closed", [])

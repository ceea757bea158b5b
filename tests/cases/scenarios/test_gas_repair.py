"""GH-4.1, GH-4.3, GH-4.5, GH-5.5: an order in full, entered as it is done, called by its kind."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import BadSlip, Lacking, LacksToDispatch, NotTheirMove, WrongUnit
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, instant, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

ORDER = {"fault": "表电池耗尽", "work": "更换电池并校验", "finished_at": "10:40", "fitter": "陆洋"}
PAID = {**ORDER, "fault": "软管老化", "work": "更换软管", "fee": "85", "invoice": "no"}


def repair(gas: Organisation, category: str = "repair-meter", **told: str) -> Story:
    """Return a repair at home, as it was said in the chat."""
    given = {"place_text": "江城花园3栋2单元501", **told}
    return take(gas, "12:00", words="燃气表黑屏了，没气用。", category=category, **given)


def in_hand(story: Story) -> None:
    """Have the workshop take the order and be at the customer's."""
    story.move("agent", "forward", "12:05", unit="workshop")
    story.move("fitter", "sign", "12:30")
    story.move("fitter", "arrive", "11-25 10:00")


def test_an_unpaid_repair_is_entered_as_it_is_done_and_archived_where_it_is_not_drawn(
    gas: Organisation,
) -> None:
    story = repair(gas, due="11-25 10:00")
    assert (story.shown.flow, story.clocks) == ("gas-repair", {"repair": "11-25 10:00"})
    with nothing_changes(), pytest.raises(WrongUnit):
        story.move("agent", "forward", "12:05", unit="hall")
    story.move("agent", "forward", "12:05", unit="workshop")
    assert story.clocks == {"repair": "11-25 10:00", "sign-for": "14:05"}
    story.move("fitter", "sign", "12:30")
    story.move("fitter", "arrive", "11-25 09:30")
    assert story.reads("11-25 09:30") == "维修人员已上门"
    with nothing_changes(), pytest.raises(BadSlip):  # GH-4.5: entered, and whole
        story.move("fitter", "finish", "11-25 09:55")
    story.move("fitter", "finish", "11-25 09:55", values=ORDER)
    slip = story.slip("repair-order")
    assert (slip.filled_at, slip.signed_at) == (instant("11-25 09:55"), None)
    story.move("machine", "not-drawn", "11-25 09:55", reason="未抽中")
    assert story.sees("agent").state == "to-archive"
    story.move("machine", "archive", "11-25 10:00")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])


def test_an_order_goes_out_with_its_address_and_number(gas: Organisation) -> None:
    story = repair(gas, place_text="")
    with nothing_changes(), pytest.raises(LacksToDispatch):
        story.move("agent", "forward", "12:05", unit="workshop")
    story.move("agent", "settle", "12:10", text="指导更换电池，已恢复")  # on the telephone
    assert (story.shown.standing, story.clocks) == ("resolved", {})


def test_a_repair_that_is_late_climbs_the_ladder(gas: Organisation) -> None:
    story = repair(gas)
    assert story.clocks == {"repair": "11-26 00:00"}  # two days where no time was arranged
    story.move("agent", "forward", "12:05", unit="workshop")
    story.work("11-27 12:00")
    assert story.breaches == [("sign-for", "14:05"), ("repair", "11-26 00:00")]
    workshop = {"fitter", "workshop head", "company"}
    assert story.told("press", "sign-for", "14:05") == workshop
    assert story.told("supervise", "sign-for", "15:05") == {"workshop head", "company"}
    assert story.told("escalate", "sign-for", "18:05") == {"company"}
    assert story.told("circulate", "sign-for", "11-24 14:05") == {"company"}
    assert story.told("press", "repair", "11-26 07:59") == set()  # the night's sleep is left alone
    assert story.told("press", "repair", "11-26 08:00") == workshop
    assert story.told("circulate", "repair", "11-27 08:00") == {"company"}


def test_a_paid_repair_is_signed_by_the_customer_and_looked_into_where_they_differ(
    gas: Organisation,
) -> None:
    story = repair(gas, "repair-hose")
    assert story.shown.flow == "gas-paid-repair"
    in_hand(story)
    with nothing_changes(), pytest.raises(Lacking) as refused:
        story.move("fitter", "finish", "11-25 10:40", values=PAID)
    assert refused.value.details["needs"] == "signature"
    with nothing_changes(), pytest.raises(BadSlip) as lacking:
        story.move("fitter", "finish", "11-25 10:40", values=PAID | {"fee": ""}, signer="刘女士")
    assert lacking.value.details["field"] == "fee"
    story.move("fitter", "finish", "11-25 10:40", values=PAID, signer="刘女士")
    assert (story.slip("paid-repair-order").signer, story.clocks) == ("刘女士", {})

    # Called back, as all that are paid for; what the customer says differs from the order (GH-4.1).
    with nothing_changes(), pytest.raises(NotTheirMove):
        story.move("fitter", "find", "11-25 15:00", finding="untrue", text="不属实")
    story.move("callback agent", "reopen", "11-25 15:00", reason="收了100元，单上写85元")
    assert (story.shown.round, story.unit) == (2, "workshop")
    assert story.clocks == {"repair": "11-28 00:00", "sign-for": "11-25 17:00"}
    story.move(
        "workshop head", "find", "11-25 15:30", finding="true", responsible=True, text="多收"
    )
    story.work("11-25 17:01")
    assert story.breaches == [("sign-for", "11-25 17:00")]
    story.move("fitter", "sign", "11-25 17:10")
    story.move("fitter", "finish", "11-25 18:00", values=PAID | {"fee": "85"}, signer="刘女士")
    story.move("callback agent", "confirm", "11-26 10:00")
    story.move("callback agent", "archive", "11-26 10:05")
    assert (story.shown.standing, story.shown.finding) == ("closed", "true")

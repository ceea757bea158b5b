"""GH-4.3, GH-4.5, GH-5.5: alterations and installations, surveyed, paid for, done, called back."""

from __future__ import annotations

import pytest

from rexian.cases.domain.refusals import Lacking, LacksToDispatch, WrongUnit
from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import Story, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

SURVEY = {"plan": "管道后移一米", "price": "680", "surveyed_at": "10:20", "surveyor": "陆洋"}
ORDER = {
    "work": "管道后移一米，换管件",
    "fee": "680",
    "tight": "yes",
    "told": "yes",
    "finished_at": "11:30",
    "fitter": "陆洋",
}


def wanted(gas: Organisation, category: str, words: str, **told: str) -> Story:
    """Return works at home, as they were asked for in the chat."""
    given = {"place_text": "江城花园3栋2单元501", **told}
    return take(gas, "12:00", words=words, category=category, **given)


def paid(story: Story) -> None:
    """Have the works surveyed, priced and paid for."""
    story.move("agent", "forward", "12:05", unit="workshop")
    story.move("fitter", "sign", "12:30")
    story.move("fitter", "quote", "11-24 10:30", values=SURVEY, text="表位东墙，3200元")
    story.move("agent", "agree", "11-25 09:00", text="客户已在线交费680元")


def test_a_paid_alteration_is_surveyed_paid_done_signed_and_always_called_back(
    gas: Organisation,
) -> None:
    story = wanted(gas, "repair-alteration", "厨房要装橱柜，想改一下燃气管。")
    assert (story.shown.flow, story.clocks) == ("gas-alteration", {"survey": "11-27 00:00"})
    assert story.reads("12:00") == "已受理，将安排上门勘察"
    with nothing_changes(), pytest.raises(WrongUnit):
        story.move("agent", "forward", "12:05", unit="hall")
    story.move("agent", "forward", "12:05", unit="workshop")
    assert story.clocks == {"survey": "11-27 00:00", "sign-for": "14:05"}
    story.move("fitter", "sign", "12:30")
    with nothing_changes(), pytest.raises(Lacking):
        story.move("fitter", "quote", "11-24 10:30", values=SURVEY)
    story.move("fitter", "quote", "11-24 10:30", values=SURVEY, text="后移一米，680元")
    assert (story.shown.standing, story.clocks) == ("waiting", {})
    assert story.reads("11-24 10:30") == "已勘察报价，请您确认并交费"
    story.move("agent", "agree", "11-25 09:00", text="客户已在线交费680元")
    assert story.clocks == {"works": "12-10 00:00"}  # ten working days from the payment
    story.move("fitter", "arrive", "11-26 10:00")
    assert story.reads("11-26 10:00") == "正在施工"
    with nothing_changes(), pytest.raises(Lacking) as refused:
        story.move("fitter", "finish", "11-26 11:30", values=ORDER)
    assert refused.value.details["needs"] == "signature"
    story.move("fitter", "finish", "11-26 11:30", values=ORDER, signer="刘女士")
    assert (story.shown.standing, story.clocks) == ("resolved", {})

    # What the customer says differs from the order: looked into, and done again.
    story.move("callback agent", "reopen", "11-27 15:00", reason="接口处有气味")
    assert (story.shown.round, story.unit) == (2, "workshop")
    assert set(story.clocks) == {"works", "sign-for"}
    story.move("workshop head", "find", "11-27 15:10", finding="true", responsible=True, text="松")
    story.move("fitter", "sign", "11-27 15:20")
    story.move("fitter", "redo", "11-27 16:00")
    story.move("fitter", "finish", "11-27 17:00", values=ORDER | {"fee": "0"}, signer="刘女士")
    story.move("callback agent", "confirm", "11-28 10:00")
    story.move("callback agent", "archive", "11-28 10:05")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])


def test_an_installation_is_lit_only_once_it_is_accepted(gas: Organisation) -> None:
    story = wanted(gas, "help-installation", "新房要装天然气。")
    assert story.shown.flow == "gas-installation"
    paid(story)
    story.move("fitter", "arrive", "11-30 09:00")
    assert "finish" not in story.offered("fitter")
    story.move("fitter", "accept", "12-01 16:00", text="打压合格")
    assert story.reads("12-01 16:00") == "验收合格，将与您约通气点火"
    story.move("fitter", "finish", "12-02 10:00", values=ORDER, signer="赵先生")
    story.move("machine", "not-drawn", "12-02 10:00", reason="未抽中")
    story.move("machine", "archive", "12-02 10:05")
    assert (story.shown.standing, story.breaches) == ("closed", [])


def test_no_order_goes_out_without_an_address_and_a_late_survey_climbs_the_ladder(
    gas: Organisation,
) -> None:
    story = wanted(gas, "help-installation", "新房要装天然气。", place_text="")
    with nothing_changes(), pytest.raises(LacksToDispatch) as refused:
        story.move("agent", "forward", "12:05", unit="workshop")
    assert refused.value.details["field"] == "place"
    story = wanted(gas, "help-installation", "新房要装天然气。")
    story.move("agent", "forward", "12:05", unit="workshop")
    story.move("fitter", "sign", "12:30")
    story.work("11-28 12:00")
    assert story.breaches == [("survey", "11-27 00:00")]
    workshop = {"fitter", "workshop head", "company"}
    assert story.told("press", "survey", "11-27 08:00") == workshop
    story.move("agent", "withdraw", "11-28 12:10", reason="客户不装了")
    assert story.shown.standing == "closed"

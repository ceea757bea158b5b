"""GH-3.8, GH-3.9: the customer hangs up, and hears of it in half an hour, result or none."""

from __future__ import annotations

import pytest

from tests.cases.organisations import Organisation
from tests.cases.scenarios.story import take

pytestmark = pytest.mark.django_db


def test_an_enquiry_goes_from_hanging_up_to_the_archive(gas: Organisation) -> None:
    story = take(gas, "12:00", words="上月气费为什么扣了两笔？", category="enquiry-fee")
    assert (story.shown.flow, story.clocks) == ("enquiry", {"reply": "12:30"})
    story.move("agent", "forward", "12:05", unit="hall")
    assert story.reads("12:05") == "已转相关部门"
    story.move("hall", "sign", "12:10")
    story.move("callback agent", "not-yet", "12:25", text="营业厅正在核对，一点前再回电")
    assert story.clocks["reply"] == "12:55"  # GH-3.9: after that call ours starts again
    assert story.heard("12:25")[-1] == "已向您说明尚无结果"
    story.move("hall", "found", "12:40", text="五号扣的是上期欠费")
    assert story.reads("12:40") == "已查到，将与您联系"
    story.move("callback agent", "answer", "12:50", text="五号扣的是上期欠费，没有重复")
    assert (story.clocks, story.reads("12:50")) == ({}, "已答复")
    story.move("agent", "archive", "13:00")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])

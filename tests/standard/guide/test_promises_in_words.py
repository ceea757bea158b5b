"""A promise with a time is found in the agent's words, whatever the numerals."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rexian.standard.domain import Clock, Facts, Speaker, load, promises

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 3, 4, 13, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("said", "due", "quote"),
    [
        ("我会在2小时之内给您答复", timedelta(hours=2), "2小时之内给您答复"),
        ("我会在两小时之内给您答复", timedelta(hours=2), "两小时之内给您答复"),
        ("我们二十四小时内给您明确的答复", timedelta(hours=24), "二十四小时内给您明确的答复"),
        ("半小时内给您回电", timedelta(minutes=30), "半小时内给您回电"),
        ("三个工作日内有结果会联系您", timedelta(days=3), "三个工作日内有结果会联系您"),
        ("下午三点之前回电", Clock(time(15)), "下午三点之前回电"),
        ("明天上午十点半给您打过去", Clock(time(10, 30), day=1), "明天上午十点半给您打过去"),
        ("今晚8点前给您答复", Clock(time(20), day=0), "今晚8点前给您答复"),
        ("周五17:30之前给您回复", Clock(time(17, 30), weekday=4), "周五17:30之前给您回复"),
        ("下周一上午九点联系您", Clock(time(9), weekday=0, weeks=1), "下周一上午九点联系您"),
        ("三点前给您答复", Clock(time(3), of_either_half=True), "三点前给您答复"),
        ("明天上午给您答复", Clock(time(12), day=1), "明天上午给您答复"),
        ("今天下班前给您答复", Clock(time(18), day=0), "今天下班前给您答复"),
        ("周五之前给您回复", Clock(time(18), weekday=4), "周五之前给您回复"),
        ("下周一给您答复", Clock(time(18), weekday=0, weeks=1), "下周一给您答复"),
        ("月底之前给您答复", Clock(time(18), month_day=31), "月底之前给您答复"),
        ("十五号之前给您答复", Clock(time(18), month_day=15), "十五号之前给您答复"),
        ("半个钟头给您回电", timedelta(minutes=30), "半个钟头给您回电"),
        ("兩小時之內給您答覆", timedelta(hours=2), "兩小時之內給您答覆"),
    ],
)
@pytest.mark.parametrize("standard", ["centre", "highway"])
def test_a_promise_has_its_time_and_its_words(
    standard: str, said: str, due: timedelta | Clock, quote: str
) -> None:
    (found,) = promises(load(standard), f"好的，{said}。", Speaker.AGENT)
    assert (found.due, found.quote) == (due, quote)
    assert found.quote == f"好的，{said}。"[slice(*found.span)]


@pytest.mark.parametrize(
    "said",
    [
        "尽快给您答复",
        "您等了三天了",
        "九点开门",
        "我晚一点给您答复",
        "从清水到望江两小时车程",
        "刚才三点没有给您答复",
        "您是说两小时之内给您答复，对吗？",
        "请您稍等两分钟",
    ],
)
def test_what_only_looks_like_a_promise_is_none(said: str) -> None:
    assert promises(load("highway"), said, Speaker.AGENT) == ()


def test_nobody_but_the_agent_promises() -> None:
    said = "你们两小时之内给我答复"
    assert promises(load("centre"), said, Speaker.CUSTOMER) == ()
    assert promises(load("centre"), "两小时内给您答复", Speaker.SYSTEM) == ()


@pytest.mark.parametrize(
    ("standard", "case", "clause"),
    [
        ("centre", "complaint", "CC-20"),
        ("centre", "enquiry", "CC-32"),
        ("highway", "complaint", "CC-20"),
        ("highway", "enquiry", "HW-3.20"),
        ("highway", None, "HW-3.20"),
    ],
)
def test_the_clause_is_that_for_such_contacts(standard: str, case: str | None, clause: str) -> None:
    facts = Facts("chat", "in", case)
    (found,) = promises(load(standard), "两小时内给您答复", Speaker.AGENT, facts)
    assert found.clause == clause


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        (Clock(time(15)), (4, 15, 0)),
        (Clock(time(9)), (5, 9, 0)),
        (Clock(time(3), of_either_half=True), (4, 15, 0)),
        (Clock(time(1), of_either_half=True), (5, 1, 0)),
        (Clock(time(10, 30), day=1), (5, 10, 30)),
        (Clock(time(20), day=0), (4, 20, 0)),
        (Clock(time(17, 30), weekday=4), (6, 17, 30)),
        (Clock(time(9), weekday=0), (9, 9, 0)),
        (Clock(time(9), weekday=0, weeks=1), (9, 9, 0)),
        (Clock(time(9), weekday=4, weeks=1), (13, 9, 0)),
        (Clock(time(18), month_day=15), (15, 18, 0)),
        (Clock(time(18), month_day=31), (31, 18, 0)),
    ],
)
def test_a_clock_shows_its_time_next_after_the_promise(
    clock: Clock, due: tuple[int, int, int]
) -> None:
    day, hour, minute = due
    assert clock.after(WEDNESDAY) == datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("clock", "said", "due"),
    [
        (Clock(time(18), month_day=2), datetime(2026, 3, 4, 13, tzinfo=SHANGHAI), (4, 2)),
        (Clock(time(18), month_day=31), datetime(2026, 2, 4, 13, tzinfo=SHANGHAI), (2, 28)),
        (Clock(time(18), month_day=31), datetime(2026, 12, 31, 19, tzinfo=SHANGHAI), (1, 31)),
    ],
)
def test_a_day_that_is_over_is_that_of_the_next_month_and_no_longer_than_it(
    clock: Clock, said: datetime, due: tuple[int, int]
) -> None:
    found = clock.after(said)
    assert (found.month, found.day, found.hour) == (*due, 18)


def test_a_promise_falls_due_from_when_it_was_said() -> None:
    (found,) = promises(load("centre"), "两小时内给您答复", Speaker.AGENT)
    assert found.due_at(WEDNESDAY) == WEDNESDAY + timedelta(hours=2)

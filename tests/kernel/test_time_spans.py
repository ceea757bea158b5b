from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.kernel.text.folding import fold
from rexian.kernel.text.time_spans import find_time_spans

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
UNITS = ("分钟", "小时", "天", "个工作日", "周", "个月")


@pytest.mark.parametrize(
    ("said", "length"),
    [
        pytest.param("两小时之内", 2 * HOUR, id="two-hours"),
        pytest.param("2小时之内", 2 * HOUR, id="figure"),
        pytest.param("２４小时内", 24 * HOUR, id="full-width-figures"),
        pytest.param("24小时", 24 * HOUR, id="twenty-four-hours"),
        pytest.param("二十四個小時之內", 24 * HOUR, id="traditional"),
        pytest.param("一个半小时", 1.5 * HOUR, id="one-and-a-half-hours"),
        pytest.param("半个小时", 0.5 * HOUR, id="half-an-hour"),
        pytest.param("半小时", 0.5 * HOUR, id="half-an-hour-short"),
        pytest.param("两个半小时", 2.5 * HOUR, id="two-and-a-half-hours"),
        pytest.param("一个钟头", HOUR, id="colloquial-hour"),
        pytest.param("一刻钟", 15 * MINUTE, id="quarter"),
        pytest.param("三十分钟", 30 * MINUTE, id="thirty-minutes"),
        pytest.param("十来分钟", 10 * MINUTE, id="about-ten-minutes"),
        pytest.param("1.5小时", 1.5 * HOUR, id="decimal"),
        pytest.param("三个工作日", 3 * DAY, id="working-days"),
        pytest.param("3个工作日", 3 * DAY, id="working-days-in-figures"),
        pytest.param("七天", 7 * DAY, id="days"),
        pytest.param("七日", 7 * DAY, id="formal-days"),
        pytest.param("一天半", 1.5 * DAY, id="a-day-and-a-half"),
        pytest.param("三五天", 5 * DAY, id="of-three-or-five-the-longer"),
        pytest.param("一周", 7 * DAY, id="week"),
        pytest.param("两个星期", 14 * DAY, id="weeks"),
        pytest.param("半个月", 15 * DAY, id="half-a-month"),
        pytest.param("一个月", 30 * DAY, id="month"),
        pytest.param("今天下班前", 12 * HOUR, id="before-the-end-of-today"),
        pytest.param("当天", 12 * HOUR, id="the-same-day"),
        pytest.param("今晚", 12 * HOUR, id="tonight"),
        pytest.param("明天", 24 * HOUR, id="tomorrow"),
        pytest.param("后天", 48 * HOUR, id="the-day-after"),
        pytest.param("下周", 7 * DAY, id="next-week"),
        pytest.param("过两天", 2 * DAY, id="in-a-couple-of-days"),
        pytest.param("一个多小时", HOUR, id="an-hour-and-some"),
        pytest.param("三个多月", 90 * DAY, id="three-months-and-some"),
        pytest.param("半月", 15 * DAY, id="half-a-month-short"),
        pytest.param("半个钟头", 0.5 * HOUR, id="half-a-colloquial-hour"),
        pytest.param("个把钟头", HOUR, id="an-hour-or-so"),
        pytest.param("几分钟", 9 * MINUTE, id="a-few-minutes"),
        pytest.param("一两个小时", 2 * HOUR, id="of-one-or-two-the-longer"),
        pytest.param("24到48小时", 48 * HOUR, id="from-to"),
        pytest.param("七个自然日", 7 * DAY, id="calendar-days"),
        pytest.param("下午三点之前", 12 * HOUR, id="by-the-clock"),
        pytest.param("18:00前", 12 * HOUR, id="by-the-clock-in-figures"),
        pytest.param("五点半之前", 12 * HOUR, id="by-the-clock-without-a-part-of-the-day"),
        pytest.param("下班之前", 12 * HOUR, id="before-the-end-of-work"),
        pytest.param("中午之前", 12 * HOUR, id="before-noon"),
        pytest.param("晚饭前", 12 * HOUR, id="before-supper"),
        pytest.param("今儿下午", 12 * HOUR, id="this-afternoon-colloquially"),
        pytest.param("明天上午", DAY, id="tomorrow-morning"),
        pytest.param("明天下班前", DAY, id="before-the-end-of-tomorrow"),
        pytest.param("次日", DAY, id="the-day-after-formally"),
        pytest.param("周五之前", 7 * DAY, id="by-friday"),
        pytest.param("下周一", 7 * DAY, id="next-monday"),
        pytest.param("本周内", 7 * DAY, id="within-this-week"),
        pytest.param("月底之前", 30 * DAY, id="by-the-end-of-the-month"),
        pytest.param("十五号之前", 30 * DAY, id="by-a-date"),
    ],
)
def test_a_span_of_time_is_found(said: str, length: timedelta) -> None:
    spans = find_time_spans(fold(f"我们{said}给您答复"))
    assert [span.length for span in spans][:1] == [length]
    assert max(span.length for span in spans) == length


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("三点半", id="time-of-day"),
        pytest.param("五号窗口", id="number-of-something"),
        pytest.param("两个人", id="count-of-something"),
        pytest.param("尽快", id="soon"),
        pytest.param("六月二号", id="a-date"),
        pytest.param("6月2日", id="a-date-in-figures"),
        pytest.param("第二天", id="the-next-day-of-something"),
        pytest.param("稍后", id="later"),
        pytest.param("马上", id="at-once"),
        pytest.param("六月十二日", id="a-date-of-two-figures"),
        pytest.param("12号", id="a-day-of-the-month"),
        pytest.param("第三个工作日", id="the-so-manieth"),
        pytest.param("24小时热线", id="open-all-day"),
        pytest.param("九点开门", id="an-hour-that-is-no-limit"),
        pytest.param("上午", id="a-part-of-the-day"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_names_no_span_of_time_gives_none(said: str) -> None:
    assert find_time_spans(fold(said)) == []


def test_spans_stand_in_order_at_their_places() -> None:
    text = "两小时之内回电，三个工作日到账"
    spans = find_time_spans(text)
    assert [text[span.start : span.end] for span in spans] == ["两小时", "三个工作日"]


@given(number=st.integers(1, 99), unit=st.sampled_from(UNITS), around=st.text("请您稍候，。"))
def test_a_number_of_any_unit_is_found_wherever_it_stands(
    number: int, unit: str, around: str
) -> None:
    (span,) = find_time_spans(f"{around}{number}{unit}{around}")
    assert span.length >= timedelta(minutes=number)
    assert (span.start, span.end) == (len(around), len(around) + len(f"{number}{unit}"))

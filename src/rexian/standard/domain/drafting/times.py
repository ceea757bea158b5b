"""Times in a clause: spans (24小时, 2个工作日), instants (次日12点前), hours of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rexian.standard.domain.drafting.measuring import (
    NUMBER,
    TO,
    Bound,
    Figure,
    Kind,
    bound_of,
    is_soft,
    numbers,
    plain,
)

_TIME_UNITS = {
    "秒钟": "s",
    "秒": "s",
    "分钟": "min",
    "刻钟": "quarter",
    "小时": "h",
    "钟头": "h",
    "工作日": "W",
    "自然日": "D",
    "日历日": "D",
    "星期": "week",
    "周": "week",
    "个月": "month",
    "季度": "quarter-year",
    "天": "D",
    "日": "D",
    "分": "min",
    "年": "year",
}


UNITS = "|".join(sorted(_TIME_UNITS, key=len, reverse=True))


_TIME = re.compile(
    rf"(?<![\d.年月第:/星期周])(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?\s*(?P<joint>个)?(?P<half>半)?\s*"
    rf"(?P<unit>{UNITS})(?P<more>半)?(?!制|前台|[元])"
)


_CLOCK = re.compile(
    r"(?P<day>次日|第二天|隔日|翌日|第二个?工作日|次一?工作日|下一个?工作日|当[日天班]|今[日天]|即日|次月|每月|当月|月底|每周[一二三四五六日]?)?"
    r"(?P<part>上午|中午|下午|晚上|晚|早上|早|凌晨)?\s*"
    rf"(?:(?P<hour>[0-2]?\d)(?::(?P<minute>[0-5]\d)|点(?P<half>半)?|时(?!间|刻|候|段))|(?P<date>{NUMBER})[日号])?"
    r"(?:\s*(?:之前|以前|前|内|之内|下班前|末))?"
)


_DAY_ALONE = re.compile(
    r"(?P<day>次日|翌日|隔日|第二天|次一?工作日|下一?个工作日)(?P<part>上午|下午|中午|晚上?)?(?!起|\d|零|[一二三四五六七八九十]+[点时])"
    r"|(?P<today>当[日天])(?:(?P<half>上午|下午|中午)(?!\d|[一二三四五六七八九十]+[点时])|"
    r"(?=之?内?(?:予以|给予)?(?:答复|办结|回复|处理|完成|反馈|回访|上报|解决|办理)))"
)


_OF_MONTH = re.compile(
    rf"(?:每月|次月|当月|下月)\s*{NUMBER}(?:[日号]?{TO}{NUMBER})?[日号]?(?P<by>之?前|以前)?(?![次个人])"
)


_PARTS = {"上午": "12:00", "中午": "14:00", "下午": "18:00", "晚": "22:00", "晚上": "22:00"}


_DAYS = {
    "次日": "D+1",
    "第二天": "D+1",
    "隔日": "D+1",
    "翌日": "D+1",
    "第二工作日": "W+1",
    "第二个工作日": "W+1",
    "次工作日": "W+1",
    "次一工作日": "W+1",
    "下一工作日": "W+1",
    "下一个工作日": "W+1",
    "当日": "D+0",
    "当天": "D+0",
    "今日": "D+0",
    "今天": "D+0",
    "即日": "D+0",
}


_HOURS = re.compile(r"(?:[0-2]?\d:[0-5]\d)\s*(?:-|–|—|~|至|到)+\s*(?:[0-2]?\d:[0-5]\d)")


def find_times(text: str) -> Iterator[Figure]:
    """Yield the spans of time of a folded text."""
    for match in _TIME.finditer(text):
        ends = numbers(match["low"], match["high"])
        if ends is None or _names_a_day(text, match):
            continue
        low, high = ends
        if match["half"] or match["more"]:
            low, high = low + 0.5, high + 0.5
        unit = _TIME_UNITS[match["unit"]]
        start, end = match.span()
        bound = bound_of(text, start, end)
        soft = is_soft(text, start, end)
        yield Figure(Kind.TIME, start, end, low, high, unit, _span(high, unit), bound, soft)


def _names_a_day(text: str, match: re.Match[str]) -> bool:
    """Say whether this is no span: 24小时服务, 5分 as a mark, 每月5日, 一天到晚, 一时, 星期."""
    unit, after = match["unit"], text[match.end() : match.end() + 4]
    before = text[max(0, match.start() - 3) : match.start()]
    if unit == "分":
        return bool(re.search(r"[扣加记减罚得满除]$", before)) or not match["low"].isdigit()
    if unit == "日" and (before.endswith(("月", "每月", "年")) or after.startswith(("期", "常"))):
        return True
    if unit == "年" and match["low"].isdigit() and len(match["low"]) == 4:
        return True
    if (
        match["low"] == "一"
        and unit in "年天日周"
        and not re.match(r"之?内|以内|[以之]?前|一?次|后", after)
    ):
        return not before.endswith(("超过", "至少", "每"))
    return (
        match["low"] == "24"
        and unit == "小时"
        and after.startswith(("服务", "值班", "值守", "畅通", "热线", "开通", "在线", "专人"))
    )


def _span(number: float, unit: str) -> str:
    """Return a span as packs write it (30s, 24h, D+2, W+2), nothing where it has no such form."""
    if unit == "quarter":
        number, unit = number * 15, "min"
    days = {"week": 7, "month": 30, "quarter-year": 90, "year": 365}
    if unit in days:
        number, unit = number * days[unit], "D"
    if unit == "D" and number != int(number):
        number, unit = number * 24, "h"
    if unit == "h" and number != int(number):
        number, unit = number * 60, "min"
    if unit == "W" and number != int(number):
        return ""  # how long half a working day is, the hours of the organisation say
    return f"{unit}+{int(number)}" if unit in "DW" else f"{plain(number)}{unit}"


def find_dates(text: str) -> Iterator[Figure]:
    """Yield days of a month, 每月5日前: no span says them, so their value is left open."""
    for match in _OF_MONTH.finditer(text):
        soft = is_soft(text, *match.span())
        bound = Bound.MOST if match["by"] else Bound.EXACT
        yield Figure(Kind.CLOCK, *match.span(), 0, 0, "date", "", bound, soft)


def find_clocks(text: str) -> Iterator[Figure]:
    """Yield the instants and the hours of the day of a folded text."""
    for match in _HOURS.finditer(text):
        yield Figure(
            Kind.CLOCK,
            *match.span(),
            0,
            0,
            "hours",
            re.sub(r"\s*(?:-|–|—|~|至|到)+\s*", "-", match[0]),
        )
    for match in _CLOCK.finditer(text):
        if not match[0].strip() or not (match["hour"] or match["date"] or match["day"]):
            continue
        value = _clock_value(match)
        ended = bool(re.search(r"(?:前|内|末)$", match[0]))
        if value is None or not (ended or (match["hour"] and match["day"])):
            continue
        start, end = match.span()
        soft = is_soft(text, start, end)
        yield Figure(Kind.CLOCK, start, end, 0, 0, "instant", value, Bound.MOST, soft)


def find_days(text: str) -> Iterator[Figure]:
    """Yield days without an hour, 次日上午; the hour at which a part of the day ends is ours."""
    for match in _DAY_ALONE.finditer(text):
        day = _DAYS.get(match["day"] or match["today"], "D+1")
        hour = _PARTS.get(match["part"] or match["half"] or "")
        value = f"{day} {hour}" if hour else day
        start, end = match.span()
        soft = is_soft(text, start, end)
        yield Figure(
            Kind.CLOCK, start, end, 0, 0, "part" if hour else "day", value, Bound.MOST, soft
        )


def _clock_value(match: re.Match[str]) -> str | None:
    """Return ``D+1 12:00`` where the day and the hour are known, words where a person decides."""
    day = _DAYS.get(match["day"] or "")
    if match["hour"]:
        hour = int(match["hour"])
        if match["part"] in ("下午", "晚上", "晚") and hour < 12:
            hour += 12
        minute = int(match["minute"] or (30 if match["half"] else 0))
        return None if hour > 24 else f"{day or 'D+0'} {hour:02d}:{minute:02d}"
    if match["date"] or day is None:
        return "" if match["date"] and match["day"] else None
    return day

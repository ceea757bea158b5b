"""Times of the clock as they are said in a promise: 下午三点之前, 明天上午10:30, 月底之前."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time

from rexian.kernel.text.numerals import parse_numeral
from rexian.standard.domain.guidance import Clock

_DAYS = {
    "今天": 0, "今日": 0, "今早": 0, "今晚": 0, "当天": 0, "当日": 0, "本日": 0,
    "今儿": 0, "今夜": 0, "当晚": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明儿": 1, "次日": 1, "隔天": 1,
    "后天": 2, "大后天": 3,
}  # fmt: skip
_EARLY = ("凌晨", "清晨", "早上", "早晨", "上午")
_LATE = ("中午", "下午", "傍晚", "晚上", "夜里")
_IN_A_DAY = {"早": "早上", "晚": "晚上"}
_WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
_NUMBER = "(?:[0-9]{1,2}|[零〇一二两三四五六七八九十]{1,3})"
_TIME = re.compile(
    rf"(?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))}"
    r"|(?P<week>这个|本|这|下个|下)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天]))?的?"
    rf"(?P<part>{'|'.join((*_EARLY, *_LATE))})?"
    rf"(?P<hour>{_NUMBER})(?::(?P<figures>[0-5][0-9])|(?P<sign>点|时(?!间|候))(?:钟|整)?"
    rf"(?P<minute>半|一刻|三刻|{_NUMBER}(?=分|之前|以前|前|左右|$|[，,。.!！]))?分?)"
    r"(?P<limit>钟|整|之前|以前|前|左右|以内|内)?"
)
_ENDS = {
    "凌晨": time(6), "清晨": time(9), "早上": time(9), "早晨": time(9), "上午": time(12),
    "中午": time(14), "下午": time(18), "傍晚": time(19), "晚上": time(22), "夜里": time(23, 59),
}  # fmt: skip
_CLOSING = time(18)
"""The end of a day's work where nobody says when; 周五之前, 月底 are over then."""

_DAY_ALONE = re.compile(
    rf"(?:(?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))})个?"
    r"|(?P<week>这个|本|这|下个|下)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|(?P<month>月底|月末)|(?<!月)(?P<date>[0-9]{1,2}|[一二三四五六七八九十]{1,3})号(?=之前|以前|前|之内|内))的?"
    rf"(?P<part>{'|'.join(_ENDS)})?(?P<closing>下班)?(?:之前|以前|前|之内|以内|内)?"
)
_A_LITTLE = "快早晚慢多少有大小高好差"
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}
HOUR, NOON, DAY, WORK_BEGINS, LONGEST_MONTH = 60, 12, 24, 7, 31


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of the clock named at ``start``..``end`` of a text."""

    start: int
    end: int
    clock: Clock


def find_clock_times(folded: str) -> list[ClockTime]:
    """Return the times of the clock that folded text names, in order.

    快一点 is no time; a bare hour is one only with a day, a part of the day or a limit (三点之前).
    A day without an hour is over at the end of the part that is named, or of its work; 今天 or 明天
    alone is none.
    """
    found = [one for one in (_read(match, folded) for match in _TIME.finditer(folded)) if one]
    days = [one for one in map(_read_day, _DAY_ALONE.finditer(folded)) if one]
    found += [one for one in days if not any(_meet(one, other) for other in found)]
    return sorted(found, key=lambda one: one.start)


def _meet(one: ClockTime, other: ClockTime) -> bool:
    return one.start < other.end and other.start < one.end


def _read_day(match: re.Match[str]) -> ClockTime | None:
    """Return the end of a day that is named without an hour; 明天 alone is left a span of time."""
    if match["day"] and not (match["part"] or match["closing"] or match["day"][-1] in _IN_A_DAY):
        return None
    part = match["part"] or _IN_A_DAY.get((match["day"] or "")[-1:], "")
    clock = Clock(_ENDS.get(part, _CLOSING))
    if match["weekday"]:
        weeks = 1 if (match["week"] or "").startswith("下") else 0
        clock = replace(clock, weekday=_WEEKDAYS[match["weekday"]], weeks=weeks)
    elif match["day"]:
        clock = replace(clock, day=_DAYS[match["day"]])
    else:
        date = parse_numeral(match["date"] or "") or LONGEST_MONTH
        if not 1 <= date <= LONGEST_MONTH:
            return None
        clock = replace(clock, month_day=int(date))
    return ClockTime(match.start(), match.end(), clock)


def _read(match: re.Match[str], folded: str) -> ClockTime | None:
    told = match["day"] or match["part"] or match["figures"] or match["limit"] or match["minute"]
    hour, minute = parse_numeral(match["hour"]), _minute(match)
    a_little = hour == 1 and folded[max(0, match.start() - 1) : match.start()] in _A_LITTLE
    if not told or hour is None or minute is None or hour > DAY or (a_little and match.start()):
        return None
    clock = _clock(match, int(hour) % DAY, minute)
    return ClockTime(match.start(), match.end(), clock)


def _clock(match: re.Match[str], hour: int, minute: int) -> Clock:
    """Return the time that is meant; without a part of the day a small hour may be either."""
    part = match["part"] or _IN_A_DAY.get((match["day"] or "")[-1:], "")
    weekday = _WEEKDAYS[match["weekday"]] if match["weekday"] else None
    day = _DAYS.get(match["day"] or "")
    if part in _LATE and hour < NOON:
        hour += NOON
    unsaid = part not in (*_EARLY, *_LATE) and not match["figures"] and 0 < hour <= NOON
    if unsaid and (day or weekday is not None) and hour < WORK_BEGINS:
        hour, unsaid = hour + NOON, False  # nobody promises to call tomorrow at three in the night
    weeks = 1 if (match["week"] or "").startswith("下") else 0
    at = time(hour % NOON if unsaid else hour, minute)
    return Clock(at, day=day, weekday=weekday, weeks=weeks, of_either_half=unsaid)


def _minute(match: re.Match[str]) -> int | None:
    said = match["figures"] or match["minute"]
    if not said:
        return 0
    minute = _MINUTES.get(said) or parse_numeral(said)
    return int(minute) if minute is not None and minute < HOUR else None

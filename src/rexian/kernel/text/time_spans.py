"""Spans of time as they are said in a promise: 两小时之内, 三个工作日, 今天下班前."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from rexian.kernel.text.numerals import NUMERAL, parse_numeral

_UNITS = {
    "分钟": timedelta(minutes=1),
    "刻钟": timedelta(minutes=15),
    "小时": timedelta(hours=1),
    "钟头": timedelta(hours=1),
    "个点": timedelta(hours=1),
    "工作日": timedelta(days=1),
    "工作天": timedelta(days=1),
    "自然日": timedelta(days=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "礼拜": timedelta(days=7),
    "星期": timedelta(days=7),
    "周": timedelta(days=7),
    "月": timedelta(days=30),
}
_HALF_A_DAY, _DAY, _WEEK = timedelta(hours=12), timedelta(days=1), timedelta(days=7)
_MONTH, _YEAR = timedelta(days=30), timedelta(days=365)

# How long a named day, week or month may take from any moment of today, the longer words first.
_DAYS = {
    "大后天": 3 * _DAY,
    "后天": 2 * _DAY,
    **dict.fromkeys(("明天", "明日", "明早", "明晚", "明儿", "次日", "隔天", "翌日"), _DAY),
    **dict.fromkeys(("今天", "今日", "今晚", "今儿", "今夜", "当天", "当日", "当晚"), _HALF_A_DAY),
}
_NAMED = {
    "下班前": _HALF_A_DAY,
    "下班之前": _HALF_A_DAY,
    "下班以前": _HALF_A_DAY,
    "过几天": 3 * _DAY,
    "过两天": 2 * _DAY,
    "这两天": 2 * _DAY,
    "这几天": 3 * _DAY,
    **dict.fromkeys(
        ("下周", "下星期", "下礼拜", "本周", "这周", "这星期", "这礼拜", "周末"), _WEEK
    ),
    **dict.fromkeys(("月底", "月末", "本月", "这个月", "当月"), _MONTH),
    **dict.fromkeys(("下个月", "下月"), 2 * _MONTH),
    **dict.fromkeys(("年底", "年内", "年前"), _YEAR),
}
_SEVERAL = 9
"""What 几天, 几个小时 may come to."""

_LIMIT = "(?:之前|以前|前|之内|以内|内)"
_PARTS = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里)"
_PART_OF_A_DAY = re.compile(
    rf"{_PARTS}的?(?:{NUMERAL}(?:点|时(?!间|候)|:[0-5][0-9])(?:半|钟|整|[一三]刻|{NUMERAL}分?)?)?{_LIMIT}?"
)

TELLING_WORDS = (
    *_UNITS, *_DAYS, *_NAMED,
    *("早上", "早晨", "上午", "中午", "下午", "傍晚", "晚上", "夜里", "凌晨", "清晨"),
    *("前", "号内", "号之内", "号以内"),
)  # fmt: skip
"""Words of which one stands in every span of time."""

_BEGIN = "".join(sorted({word[0] for word in (*_DAYS, *_NAMED)}))
"""The characters with which a named day, week or month begins."""

_SPAN = re.compile(
    rf"(?=[{_BEGIN}0-9.〇零一二两俩三仨四五六七八九十百半几数好第个凌清早上中下傍晚夜这本周星礼午吃天])(?:(?P<date>第{NUMERAL}(?:个?工作日|天|日|周|月|小时)?"
    rf"|(?<!个)(?:{NUMERAL}月(?:份)?)?{NUMERAL}号(?!线|楼|门|口|窗|院|座|车|机|厅|桌|店)(?P<by>{_LIMIT}?)"
    rf"|{NUMERAL}月(?:份)?{NUMERAL}日?(?P<on>{_LIMIT}?))"
    rf"|(?<![月第0-9])(?P<number>{NUMERAL}|几|数|好几)(?P<half>个半)?(?P<joint>[个来多]{{0,2}})"
    rf"(?P<unit>{'|'.join(_UNITS)})(?!热线|服务|客服|值班|营业|在线|不间断|受理)(?P<more>半)?"
    r"|(?P<odd>个把(?:小时|钟头)|一两?晌)"
    rf"|(?P<day>{'|'.join(_DAYS)})个?的?(?:{_PART_OF_A_DAY.pattern})?(?:下班{_LIMIT}?)?"
    r"|(?:这个|本|这|下个|下)?(?P<weekday>(?:周|星期|礼拜)[一二三四五六日天])"
    rf"|(?P<part>{_PART_OF_A_DAY.pattern})"
    rf"|(?P<clock>(?:{NUMERAL}点(?:半|钟|整|[一三]刻|{NUMERAL}分?)?|[0-9]{{1,2}}:[0-5][0-9])(?:之前|以前|前))"
    r"|(?P<meal>(?:[早午晚]饭|吃饭|天黑)(?:之前|以前|前))"
    rf"|(?P<named>{'|'.join(sorted(_NAMED, key=len, reverse=True))}))"
)
_TWENTY_TO_THIRTY = re.compile(r"^[一二两三四五六七八九][二两三四五六七八九]$")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A span of time named at ``start``..``end`` of a text, at most ``length`` long."""

    start: int
    end: int
    length: timedelta


def find_time_spans(folded: str) -> list[TimeSpan]:
    """Return the spans of time that folded text names, in order.

    A date (六月二号, 第二天) is no span unless it is a limit (六月二号之前): a month counts only as
    一个月, 半月. Of 两三天 the longer is taken. 尽快, 稍后 and 马上 name no time.
    """
    spans = []
    for match in _SPAN.finditer(folded):
        length = _length(match)
        if length is not None:
            spans.append(TimeSpan(match.start(), match.end(), length))
    return spans


def _length(match: re.Match[str]) -> timedelta | None:
    if match["number"]:
        return _counted(match)
    if match["date"]:
        return _MONTH if match["by"] or match["on"] else None
    if match["day"]:
        return _DAYS[match["day"]]
    if match["part"]:
        return _HALF_A_DAY if len(match["part"]) > len("上午") else None
    if match["weekday"]:
        return _WEEK
    if match["odd"]:
        return _UNITS["小时"]
    return _NAMED[match["named"]] if match["named"] else _HALF_A_DAY


def _counted(match: re.Match[str]) -> timedelta | None:
    said = match["number"]
    if match["unit"] == "月" and not match["joint"] and said != "半":
        return None
    if said in ("几", "数", "好几"):
        return _UNITS[match["unit"]] * _SEVERAL
    if _TWENTY_TO_THIRTY.match(said) and match["unit"] != "月":
        said = said[-1]
    number = parse_numeral(said)
    if number is None:
        return None
    if match["half"] or match["more"]:
        number += 0.5
    return _UNITS[match["unit"]] * number

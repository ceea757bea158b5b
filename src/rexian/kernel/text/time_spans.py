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
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "礼拜": timedelta(days=7),
    "星期": timedelta(days=7),
    "周": timedelta(days=7),
    "月": timedelta(days=30),
}

# How long a named day may take from any moment of today.
_NAMED = {
    "今天": timedelta(hours=12),
    "今日": timedelta(hours=12),
    "今晚": timedelta(hours=12),
    "当天": timedelta(hours=12),
    "当日": timedelta(hours=12),
    "下班前": timedelta(hours=12),
    "下班之前": timedelta(hours=12),
    "明天": timedelta(hours=24),
    "明日": timedelta(hours=24),
    "明早": timedelta(hours=24),
    "后天": timedelta(hours=48),
    "下周": timedelta(days=7),
    "下星期": timedelta(days=7),
    "下礼拜": timedelta(days=7),
    "过几天": timedelta(days=3),
    "过两天": timedelta(days=2),
    "这两天": timedelta(days=2),
    "这几天": timedelta(days=3),
}

TELLING_WORDS = (*_UNITS, *_NAMED)
"""Words of which one stands in every span of time."""

_SPAN = re.compile(
    rf"(?<![月第0-9])(?P<number>{NUMERAL})(?P<half>个半)?(?P<joint>[个来多]{{0,2}})"
    rf"(?P<unit>{'|'.join(_UNITS)})(?P<more>半)?"
    rf"|(?P<named>{'|'.join(sorted(_NAMED, key=len, reverse=True))})"
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

    A date (六月二号, 第二天) is no span: a month counts only as 一个月, 半月. Of 两三天 the longer
    is taken.
    """
    spans = []
    for match in _SPAN.finditer(folded):
        length = _length(match)
        if length is not None:
            spans.append(TimeSpan(match.start(), match.end(), length))
    return spans


def _length(match: re.Match[str]) -> timedelta | None:
    if match["named"]:
        return _NAMED[match["named"]]
    said = match["number"]
    if match["unit"] == "月" and not match["joint"] and said != "半":
        return None
    if _TWENTY_TO_THIRTY.match(said) and match["unit"] != "月":
        said = said[-1]
    number = parse_numeral(said)
    if number is None:
        return None
    if match["half"] or match["more"]:
        number += 0.5
    return _UNITS[match["unit"]] * number

"""The figures of a clause: times, rates, counts, amounts, how fast one speaks or answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rexian.standard.domain.drafting.measuring import (
    NUMBER,
    SOFT,
    TO,
    Bound,
    Figure,
    Kind,
    bound_of,
    is_soft,
    numbers,
    plain,
)
from rexian.standard.domain.drafting.times import (
    UNITS,
    find_clocks,
    find_dates,
    find_days,
    find_times,
)

__all__ = ["Bound", "Figure", "Kind", "find_figures", "find_soft_words"]

_ALL = re.compile(
    r"(?:全数|全部|全量|百分百|百分之百|逐[一件户]|[每各]件均?)(?=(?:进行)?(?:电话)?回访)"
)


_RATE = re.compile(
    rf"(?P<low>\d+(?:\.\d+)?)(?:\s*%)?(?:{TO}(?P<high>\d+(?:\.\d+)?))?\s*(?P<sign>%|‰)"
    rf"|(?P<of>百|千)分之(?P<part>{NUMBER})"
)


_SPEECH = re.compile(
    rf"每分钟(?:约|大约|在|为|以|保持|控制|说|讲|不超过|语速){{0,3}}(?P<a>{NUMBER})(?:{TO}(?P<b>{NUMBER}))?\s*个?(?:汉)?字"
    rf"|(?P<c>{NUMBER})(?:{TO}(?P<d>{NUMBER}))?\s*个?(?:汉)?字(?:/|每|一)分钟?"
)


_RINGS = re.compile(
    rf"(?:铃响?|振铃|响铃|响|铃声)[^,。;、\d]{{0,6}}?(?P<a>{NUMBER})(?:{TO}(?P<b>{NUMBER}))?\s*(?:声|次|遍)"
    rf"|(?P<c>{NUMBER})(?:{TO}(?P<d>{NUMBER}))?\s*声(?:铃响|铃声|铃|响|振铃)?(?=之内|内|以内|之前|前|接|后)"
)


_AMOUNT = re.compile(
    rf"(?P<low>{NUMBER})(?:元?{TO}(?P<high>{NUMBER}))?\s*(?P<unit>万元|元|倍)"
    rf"|(?<=[扣加记减罚])(?:除|罚|掉|上)?\s*(?P<points>{NUMBER})(?:{TO}(?P<points2>{NUMBER}))?\s*分(?!钟)"
    rf"|(?P<score>{NUMBER})\s*分(?!钟|[之析类为别])"
)
_SCORED = re.compile("(?:评分|得分|分数|满意度|考核|总分|成绩)[^,。;]{0,12}$")


_COUNT = re.compile(
    rf"(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?\s*(?P<joint>个)?(?P<unit>次|遍|学时|课时|人|名|张|份|件|步|起|宗|批|班|例|场|条|项|台|部)(?![字级])"
)


_MEASURE = re.compile(
    rf"(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?\s*(?P<unit>公里|千米|厘米|毫米|米|兆帕|千帕|分贝|度|℃|°|cm|mm|km|m|平方米)(?![a-z])"
)


_BLANK = re.compile(
    rf"(?P<blank>x{{1,4}}|×{{1,4}}|\*{{1,4}}|_{{2,}}|\( *\)|\[ *\])\s*个?(?P<unit>{UNITS}|元|%)"
)


_MASKED = re.compile(
    r"第\s*[\d一二三四五六七八九十百]+\s*[条章节款项期版]|\d{4}\s*年(?:\d{1,2}\s*月(?:\d{1,2}\s*日)?)?|\d{1,2}月\d{1,2}日|(?<!\d)(?:\d{3,4}-)?\d{7,}|gb/?t?\s*[\d.-]+"
)


_OFTEN = re.compile(rf"每隔?{NUMBER}个?(?:{UNITS})[^,。;]{{0,4}}$")
"""每2小时清扫一次 is a span, no count."""

_SIMPLE_COUNTS = frozenset({"次", "遍", "人", "名", "步", "学时", "课时"})


def find_figures(folded: str) -> list[Figure]:
    """Return the figures of a folded text in order; none stands within another."""
    text = _MASKED.sub(lambda match: "\0" * len(match[0]), folded)
    found: list[Figure] = []
    for finder in _FINDERS:
        for figure in finder(text):
            if all(figure.end <= one.start or figure.start >= one.end for one in found):
                found.append(figure)
    return sorted(found, key=lambda one: one.start)


def find_soft_words(folded: str) -> list[str]:
    """Return the words by which a clause wishes rather than demands, each once."""
    return list(dict.fromkeys(match[0] for match in SOFT.finditer(folded)))


def _rates(text: str) -> Iterator[Figure]:
    for match in _ALL.finditer(text):
        yield Figure(Kind.RATE, *match.span(), 1, 1, "share", 1.0, Bound.LEAST)
    for match in _RATE.finditer(text):
        start, end = match.span()
        scale = 1000 if match["sign"] == "‰" or match["of"] == "千" else 100
        ends = numbers(match["low"] or match["part"], match["high"])
        if ends is None:
            continue
        low, high = (round(one / scale, 6) for one in ends)
        bound = bound_of(text, start, end)
        if bound is Bound.EXACT and (
            low == 1 or re.search(r"率[^,。;]{0,6}$", text[max(0, start - 10) : start])
        ):
            bound = Bound.LEAST
        yield Figure(
            Kind.RATE, start, end, low, high, "share", low, bound, is_soft(text, start, end)
        )


def _paired(kind: Kind, pattern: re.Pattern[str], unit: str) -> Callable[[str], Iterator[Figure]]:
    """Return a finder for a figure that is written in two ways, as a to b or as c to d."""

    def find(text: str) -> Iterator[Figure]:
        for match in pattern.finditer(text):
            ends = numbers(match["a"] or match["c"], match["b"] or match["d"])
            if ends is None or (kind is Kind.RINGS and not re.search("铃|电话|来电|接", text)):
                continue
            start, end = match.span()
            bound = bound_of(text, start, end)
            soft = is_soft(text, start, end)
            high = plain(ends[1])
            yield Figure(kind, start, end, ends[0], ends[1], unit, high, bound, soft)

    return find


def _amounts(text: str) -> Iterator[Figure]:
    for match in _AMOUNT.finditer(text):
        first = match["low"] or match["points"] or match["score"]
        ends = numbers(first, match["high"] or match["points2"])
        if ends is None:
            continue
        if match["score"] and not _is_score(text, match):
            continue
        unit = match["unit"] or "分"
        low, high = (one * 10_000 for one in ends) if unit == "万元" else ends
        start, end = match.span()
        bound = bound_of(text, start, end)
        soft = is_soft(text, start, end)
        yield Figure(Kind.AMOUNT, start, end, low, high, unit, plain(high), bound, soft)


def _is_score(text: str, match: re.Match[str]) -> bool:
    """Say whether so many 分 are points: minutes and parts are written alike."""
    scored = _SCORED.search(text[: match.start()])
    return bool(scored or re.match(r"以上|以下|\(含\)|及以上", text[match.end() :]))


def _counts(text: str) -> Iterator[Figure]:
    for match in _COUNT.finditer(text):
        ends = numbers(match["low"], match["high"])
        start, end = match.span()
        if ends is None or ends[0] < 1 or "半" in match["low"]:
            continue
        bound = bound_of(text, start, end)
        once = match["low"] in ("一", "1") and bound is Bound.EXACT
        lead = text[max(0, start - 10) : start]
        if once and (not re.search(r"每[^,。;]{0,6}$", lead) or _OFTEN.search(lead)):
            continue
        if bound is Bound.EXACT and match["unit"] not in _SIMPLE_COUNTS:
            continue
        soft = is_soft(text, start, end)
        value = plain(ends[1])
        yield Figure(Kind.COUNT, start, end, *ends, match["unit"], value, bound, soft)


def _measures(text: str) -> Iterator[Figure]:
    for match in _MEASURE.finditer(text):
        ends = numbers(match["low"], match["high"])
        if ends is None or match["low"] in ("一", "半", "百", "千"):
            continue
        start, end = match.span()
        bound = bound_of(text, start, end)
        soft = is_soft(text, start, end)
        value = plain(ends[1])
        yield Figure(Kind.MEASURE, start, end, *ends, match["unit"], value, bound, soft)


def _blanks(text: str) -> Iterator[Figure]:
    for match in _BLANK.finditer(text):
        yield Figure(
            Kind.BLANK, *match.span(), 0, 0, match["unit"], "", bound_of(text, *match.span())
        )


_FINDERS: tuple[Callable[[str], Iterator[Figure]], ...] = (
    _blanks,
    find_dates,
    _paired(Kind.SPEECH, _SPEECH, "characters"),
    _paired(Kind.RINGS, _RINGS, "rings"),
    _rates,
    find_times,
    find_clocks,
    find_days,
    _amounts,
    _measures,
    _counts,
)

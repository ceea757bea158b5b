"""Whether what the agent says back is what the customer said: numbers, plates, sums, days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from rexian.kernel.text.numerals import parse_numeral
from rexian.standard.domain.language.digits import numbers_said, spoken_value
from rexian.standard.domain.language.matching import Span

Said = Literal["number", "plate", "sum", "day"]
Value = tuple[Span, str]

_DIGIT = "[0-9零〇洞一幺二两三四五六七拐八九勾]"
_PAUSE = r"[ ,，、。.\-—–~嗯啊呃额哦]"
_RUN = re.compile(rf"{_DIGIT}(?:{_PAUSE}{{0,3}}{_DIGIT})*")
_ONLY_DIGITS = re.compile(rf"(?:{_PAUSE}|{_DIGIT}|对|是|好)*")
FEWEST_GIVEN, MOST_GIVEN, FEWEST_SAID_BACK, FEWEST_GOING_ON, MAY_DIFFER = 7, 12, 5, 2, 3
_SUM = re.compile(
    r"(?P<number>[0-9.〇零一二两俩三四五六七八九十百千万半]+)(?:多|来|几)?(?:元|块|万元|圆)"
)
_DAY = re.compile(
    r"(?:(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?)?"
    r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:号(?!线|楼|门|口|窗|院|座|车|机|厅|为|客|坐|房|桌|店)"
    r"|(?<=[0-9一二三四五六七八九十])日(?!内|之内))"
)
_MONTHS, _DAYS = 12, 31


def number_given(said: Sequence[str]) -> str:
    """Return the digits of the number that the customer gave last, over one turn or several."""
    for at in range(len(said) - 1, -1, -1):
        runs = [spoken_value(match[0]) for match in _RUN.finditer(said[at])]
        whole = "".join(runs) if _ONLY_DIGITS.fullmatch(said[at]) else ""
        before = at
        while whole and before > 0 and len(whole) < MOST_GIVEN:
            before -= 1
            tail = _tail(said[before])
            if not tail or len(tail) + len(whole) > MOST_GIVEN:
                break
            whole = tail + whole
        longest = max((*runs, whole), key=len, default="")
        if len(longest) >= FEWEST_GIVEN:
            return longest
    return ""


def _tail(folded: str) -> str:
    """Return the digits in which a turn ends; where it is nothing else, all of them."""
    runs = list(_RUN.finditer(folded))
    if not runs or len(spoken_value(runs[-1][0])) < FEWEST_GOING_ON:
        return ""
    rest = folded[runs[-1].end() :]
    return spoken_value(runs[-1][0]) if re.fullmatch(rf"{_PAUSE}*", rest) else ""


def of_number(folded: str, said: Sequence[str]) -> tuple[list[Span], list[Span]]:
    """Return where the number given last is said back right, and where wrong."""
    spans = [match.span() for match in _RUN.finditer(folded)]
    runs = [(span, spoken_value(folded[span[0] : span[1]])) for span in spans]
    if not any(len(digits) >= FEWEST_SAID_BACK for _, digits in runs):
        return [], []
    given = number_given(said)
    if not given:
        return [], []
    right = [span for span, digits in runs if given in digits]
    if not right and given in "".join(digits for _, digits in runs):
        right = [(spans[0][0], spans[-1][1])]
    wrong = [span for span, digits in runs if _is_other(digits, given)]
    return right, [] if right else wrong


def _is_other(digits: str, given: str) -> bool:
    """Say whether digits are the given ones with a slip: some swapped, changed, left out."""
    if len(digits) < FEWEST_SAID_BACK or digits in given:
        return False
    if abs(len(digits) - len(given)) > MAY_DIFFER - 1:
        return False
    return _distance(digits, given) <= MAY_DIFFER or sorted(digits) == sorted(given)


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for number, a in enumerate(one, start=1):
        last, row[0] = row[0], number
        for at, b in enumerate(other, start=1):
            last, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, last + (a != b))
    return row[-1]


def _plates(folded: str) -> Iterator[Value]:
    for one in numbers_said(folded):
        if one.kind == "plate":
            yield one.span, one.value[1:]


def _sums(folded: str) -> Iterator[Value]:
    for match in _SUM.finditer(folded):
        number = parse_numeral(match["number"])
        if number:
            yield match.span(), f"{number:g}"


def _days(folded: str) -> Iterator[Value]:
    for match in _DAY.finditer(folded):
        month, day = parse_numeral(match["month"] or ""), parse_numeral(match["day"])
        if day and day <= _DAYS and (month or 1) <= _MONTHS:
            yield match.span(), f"{month:g}-{day:g}" if month else f"{day:g}"


_VALUES: Mapping[str, Callable[[str], Iterator[Value]]] = {
    "plate": _plates,
    "sum": _sums,
    "day": _days,
}


_SIGNS: Mapping[str, frozenset[str]] = {
    "plate": frozenset("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"),
    "sum": frozenset("元块圆"),
    "day": frozenset("号日"),
}


def of_values(kind: str, folded: str, said: Sequence[str]) -> tuple[list[Span], list[Span]]:
    """Return where values that the customer named come back, and where others stand instead.

    Others are wrong only where the customer named one of the kind and none of them comes back.
    """
    values = list(_named(kind, folded))
    if not values:
        return [], []
    named = {value for one in said for _, value in _named(kind, one)}
    right = [span for span, value in values if any(_same(value, one) for one in named)]
    wrong = [span for span, _ in values] if named and not right else []
    return right, wrong


def _named(kind: str, folded: str) -> Iterable[Value]:
    """Return the values of a kind in a text; most texts lack the sign that every one of it has."""
    return _VALUES[kind](folded) if not _SIGNS[kind].isdisjoint(folded) else ()


def _same(value: str, other: str) -> bool:
    """Say whether two values are one; a day without its month is that day of any."""
    month, _, day = value.rpartition("-")
    other_month, _, other_day = other.rpartition("-")
    return day == other_day and (not month or not other_month or month == other_month)

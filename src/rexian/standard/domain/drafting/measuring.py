"""What a figure is: its kind, its bound, and whether it is meant roughly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rexian.kernel.text.numerals import parse_numeral

NUMBER = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千半]+)"


TO = r"\s*(?:-|–|—|~|至|到)+\s*"


class Kind(StrEnum):
    """What a figure measures."""

    TIME = "time"
    CLOCK = "clock"  # 次日12点前
    RATE = "rate"
    SPEECH = "speech"
    RINGS = "rings"
    COUNT = "count"
    AMOUNT = "amount"
    MEASURE = "measure"
    BLANK = "blank"  # XX小时


class Bound(StrEnum):
    """What a figure is: the most that is allowed, the least, or what it is itself."""

    MOST = "most"
    LEAST = "least"
    EXACT = "exact"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands at ``start``..``end`` of a text.

    ``low`` and ``high`` are alike but for a range; ``value`` is what a pack writes (``24h``,
    ``W+2``, 0.95), empty where a person has to name it.
    """

    kind: Kind
    start: int
    end: int
    low: float
    high: float
    unit: str
    value: str | float | int
    bound: Bound = Bound.EXACT
    soft: bool = False


SOFT = re.compile(
    r"左右|上下|大约|约(?=\d|[一二两三四五六七八九十])|大概|尽量|尽可能|原则上|一般(?=[在为应]|不超过|情况下)|力争|争取|最好|为佳|为宜|"
    r"宜|建议|适当|鼓励|大致|通常"
)


_MOST = re.compile(r"之?内|以内|之?前|以前|以下|为限")


_LEAST = re.compile(r"以上|及以上|之?后")


_NOT = "不(?:得|应|能|可|准|许)?"


_LEAD_MOST = re.compile(
    rf"(?:{_NOT}(?:超过|多于|大于|高于|超出|超|晚于|迟于)|最[多长迟晚]|至多|<=|≤|(?<!不)(?<!不[得应能可])(?:低于|小于|少于)|<|"
    r"上限为?|控制在)[^,。;:、]{0,4}$"
)


_LEAD_LEAST = re.compile(
    rf"(?:{_NOT}(?:少于|低于|小于|短于|早于)|至少|最[少低短早]|>=|≥|(?<!不)(?<!不[得应能可准])(?:大于|高于|超过)|"
    r"满|达到|达|>|下限为?|提前)[^,。;:、]{0,4}$"
)


_EVERY = re.compile(r"每(?:隔|满|个)?$")


def is_soft(text: str, start: int, end: int) -> bool:
    """Say whether a figure is meant roughly: a soft word stands in its part of the sentence."""
    first = max(text.rfind(mark, 0, start) for mark in ",。;:\n") + 1
    ends = [place for mark in ",。;\n" if (place := text.find(mark, end)) >= 0]
    return bool(SOFT.search(text, first, min(ends, default=len(text))))


def bound_of(text: str, start: int, end: int) -> Bound:
    """Return what the words around a figure make of it."""
    lead = text[max(0, start - 12) : start]
    if _LEAD_MOST.search(lead):
        return Bound.MOST
    if _LEAD_LEAST.search(lead):
        return Bound.LEAST
    if _EVERY.search(lead):
        return Bound.EVERY
    if _MOST.match(text, end):
        return Bound.MOST
    return Bound.LEAST if _LEAST.match(text, end) else Bound.EXACT


def numbers(first: str | None, second: str | None) -> tuple[float, float] | None:
    """Return the two ends of a range, alike for a single number; ``None`` where it is none."""
    low = parse_numeral(first) if first else None
    high = parse_numeral(second) if second else low
    return None if low is None or high is None else (min(low, high), max(low, high))


def plain(number: float) -> int | float:
    """Return a whole number as one."""
    return int(number) if number == int(number) else number

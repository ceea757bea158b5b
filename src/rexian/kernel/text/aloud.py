"""Figures as Mandarin reads them: how many characters are spoken where fewer are written.

86元 is said 八十六元; 138 1234 5678 is said figure by figure.
"""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_LONGEST_AMOUNT = 16

_COUNTED = (
    "元块角毛分万亿千百个位名人次遍天号日月周秒点岁楼层米里斤吨方升度"
    "辆台条张件项种页章折倍届期户笔班站公小"
)
"""What stands behind an amount: a figure before one of these is read as a number, not spelt."""

_FIGURE = re.compile(r"(?P<whole>\d+)(?:\.(?P<part>\d+))?(?P<share>[%％])?(?P<unit>\w)?")
_CLOCK = re.compile(r"(?<!\d)(?P<hour>[01]?\d|2[0-4])[::](?P<minute>[0-5]\d)(?!\d)")
_THOUSANDS = re.compile(r"(?<=\d)[,,](?=\d{3}(?!\d))")


def read_aloud(text: str) -> str:
    """Return a text with its figures as they are said; everything else stays as it is."""
    if not any(character.isdecimal() for character in text):
        return text
    text = _CLOCK.sub(_clock, _THOUSANDS.sub("", text))
    return _FIGURE.sub(_figure, text)


def spoken_characters(text: str) -> int:
    """Count what is said: each character, letter and figure as read; punctuation is silent."""
    return sum(map(str.isalnum, read_aloud(text)))


def _clock(match: re.Match[str]) -> str:
    """Read 14:30 as 十四点三十分."""
    minute = int(match["minute"])
    named = f"{'零' if 0 < minute < 10 else ''}{_amount(str(minute))}分" if minute else ""
    return f"{_amount(match['hour'])}点{named}"


def _figure(match: re.Match[str]) -> str:
    """Read a figure as an amount or figure by figure, whatever its company asks."""
    whole, part, unit = match["whole"], match["part"], match["unit"] or ""
    amount = _is_amount(whole, unit, exact=part is not None or match["share"] is not None)
    said = _amount(whole) if amount else _spelt(whole)
    if part is not None:
        said += f"点{_spelt(part)}"
    return f"{'百分之' if match['share'] else ''}{said}{unit}"


def _is_amount(whole: str, unit: str, *, exact: bool) -> bool:
    """Tell whether a figure is read as a number: years, telephone and staff numbers are not."""
    if (whole[0] == "0" and len(whole) > 1) or len(whole) > _LONGEST_AMOUNT:
        return False
    return exact or len(whole) <= 2 or (bool(unit) and unit in _COUNTED and len(whole) < 8)


def _spelt(figures: str) -> str:
    """Read figure by figure."""
    return "".join(_DIGITS[int(figure)] for figure in figures)


def _amount(figures: str) -> str:
    """Read a whole number below ten thousand billion."""
    if not int(figures):
        return _DIGITS[0]
    said, skipped = "", False
    groups = [figures[max(0, end - 4) : end] for end in range(len(figures), 0, -4)]
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if int(group):
            gap = bool(said) and (skipped or group[0] == "0")
            said += f"{_DIGITS[0] if gap else ''}{_below_ten_thousand(group)}{_GROUPS[place]}"
        skipped = not int(group)
    return said.removeprefix("一") if said.startswith("一十") else said


def _below_ten_thousand(group: str) -> str:
    """Read up to four figures."""
    said, zero = "", False
    for place, figure in zip(range(len(group) - 1, -1, -1), group, strict=True):
        if figure == "0":
            zero = bool(said)
        else:
            said += f"{_DIGITS[0] if zero else ''}{_DIGITS[int(figure)]}{_PLACES[place]}"
            zero = False
    return said

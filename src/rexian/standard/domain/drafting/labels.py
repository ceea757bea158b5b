"""The numbers before a clause: 第三章, 第二条, 一、, （一）, 1.1, 3.2.1, ①, a)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from rexian.kernel.text.numerals import parse_numeral


class Style(IntEnum):
    """How a clause is numbered, in the order in which documents usually nest them."""

    BOOK = 1  # 第一编
    PART = 2
    CHAPTER = 3
    SECTION = 4
    ARTICLE = 5  # 第一条
    CHINESE = 7  # 一、
    CHINESE_IN_BRACKETS = 8
    DOTTED = 10  # 1. and below it 1.1, 1.1.1
    IN_BRACKETS = 20  # (1)
    HALF_BRACKET = 21  # 1)
    CIRCLED = 22  # ①
    LETTER = 23


DIVISIONS = frozenset({Style.BOOK, Style.PART, Style.CHAPTER, Style.SECTION})
"""What cuts a document whose articles are counted through."""

_NAMED = {
    "编": Style.BOOK,
    "篇": Style.BOOK,
    "部分": Style.PART,
    "章": Style.CHAPTER,
    "节": Style.SECTION,
    "条": Style.ARTICLE,
}
_CHINESE = "零〇一二三四五六七八九十百"
_UNITS = (
    "(?:个|多个)?(?:秒|分|小时|钟|天|日|周|星期|月|季|年|元|万|人|次|名|度|米|厘米|公里|倍|字|声|%|‰|"
    "号|点|岁|km|cm)"
)
_PATTERNS: tuple[tuple[Style | None, re.Pattern[str]], ...] = (
    (
        None,
        re.compile(rf"第\s*([{_CHINESE}\d]+)\s*(编|篇|部分|章|节|条)(?![的规所至和及或])[ :、.]*"),
    ),
    (Style.CHINESE, re.compile(rf"([{_CHINESE}]+)\s*[、.](?!\d)\s*")),
    (Style.CHINESE_IN_BRACKETS, re.compile(rf"[(〔]\s*([{_CHINESE}]+)\s*[)〕][、. ]*")),
    (Style.IN_BRACKETS, re.compile(r"\(\s*(\d{1,3})\s*\)[、. ]*")),
    (Style.HALF_BRACKET, re.compile(r"(\d{1,3})\s*\)[、. ]*")),
    (
        Style.DOTTED,
        re.compile(
            rf"(\d{{1,3}}(?:\.\d{{1,3}}){{1,5}})(?![\d.~—-])(?!\s*{_UNITS})(?![a-z](?![a-z0-9]))[.、:]?\s*"
        ),
    ),
    (None, re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})([a-z])(?![a-z0-9])[.、)]?\s*")),
    (Style.DOTTED, re.compile(r"(\d{1,3})\s*[.、](?!\d)\s*")),
    (Style.LETTER, re.compile(r"\(?([a-z])\s*[.、)](?![a-z0-9])\s*")),
)
_BARE = re.compile(
    rf"(\d{{1,2}})(?:\s+(?!\s*{_UNITS})(?=[\u4e00-\u9fff])|(?!{_UNITS})(?=[\u4e00-\u9fff]{{2,12}}$))"
)
_CIRCLED = (("①", 20), ("⑴", 20), ("⒈", 20), ("㈠", 10), ("❶", 10), ("⓵", 10))
BULLETS = "•●◆■▲★※○◇□-–—·*▪➢✓√"


@dataclass(frozen=True, slots=True)
class Label:
    """A number as it stands before a clause; ``ordinals`` has one for each part of 3.2.1."""

    style: Style
    ordinals: tuple[int, ...]
    end: int

    @property
    def rank(self) -> int:
        """How deep such a number usually stands; 1.1 stands below 1."""
        return self.style + (len(self.ordinals) - 1 if self.style is Style.DOTTED else 0)

    @property
    def last(self) -> int:
        """The ordinal among its siblings."""
        return self.ordinals[-1]


def read_label(folded: str, *, bare: bool = False) -> Label | None:
    """Return the number that folded text begins with, or ``None``.

    A number alone, such as 3 in “3 术语”, is one only where it may be ``bare``.
    """
    start = len(folded) - len(folded.lstrip())
    for style, pattern in _PATTERNS:
        match = pattern.match(folded, start)
        if match:
            return _label(style, match)
    for first, count in _CIRCLED:
        number = ord(folded[start]) - ord(first) + 1 if start < len(folded) else 0
        if 1 <= number <= count:
            rest = re.compile(r"[、. ]*").match(folded, start + 1)
            return Label(Style.CIRCLED, (number,), rest.end() if rest else start + 1)
    match = _BARE.match(folded, start) if bare else None
    return Label(Style.DOTTED, (int(match[1]),), match.end()) if match else None


def without_bullet(text: str) -> tuple[str, bool]:
    """Return a text without the sign of a list before it, and whether there was one."""
    stripped = text.lstrip()
    rest = stripped.lstrip("-–—") if stripped[:2] in ("--", "——") else stripped[1:]
    if stripped and stripped[0] in BULLETS and rest:
        is_sign = stripped[0] not in "-–—*·" or rest[0].isspace() or "\u4e00" <= rest[0] <= "\u9fff"
        if is_sign:
            return rest.strip(), True
    return text.strip(), False


def _label(style: Style | None, match: re.Match[str]) -> Label | None:
    written = match[1]
    if style is None and match[2].isascii():  # 2.8a, below 2.8
        ordinals = (*map(int, written.split(".")), ord(match[2]) - ord("a") + 1)
        return Label(Style.LETTER, ordinals, match.end())
    if style is None:
        number = parse_numeral(written)
        named = _NAMED[match[2]]
        return Label(named, (int(number or 0),), match.end())
    if style is Style.LETTER:
        return Label(style, (ord(written) - ord("a") + 1,), match.end())
    if style is Style.DOTTED:
        return Label(style, tuple(map(int, written.split("."))), match.end())
    number = parse_numeral(written)
    return Label(style, (int(number or 0),), match.end())

"""The numbers that Word counts by itself, as ``numbering.xml`` describes them: 第一条, 3.2.1."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographTraditional",
    }
)
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_NO_NUMBER = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: ``text`` is 第%1条 or %1.%2."""

    style: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)

    def next(self, number: str, level: int) -> str:
        """Count a paragraph and return the number before it; none for a sign such as a dot."""
        levels = self.levels.get(number)
        if levels is None or level not in levels:
            return ""
        counts = self.counted.setdefault(self.abstract.get(number, number), {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if levels[level].style in _NO_NUMBER:
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            known = levels.get(at, Level())
            style = "decimal" if at < level and known.style not in _CHINESE else known.style
            return numeral(counts.get(at, known.start), style)

        return _PLACE.sub(written, levels[level].text)


def read_numbering(root: Element) -> Numbering:
    """Read ``numbering.xml``."""
    abstract = {
        one.get(f"{W}abstractNumId", ""): _levels(one) for one in root.iter(f"{W}abstractNum")
    }
    found = Numbering()
    for one in root.iter(f"{W}num"):
        number, reference = one.get(f"{W}numId", ""), one.find(f"{W}abstractNumId")
        kind = reference.get(f"{W}val", "") if reference is not None else ""
        levels = dict(abstract.get(kind, {}))
        restarts = False
        for override in one.findall(f"{W}lvlOverride"):
            restarts = True
            at = int(override.get(f"{W}ilvl", "0"))
            start = override.find(f"{W}startOverride")
            known = _levels(override).get(at, levels.get(at, Level()))
            first = int(start.get(f"{W}val", "1")) if start is not None else known.start
            levels[at] = Level(known.style, known.text, first)
        found.levels[number] = levels
        found.abstract[number] = number if restarts else f"abstract {kind}"
    return found


def numeral(number: int, style: str) -> str:
    """Return a number as a list writes it."""
    if style in _CHINESE:
        return _chinese(number)
    if style in _CIRCLED and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if style in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if style == "lowerLetter" else "A") + number - 1)
    return str(number)


def _chinese(number: int) -> str:
    """Return 十二 for 12; numbers of a hundred and more digit by digit."""
    if number >= 100:
        return "".join(_DIGITS[int(one)] for one in str(number))
    tens, ones = divmod(number, 10)
    lead = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return lead + (_DIGITS[ones] if ones or not tens else "")


def _levels(element: Element) -> dict[int, Level]:
    levels = {}
    for one in element.iter(f"{W}lvl"):
        style, text = one.find(f"{W}numFmt"), one.find(f"{W}lvlText")
        start = one.find(f"{W}start")
        levels[int(one.get(f"{W}ilvl", "0"))] = Level(
            style.get(f"{W}val", "decimal") if style is not None else "decimal",
            text.get(f"{W}val", "") if text is not None else "",
            int(start.get(f"{W}val", "1")) if start is not None else 1,
        )
    return levels

"""Numbers written alike, so that readings can be compared: 八十六元 is 86元, and 幺 is 1.

For comparison alone: what is shown and judged keeps its numbers as they were read.
"""

from __future__ import annotations

import re

_FIGURES = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "幺": "1",
    "两": "2",
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_RUN = re.compile(r"[0-9零〇一二两三四五六七八九幺十百千万亿]+")


def in_figures(text: str) -> str:
    """Return folded text with every number in figures, amounts counted out.

    >>> in_figures("八十六元，幺三九")
    '86元，139'
    """
    return _RUN.sub(lambda run: _written(run.group()), text)


def _written(run: str) -> str:
    """Return one run of numerals in figures."""
    spelt = "".join(_FIGURES.get(character, character) for character in run)
    if spelt.isdecimal():
        return spelt
    amount = _amount(spelt)
    return spelt if amount is None else str(amount)


def _amount(spelt: str) -> int | None:
    """Return the value of figures and units; None where the units are in no order."""
    total = section = 0
    pending = ""
    unit = 1
    for character in spelt:
        if character in _UNITS:
            unit = _UNITS[character]
            section += int(pending or "1") * unit
            pending = ""
        elif character in _LARGE:
            unit = _LARGE[character]
            total += (section + int(pending or "0") or 1) * unit
            section, pending = 0, ""
        else:
            pending += character
    if len(pending) > 1 and not pending.startswith("0"):
        return None
    # 两百五 is 250: a last figure without a unit counts tenths of the unit before it.
    last = int(pending or "0")
    short = len(pending) == 1 and unit >= 100
    return total + section + (last * unit // 10 if short else last)

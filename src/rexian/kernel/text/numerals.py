"""Numbers as they are said: Chinese numerals, mixed with digits."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "幺": 1,
    "半": 0.5,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}

NUMERAL = "[0-9.〇零一二两俩三仨四五六七八九十百半]+"


def parse_numeral(text: str) -> float | None:
    """Return the number that ``text`` names (二十四, 两, 24, 半), or ``None``."""
    try:
        return float(text)
    except ValueError:
        pass
    total, pending = 0.0, None
    for character in text:
        if character in _UNITS:
            total += (1 if pending is None else pending) * _UNITS[character]
            pending = None
        elif character in _DIGITS:
            pending = _DIGITS[character] + (pending or 0) * 10 if pending else _DIGITS[character]
        else:
            return None
    return total + (pending or 0)

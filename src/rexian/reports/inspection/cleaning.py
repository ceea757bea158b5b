"""Make any text safe to show: what was said is evidence, so it is never shortened or shifted.

A transcript can hold null bytes, terminal commands, halves of surrogate pairs and marks that turn
the direction of writing. Each such character is replaced by one visible character, so that the
offsets of a quote do not move.
"""

from __future__ import annotations

import re
from typing import Any

_VISIBLE = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys((0xFFFE, 0xFFFF), 0xFFFD),
}
_DIRECTION = dict.fromkeys((0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def visible(text: str) -> str:
    """Return ``text``, as long as before, with control characters made visible."""
    if _UNSAFE.search(text) is None:
        return text
    return _SURROGATES.sub("\ufffd", text.translate(_VISIBLE))


def one_line(text: str) -> str:
    """Return ``text`` on one line, as a terminal or a heading may show it, without bidi marks."""
    return " ".join(visible(text).translate(_DIRECTION).split())


def printable(text: str) -> str:
    """Return ``text`` without the characters that a spreadsheet's XML forbids."""
    return _UNSAFE.sub("", text)


def shortened(text: str, length: int) -> str:
    """Return ``text``, cut after ``length`` characters with an ellipsis where it is longer."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def encodable(value: Any) -> Any:
    """Return a value made of plain JSON types whose every text can be written as UTF-8."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, dict):
        return {name: encodable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [encodable(part) for part in value]
    return value

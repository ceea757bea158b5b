"""Fold text for comparison without moving any character.

Every fold is one character to one character, so that an offset in the folded text is the same
offset in the original: traditional to simplified, full width to half width, upper to lower case.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_FULL_WIDTH_FIRST, _FULL_WIDTH_LAST, _FULL_WIDTH_SHIFT = 0xFF01, 0xFF5E, 0xFEE0

# Half a character, which no text in UTF-8 can hold and JSON can smuggle in.
_SURROGATES = range(0xD800, 0xE000)

# Forms that OpenCC leaves alone, since they are words of their own in print, yet are the same
# word to somebody who reads what was said.
_SPOKEN_ALIKE = {"妳": "你", "著": "着", "祂": "他", "牠": "它", "麽": "么", "\u3000": " "}


@cache
def folding_table() -> dict[int, str]:
    """Return the table for ``str.translate`` that folds a character."""
    lines = files(__package__).joinpath("traditional.txt").read_text("utf-8").splitlines()
    table = {ord(a): b for a, b in zip(lines[0], lines[1], strict=True)}
    for point in range(_FULL_WIDTH_FIRST, _FULL_WIDTH_LAST + 1):
        table[point] = chr(point - _FULL_WIDTH_SHIFT).lower()
    table.update({ord(a): b for a, b in _SPOKEN_ALIKE.items()})
    table.update(dict.fromkeys(_SURROGATES, "\ufffd"))
    table.update({point: chr(point).lower() for point in range(ord("A"), ord("Z") + 1)})
    return table


def fold(text: str) -> str:
    """Return ``text`` folded, of the same length."""
    return text.translate(folding_table())

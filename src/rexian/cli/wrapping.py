"""Break lines as Chinese and English want it: between characters there, between words here."""

from __future__ import annotations

import re

from rich.cells import cell_len

_OPENING = "（「『［《“‘([{<"
_CLOSING = "，。；：、？！）」』］》”’…,.;:?!)]}>"

# What stays together on a line: a word of Latin letters, or a character, with the brackets before
# it and the punctuation behind it. Spaces that follow are lost where the line ends.
_UNIT = re.compile(
    rf"[{re.escape(_OPENING)}]*"
    rf"(?:[!-~]+|[^\s{re.escape(_OPENING)}])"
    rf"[{re.escape(_CLOSING)}]*\s*"
    rf"|[{re.escape(_OPENING)}]+"
)


def wrap(text: str, width: int) -> list[str]:
    """Return ``text`` in lines of at most ``width`` cells, a Chinese character taking two.

    Lines that are there already stay lines; a word wider than a line is left as it is.
    """
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width)]


def _wrapped(paragraph: str, width: int) -> list[str]:
    lines = [""]
    for unit in _UNIT.findall(paragraph):
        if lines[-1] and cell_len(lines[-1]) + cell_len(unit.rstrip()) > width:
            lines.append("")
        lines[-1] += unit
    return [line.rstrip() for line in lines]

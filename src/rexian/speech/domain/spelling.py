"""One spelling for what engines write: simplified characters, and the marks of Chinese text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rexian.kernel.text.folding import folding_table
from rexian.speech.domain.heard import Word

_MARKS = str.maketrans(",?!;:", "，？！；：")
_WIDE = range(0xFF00, 0xFFF0)


def spelt(words: Sequence[Word]) -> list[Word]:
    """Return words in simplified characters, without spaces inside Chinese; empty ones left out.

    Marks become those of Chinese behind a Chinese character; digits and other languages stay.
    """
    found: list[Word] = []
    for word in words:
        text = _simplified(word.text)
        before = found[-1].text[-1] if found else ""
        text = text.lstrip() if not before or _is_wide(before) or _begins_wide(text) else text
        text = _marked(text.rstrip(), before)
        if text.strip():
            found.append(replace(word, text=text))
    return found


def _simplified(text: str) -> str:
    table = folding_table()
    return "".join(table.get(ord(c), c) if _is_wide(c) and ord(c) not in _WIDE else c for c in text)


def _marked(text: str, before: str) -> str:
    """Return ``text`` with the marks of Chinese where it, or what comes before it, is Chinese."""
    said = text.rstrip(",.?!;:")
    if said == text or not _is_wide(said[-1] if said else before or "a"):
        return text
    marks = text[len(said) :].translate(_MARKS)
    return said + ("。" if marks == "." else marks)


def _begins_wide(text: str) -> bool:
    return bool(text.strip()) and _is_wide(text.strip()[0])


def _is_wide(character: str) -> bool:
    """Tell whether a character is of those that Chinese is written in."""
    return ord(character) >= 0x2E80

"""Names as recognition read them: which were read surely, and what else may be one."""

from __future__ import annotations

from rexian.kernel.text.sounds import sound
from rexian.standard.domain.evaluator.doubts import is_unsure, unsure_pieces
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.language.syllables import alike

_GIVES, _CALLED = "姓", "叫"


def is_read(name: str, item: Item) -> bool:
    """Say whether a name was read for sure in the words of the customer who gave it.

    One of two characters is known by itself, one of a single character with what is beside it.
    """
    at = item.folded.find(name)
    if at < 0:
        return True
    if len(name) > 1:
        return not any(start < at + len(name) and at < end for start, end in unsure_pieces(item))
    return not is_unsure(item, (at, at + len(name)))


def possible_names(text: str) -> str:
    """Return the characters that may begin a name: after 叫 and what sounds like 姓."""
    sounds, said = sound(text), sound(_GIVES)
    pairs = zip(text, sounds, text[1:], strict=False)
    return "".join(after for one, heard, after in pairs if one == _CALLED or heard == said)


def as_told(text: str) -> str:
    """Return a heard answer with what sounds like 姓 read as it."""
    said = sound(_GIVES)
    heard = zip(text, sound(text), strict=True)
    return "".join(_GIVES if sounds == said else one for one, sounds in heard)


def sounds_like(name: str, possible: str) -> bool:
    """Say whether a name sounds like one of the characters that may begin it."""
    return any(alike(name, one) for one in possible)

"""Which words of a turn may have been said otherwise: by confidence, and by where they stand.

The figures are measured, see docs/reference/recognition.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from rexian.speech.domain.heard import Word
from rexian.speech.domain.measures_words import only_listens

SURE = 0.6
"""The confidence from which a word is taken as it was read."""

SURE_AT_FIRST = 0.4
"""The same of the first word of a turn: nothing stands before it that would make it expected."""

BORNE_OUT = 0.8
"""The confidence of the word after it from which the first one needs no more."""

SURE_ALONE = 0.9
"""The same of a syllable said by itself before anything else: 嗯 and 哦 are read as words."""

_SAID_ALONE = frozenset("喂请不没有")
"""Syllables that open a turn by themselves often enough, besides signs of listening."""


def doubtful(words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """Return the pieces of a turn's text that were not read surely, neighbours as one piece."""
    pieces: list[tuple[int, int]] = []
    at = 0
    for place, word in enumerate(words):
        end = at + len(word.text)
        if word.confidence < _bar(words, place):
            joins = pieces and pieces[-1][1] == at
            pieces.append((pieces.pop()[0] if joins else at, end))
        at = end
    return tuple(pieces)


def _bar(words: Sequence[Word], place: int) -> float:
    """Return the confidence from which the word at a place is taken as it was read."""
    if place:
        return SURE
    text = words[0].text
    said = "".join(character for character in text if character.isalnum())
    if len(said) == 1 and (len(words) == 1 or not text[-1:].isalnum()):
        known = said in _SAID_ALONE or only_listens(said)
        return SURE if known else SURE_ALONE
    borne_out = len(words) > 1 and words[1].confidence >= BORNE_OUT
    return SURE_AT_FIRST if borne_out else SURE

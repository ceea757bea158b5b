"""Lay the words of a passage onto the turns in which they were said.

An engine's times are right to a few tenths of a second; where turns begin and end is known to a
hundredth. So the words keep their order, and the places where one turn's words end and the next
one's begin are chosen together: near the times, at marks of punctuation, and so that nobody speaks
faster than people can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from rexian.speech.domain.heard import Word

FASTEST = 9.0
"""Syllables a second that a turn can hold; whatever is more was said in another one."""

_REACH = 1.5
"""Seconds around a border within which it is looked for among the words."""

_LATE = 0.7
"""The share of a word's time after which it sounds for certain: pauses lie before that."""

_TOO_FAST = 0.7
_NOTHING = 0.5
_MID_SENTENCE = 0.12
_MARKS = ("，", "。", "！", "？", "、", "；", ",", ".", "!", "?", ";")


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a turn is heard in a passage, in its seconds."""

    start: float
    end: float


def laid(words: Sequence[Word], spans: Sequence[Span]) -> list[list[Word]]:
    """Return the words of each span, their times kept inside it.

    Words and spans are in order of time. Where there are words and one span, all are its.
    """
    if not spans:
        return []
    cuts = _cuts(words, spans)
    groups = [list(words[a:b]) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    return [
        [_inside(word, span) for word in group] for group, span in zip(groups, spans, strict=True)
    ]


def _inside(word: Word, span: Span) -> Word:
    start = min(max(word.start, span.start), span.end)
    return replace(word, start=start, end=min(max(word.end, start), span.end))


def _cuts(words: Sequence[Word], spans: Sequence[Span]) -> list[int]:
    """Return the index of the first word of each span but the first, at the least cost."""
    costs = _Costs(words, spans)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for place in range(len(spans) - 1):
        following: dict[int, tuple[float, list[int]]] = {}
        for cut in costs.candidates(place):
            options = [
                (cost + costs.of(place, begin, cut), [*path, cut])
                for begin, (cost, path) in best.items()
                if begin <= cut
            ]
            if options:
                following[cut] = min(options)
        best = following
    last = len(spans) - 1
    ends = [
        (cost + costs.of(last, begin, len(words)), path) for begin, (cost, path) in best.items()
    ]
    return min(ends)[1]


class _Costs:
    """What it costs to give a span the words from one index to another."""

    def __init__(self, words: Sequence[Word], spans: Sequence[Span]) -> None:
        self._words = words
        self._spans = spans
        self._syllables = list(accumulate((syllables(w.text) for w in words), initial=0))
        self._away = [
            list(accumulate((_away(word, span) for word in words), initial=0.0)) for span in spans
        ]

    def candidates(self, place: int) -> range:
        """Return where the words of the span after ``place`` may begin."""
        early = self._spans[place].end - _REACH
        late = self._spans[place + 1].start + _REACH
        first = sum(_anchor(word) < early for word in self._words)
        return range(first, max(first, sum(_anchor(word) < late for word in self._words)) + 1)

    def of(self, place: int, begin: int, end: int) -> float:
        """Return the cost of giving the span at ``place`` the words from ``begin`` to ``end``."""
        span = self._spans[place]
        said = self._syllables[end] - self._syllables[begin]
        cost = self._away[place][end] - self._away[place][begin]
        cost += _TOO_FAST * max(0.0, said - 1 - FASTEST * (span.end - span.start))
        if not said:
            cost += _NOTHING
        if 0 < end < len(self._words) and not self._words[end - 1].text.endswith(_MARKS):
            cost += _MID_SENTENCE
        return cost


def _anchor(word: Word) -> float:
    """Return when a word sounds for certain: engines begin it where the one before it ends."""
    return word.start + _LATE * (word.end - word.start)


def _away(word: Word, span: Span) -> float:
    """Return for how many seconds a word sounds outside a span."""
    anchor = _anchor(word)
    return max(0.0, span.start - anchor, anchor - span.end)


def syllables(text: str) -> int:
    """Return how many syllables a text has at least: a character is one, and so is a word."""
    count = 0
    in_word = False
    for character in text:
        latin = character.isascii() and character.isalpha()
        count += character.isalnum() and not (latin and in_word)
        in_word = latin
    return count

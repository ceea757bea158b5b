"""Numbers that say who somebody is: found in what was said, masked in words and in sound.

Telephone numbers, identity cards, bank cards, plates: any seven figures that one side says one
after the other, in figures or as they are spoken (幺三八), also over several turns as numbers are
read out in groups. Masked text is as long as it was, so that every offset stays true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rexian.kernel.text.folding import fold
from rexian.speech.domain.heard import HeardCall, HeardTurn, Word
from rexian.speech.domain.playing import Mask
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.language.digits import numbers_said

Span = tuple[int, int]

FEWEST = 7
"""So many figures in a row are a number that says who somebody is."""

BESIDE = 0.15
"""Seconds that are masked before and behind a number: recognition does not cut to the hair."""

# 腰 sounds as 幺 does, and is what recognition often writes for it.
_FIGURE = "[0-9零〇洞一幺腰二两三四五六七拐八九勾]"
_BETWEEN = r"[ \-—–.·,，、。;；:：!！?？…\n]{0,3}(?:(?:嗯|啊|呃|对|是)[,，、。\n ]{0,2})?"
_RUN = re.compile(rf"{_FIGURE}(?:{_BETWEEN}{_FIGURE}){{{FEWEST - 1},}}(?:{_BETWEEN}x)?")
_HIDDEN = "*"


def spans_of_numbers(said: Sequence[tuple[Speaker, str]]) -> tuple[tuple[Span, ...], ...]:
    """Return for each turn the spans of it that belong to a number."""
    found: list[list[Span]] = [list(_plates(text)) for _, text in said]
    for speaker in dict.fromkeys(speaker for speaker, _ in said):
        turns = [number for number, (by, _) in enumerate(said) if by is speaker]
        for turn, span in _across(turns, [said[number][1] for number in turns]):
            found[turn].append(span)
    return tuple(tuple(sorted(spans)) for spans in found)


def masked(text: str, spans: Iterable[Span]) -> str:
    """Return a text with the figures and letters in some spans of it hidden."""
    shown = list(text)
    for start, end in spans:
        for place in range(start, end):
            if shown[place].isalnum():
                shown[place] = _HIDDEN
    return "".join(shown)


def masked_texts(said: Sequence[tuple[Speaker, str]]) -> tuple[str, ...]:
    """Return the texts of a conversation with the numbers in them hidden."""
    pairs = zip(said, spans_of_numbers(said), strict=True)
    return tuple(masked(text, spans) for (_, text), spans in pairs)


def masked_call(heard: HeardCall) -> HeardCall:
    """Return a heard call whose words tell no numbers."""
    spans = spans_of_numbers([(one.speaker, one.text) for one in heard.turns])
    turns = tuple(_masked_turn(one, its) for one, its in zip(heard.turns, spans, strict=True))
    return replace(heard, turns=turns)


def masks_of(heard: HeardCall) -> tuple[Mask, ...]:
    """Return when in a recording numbers are said; on all channels, since lines carry echoes."""
    spans = spans_of_numbers([(one.speaker, one.text) for one in heard.turns])
    masks = []
    for turn, its in zip(heard.turns, spans, strict=True):
        for span in its:
            words = [word for word, place in _placed(turn.words) if _overlap(place, span)]
            if words:
                start, end = words[0].start - BESIDE, words[-1].end + BESIDE
                masks.append(Mask(max(0.0, start), end))
    return tuple(masks)


def _across(turns: Sequence[int], texts: Sequence[str]) -> Iterator[tuple[int, Span]]:
    """Yield the spans of the numbers that one side says, each with its turn."""
    whole = fold("\n".join(texts))
    for match in _RUN.finditer(whole):
        begin = 0
        for turn, text in zip(turns, texts, strict=True):
            start, end = max(match.start() - begin, 0), min(match.end() - begin, len(text))
            if start < end:
                yield turn, (start, end)
            begin += len(text) + 1


def _plates(text: str) -> Iterator[Span]:
    yield from (one.span for one in numbers_said(text) if one.kind == "plate")


def _masked_turn(turn: HeardTurn, spans: Sequence[Span]) -> HeardTurn:
    if not spans:
        return turn
    hidden = masked(turn.text, spans)
    words = tuple(
        replace(word, text=hidden[start:end]) for word, (start, end) in _placed(turn.words)
    )
    return replace(turn, words=words)


def _placed(words: Sequence[Word]) -> Iterator[tuple[Word, Span]]:
    """Yield words with their place in the text of their turn."""
    at = 0
    for word in words:
        yield word, (at, at + len(word.text))
        at += len(word.text)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]

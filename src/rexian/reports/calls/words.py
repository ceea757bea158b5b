"""Where heard words stand in the text that was judged, and which of them are doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rexian.dialogue.domain.conversations import Conversation
from rexian.speech.domain.heard import HeardCall, HeardTurn, Word
from rexian.standard.domain.events import Turn


@dataclass(frozen=True, slots=True)
class Located:
    """A heard word with the offsets of its characters in the turn's text."""

    word: Word
    begin: int
    end: int


def located(turn: Turn, heard: HeardTurn | None) -> Iterator[Located]:
    """Yield the words of a turn that are in its text, in their order.

    A text that was folded or mended since it was heard keeps the words that are still in it.
    """
    at = 0
    for word in heard.words if heard else ():
        found = turn.text.find(word.text, at) if word.text else -1
        if found >= 0:
            at = found + len(word.text)
            yield Located(word, found, at)


def is_doubtful(turn: Turn, begin: int, end: int) -> bool:
    """Tell whether recognition was not sure of a piece of a turn."""
    spans = turn.voice.doubtful if turn.voice else ()
    return any(low < end and begin < high for low, high in spans)


def doubtful_words(heard: HeardCall, conversation: Conversation) -> Mapping[int, frozenset[float]]:
    """Return for each turn the starts of the words that recognition was not sure of."""
    turns = {turn.index: turn for turn in heard.turns}
    return {
        turn.index: frozenset(
            one.word.start
            for one in located(turn, turns.get(turn.index))
            if is_doubtful(turn, one.begin, one.end)
        )
        for turn in conversation.turns
        if turn.voice and turn.voice.doubtful
    }

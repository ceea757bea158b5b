"""Read the speech of a recording as it is heard: pack passages, have them read, lay words down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from rexian.speech.domain.heard import RATE, HeardTurn, Word
from rexian.speech.domain.hints import without_echo
from rexian.speech.domain.loops import without_guesses, without_loops, without_phantoms
from rexian.speech.domain.passages import (
    GAP,
    Key,
    Passage,
    Piece,
    ReadPassage,
    full,
    shared_out,
)
from rexian.speech.domain.reading import Span, laid
from rexian.speech.domain.spelling import spelt
from rexian.speech.ports import Recogniser
from rexian.speech.services.listening import Spoken

Samples = NDArray[np.float32]

_TRIMMED = RATE // 10
"""Samples that are taken off each margin: silence between pieces is put there by us."""

_A_WORD = 0.3
"""Seconds of speech that a word takes at least, said by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """A piece of speech that waits to be read, with its sound."""

    piece: Piece
    samples: Samples


class Reader:
    """Has a recogniser read speech, piece by piece, and keeps the words until turns are known."""

    def __init__(
        self,
        recogniser: Recogniser,
        *,
        hints: Sequence[str] = (),
        known: Mapping[Key, Sequence[Word]] | None = None,
        on_passage: Callable[[ReadPassage], None] | None = None,
    ) -> None:
        """Read with ``recogniser``; passages whose words are ``known`` are not read again."""
        self._recogniser = recogniser
        self._longest = int(recogniser.longest * RATE)
        self._hints = tuple(hints)
        self._known = known or {}
        self._tell = on_passage
        self._waiting: dict[int, list[_Waiting]] = {}
        self._read: list[tuple[Passage, tuple[Word, ...]]] = []

    @property
    def longest(self) -> float:
        """How many seconds are read at once at most."""
        return self._recogniser.longest

    def take(self, spoken: Spoken) -> None:
        """Take in a piece of speech, and read what makes a passage by now."""
        waiting = self._waiting.setdefault(spoken.channel, [])
        waiting.append(_trimmed(spoken))
        while count := full([one.piece for one in waiting], longest=self._longest):
            self._read_first(spoken.channel, count)

    def finish(self) -> None:
        """Read whatever still waits."""
        for channel, waiting in sorted(self._waiting.items()):
            for count in shared_out([one.piece for one in waiting], longest=self._longest):
                self._read_first(channel, count)

    def _read_first(self, channel: int, count: int) -> None:
        """Read the first ``count`` pieces that wait as one passage."""
        waiting = self._waiting[channel]
        chosen, self._waiting[channel][:] = waiting[:count], waiting[count:]
        passage = Passage(channel, tuple(one.piece for one in chosen))
        known = self._known.get(passage.key)
        if known is not None:
            self._read.append((passage, tuple(known)))
            return
        words = self._recogniser.read(_together(chosen), hints=self._hints)
        heard = without_echo(without_guesses(spelt(words)), self._hints)
        clean = without_phantoms(without_loops(heard))
        placed = tuple(_placed(word, passage) for word in clean)
        self._read.append((passage, placed))
        if self._tell is not None:
            self._tell(ReadPassage(*passage.key, placed))

    def laid_on(self, turns: Iterable[HeardTurn]) -> list[HeardTurn]:
        """Return turns with the words that were read in them, numbered anew.

        What is shorter than a word and was read as nothing is no turn: a breath, a click. Longer
        speech in which nothing was read stays, for somebody did say something.
        """
        of_channel = {
            channel: list(lane)
            for channel, lane in groupby(
                sorted(turns, key=lambda turn: (turn.channel, turn.start)),
                key=lambda turn: turn.channel,
            )
        }
        words: dict[int, list[Word]] = {}
        for passage, read in self._read:
            for index, found in _laid(passage, read, of_channel.get(passage.channel, [])):
                words.setdefault(index, []).extend(found)
        found_turns = [
            replace(turn, words=tuple(words.get(turn.index, ())))
            for lane in of_channel.values()
            for turn in lane
        ]
        left = [turn for turn in found_turns if turn.words or turn.spoken >= _A_WORD]
        left.sort(key=lambda turn: turn.index)
        return [replace(turn, index=index) for index, turn in enumerate(left)]


def _trimmed(spoken: Spoken) -> _Waiting:
    """Return a piece without the outer half of its margins."""
    start = round(spoken.start * RATE)
    samples = spoken.samples
    if len(samples) > 4 * _TRIMMED:
        start += _TRIMMED
        samples = samples[_TRIMMED:-_TRIMMED]
    return _Waiting(Piece(start, start + len(samples)), samples)


def _together(waiting: Sequence[_Waiting]) -> Samples:
    """Return the sound of a passage: its pieces with silences between them, loud enough."""
    silence = np.zeros(GAP, np.float32)
    parts: list[Samples] = []
    for one in waiting:
        parts += [silence, one.samples] if parts else [one.samples]
    return np.concatenate(parts)


def _placed(word: Word, passage: Passage) -> Word:
    """Return a word of a passage, timed from the beginning of the recording."""
    start, end = passage.in_recording(word.start), passage.in_recording(word.end)
    return Word(word.text, round(start, 3), round(end, 3), round(word.confidence, 3))


def _laid(
    passage: Passage, words: Sequence[Word], turns: Sequence[HeardTurn]
) -> list[tuple[int, list[Word]]]:
    """Return the words of a passage by the index of the turn in which each was said."""
    first, last = passage.start / RATE, passage.end / RATE
    inside = [turn for turn in turns if turn.start < last and turn.end > first]
    spans = [Span(passage.in_passage(turn.start), passage.in_passage(turn.end)) for turn in inside]
    heard = [
        replace(word, start=passage.in_passage(word.start), end=passage.in_passage(word.end))
        for word in words
    ]
    return [
        (turn.index, [_placed(word, passage) for word in group])
        for turn, group in zip(inside, laid(heard, spans), strict=True)
    ]

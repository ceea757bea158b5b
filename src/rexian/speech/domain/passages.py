"""Passages: what an engine reads at once, several pieces of one channel's speech put together.

An engine reads better what has something before and after it, and some pay for half a minute
whatever they are given; so pieces share a passage, with a short silence between them. Positions
count samples of the recording (``RATE`` a second), seconds count from its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rexian.speech.domain.heard import RATE, Word

GAP = RATE * 2 // 5
"""Silence between two pieces: long enough to end a sentence, too short to be told of."""

TOO_SHORT = 8 * RATE
"""A passage is rather begun earlier than left with less company than this."""

Key = tuple[int, int, int]
"""A passage by its channel and by the samples where it begins and ends."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the recording, from one sample to another."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces of one channel that are read together."""

    channel: int
    pieces: tuple[Piece, ...]

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where its last piece ends."""
        return self.pieces[-1].end

    @property
    def key(self) -> Key:
        """What tells it from every other passage of the recording."""
        return self.channel, self.start, self.end

    @property
    def length(self) -> int:
        """How many samples are read, silences between the pieces among them."""
        return length_of(self.pieces)

    def in_recording(self, seconds: float) -> float:
        """Return when something is said that is heard ``seconds`` after the passage's beginning.

        A silence between pieces stands for all that lies between them, however long.
        """
        return _translated(seconds, self._corners())

    def in_passage(self, seconds: float) -> float:
        """Return where in the passage a moment of the recording is heard."""
        return _translated(seconds, [(there, here) for here, there in self._corners()])

    def _corners(self) -> list[tuple[float, float]]:
        """Return the borders of the pieces, each in the passage and in the recording."""
        corners = []
        at = 0
        for piece in self.pieces:
            length = piece.end - piece.start
            corners.append((at / RATE, piece.start / RATE))
            corners.append(((at + length) / RATE, piece.end / RATE))
            at += length + GAP
        return corners


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """The words of a passage, timed from the beginning of the recording, as they can be kept."""

    channel: int
    start: int
    end: int
    words: tuple[Word, ...] = ()

    @property
    def key(self) -> Key:
        """What tells it from every other passage of the recording."""
        return self.channel, self.start, self.end


def length_of(pieces: Sequence[Piece]) -> int:
    """Return how many samples pieces make with silences between them."""
    return sum(piece.end - piece.start for piece in pieces) + GAP * (len(pieces) - 1)


def full(pieces: Sequence[Piece], *, longest: int) -> int:
    """Return how many of the waiting pieces make a passage by now; 0 is none.

    One is made as soon as enough waits behind it that the next one is not left too short.
    """
    if length_of(pieces) <= longest + min(TOO_SHORT, longest // 3):
        return 0
    return _fitting(pieces, longest)


def shared_out(pieces: Sequence[Piece], *, longest: int) -> list[int]:
    """Return how many of the last pieces go to each passage, passages being of like length."""
    counts: list[int] = []
    left = list(pieces)
    while left:
        passages = -(-length_of(left) // longest)
        count = _fitting(left, -(-length_of(left) // passages)) if passages > 1 else len(left)
        counts.append(count)
        left = left[count:]
    return counts


def _fitting(pieces: Sequence[Piece], most: int) -> int:
    """Return how many pieces, one at least, are no longer than ``most`` together."""
    count = 1
    while count < len(pieces) and length_of(pieces[: count + 1]) <= most:
        count += 1
    return count


def _translated(value: float, corners: Sequence[tuple[float, float]]) -> float:
    """Return what ``value`` becomes on the line through ``corners``, kept between its ends."""
    if value <= corners[0][0]:
        return corners[0][1]
    for (left, low), (right, high) in pairwise(corners):
        if value <= right:
            return low + (value - left) * (high - low) / (right - left) if right > left else high
    return corners[-1][1]

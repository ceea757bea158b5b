"""One channel as it is listened to: scores and levels come in steps, pieces of speech come out.

A step is the shortest sound that is whole in frames, in windows of the network and in windows of
tones; a piece is told some seconds after its end, when what explains it away would be known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rexian.speech.domain.listening import edges, frames
from rexian.speech.domain.listening.edges import Piece
from rexian.speech.domain.listening.frames import FRAME, FRAMES_A_SECOND, Samples, Values
from rexian.speech.domain.listening.sounds import Sounds
from rexian.speech.domain.listening.tape import Tape

SCORED = 512
"""Samples that are scored at a time."""

STEP = 15_360
"""Samples of a step: 96 frames, 30 windows."""

STEP_FRAMES = STEP // FRAME
_EVERY = 5
"""As many windows are as long as 16 frames."""

QUIET_SPAN = 30 * FRAMES_A_SECOND
"""So far back the quietest is looked for: longer than anybody talks without a breath."""

FLOOR_SPAN = 15 * FRAMES_A_SECOND
"""So far back the floor is measured, between words: callers walk, and lines fade."""

DELAY = 6 * STEP_FRAMES
"""So long after its end a piece is told."""

LONGEST_PIECE = 20 * FRAMES_A_SECOND
"""Whoever does not pause for longer is cut at the quietest frame."""

BARELY = 3.0
"""dB over the floor that no speech stays under: such sound is not shown to the network."""

RISING = 0.1
"""dB a step that the quietest is let rise by: a minute of music must not hide a soft voice."""

USUAL = -15.0
"""dB of loud syllables on a loud line; softer ones are raised to it."""

RAISED_NOISE = -45.0
"""dB that line noise is raised to at most."""

CREST = 5.0
"""dB that the loudest syllable of a second is louder by than most."""

LOUD_SHARE = 30
"""One level in so many is louder than a loud syllable."""

ASIDE = 10
"""Windows that are scored before and after sound that rises out of the floor (0.3 s)."""


class Scorer(Protocol):
    """A network that tells speech from other sound, window after window of one channel."""

    def score(self, window: Samples) -> float:
        """Return how likely a window of ``SCORED`` samples holds speech."""

    def forget(self) -> None:
        """Begin anew."""

    def release(self) -> None:
        """Score no more: somebody else may."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A piece of speech with the power of its loud frames, full scale being 1, and their number."""

    piece: Piece
    power: float
    loud: int


class Lane:
    """One channel's latest seconds, and the pieces of speech that they hold."""

    def __init__(self, scorer: Scorer, *, longest: int = LONGEST_PIECE) -> None:
        """Listen with a scorer that nobody else uses; no piece is told that is ``longest``."""
        self._scorer = scorer
        self._longest = min(longest, LONGEST_PIECE)
        self.samples = Tape(np.float32)
        self.levels: Tape[np.float64] = Tape(np.float64)
        self._scores: Tape[np.float64] = Tape(np.float64)
        self.told = 0
        """The frame before which everything has been told."""
        self._resting = True
        self.sounds = Sounds(STEP)
        self.floor = edges.LOWEST_FLOOR
        """The level of the line noise in dB."""
        self._quiet: float | None = None

    def hear(self, step: Samples) -> None:
        """Take in a step of sound."""
        before = self.samples.cut(self.samples.end - frames.REACH, self.samples.end)
        before = np.pad(before, (frames.REACH - len(before), 0))
        self.samples.add(step)
        sound = np.concatenate((before, step))
        self.levels.add(frames.levels(sound))
        self._follow_quiet()
        clean = frames.without_hum(sound[frames.REACH - frames.HUM_SPAN :])
        scores = self._scored(clean * np.float32(10.0 ** (self._gain() / 20.0)))
        self._scores.add(np.repeat(scores, 16)[::_EVERY])
        self.sounds.hear(clean, voiced=scores >= edges.HOLDING)

    def finish(self) -> None:
        """Hear no more."""
        self._scorer.release()

    def _follow_quiet(self) -> None:
        """Follow the quietest that the line is: down at once, up slowly, whatever plays on it."""
        now = edges.floor_of(self._latest())
        if now is not None:
            slowly = now if self._quiet is None else self._quiet + RISING
            self._quiet = min(now, slowly)

    def _latest(self) -> Values:
        """Return the levels of the latest seconds."""
        return self.levels.cut(self.levels.end - QUIET_SPAN, self.levels.end)

    def _gain(self) -> float:
        """Return by how many dB sound is raised for the network, which hears soft voices badly."""
        latest = self._latest()
        place = len(latest) - 1 - len(latest) // LOUD_SHARE
        loud = max(
            float(np.partition(latest, place)[place]),
            float(np.max(latest[-STEP_FRAMES:])) - CREST,
        )
        most = max(0.0, RAISED_NOISE - (self._quiet or 0.0))
        return float(np.clip(USUAL - loud, 0.0, most))

    def _scored(self, step: Samples) -> Values:
        """Return the score of each window; what barely stirs is not worth the network's time."""
        wanted = self._worth()
        scores = np.zeros(len(wanted))
        self._resting = self._resting or not bool(wanted[0])
        for window in map(int, np.flatnonzero(wanted)):
            if self._resting:
                self._scorer.forget()
            self._resting = False
            scores[window] = self._scorer.score(step[window * SCORED : (window + 1) * SCORED])
            self._resting = window + 1 < len(wanted) and not bool(wanted[window + 1])
        return scores

    def _worth(self) -> frames.Marks:
        """Tell for each window of the last step whether something stirs in it or near it."""
        latest = self.levels.cut(self.levels.end - STEP_FRAMES, self.levels.end)
        stirring = (
            np.repeat(latest > (self._quiet or 0.0) + BARELY, _EVERY).reshape(-1, 16).any(axis=1)
        )
        near: frames.Marks = np.convolve(stirring, np.ones(2 * ASIDE + 1), mode="same") > 0
        return near

    def tell(self, leaked: Callable[[int, int], frames.Marks], *, last: bool) -> list[Measured]:
        """Return the pieces that are settled by now.

        ``leaked`` marks the frames of a span in which only the other side is heard.
        """
        start, end = self.told, self.levels.end
        scores = self._scores.cut(start, end)
        settled = end - start if last else end - start - DELAY
        if not (scores >= edges.SURE).any():
            self.told = start + max(0, settled)
            return []
        explained = self.sounds.toned(start, end) | leaked(start, end)
        levels = np.where(explained, frames.SILENT, self.levels.cut(start, end))
        self._follow_floor()
        pieces = edges.pieces_of(np.where(explained, 0.0, scores), levels, floor=self.floor)
        done = self._done(pieces, levels, settled)
        waiting = [piece for piece in pieces if piece.start < settled and piece not in done]
        self.told = start + (settled if last and not waiting else _told(done, waiting, settled))
        measured = [self._measured(piece, levels, start) for piece in done]
        return [one for one in measured if not self._in_music(one.piece)]

    def _done(self, pieces: list[Piece], levels: Values, settled: int) -> list[Piece]:
        """Return the pieces that have ended, up to the first that has to be cut."""
        done = [piece for piece in pieces if piece.end <= settled]
        for place, piece in enumerate(done or pieces[:1]):
            if min(settled, piece.end) - piece.start > self._longest:
                return [*done[:place], self._first_part(piece, levels)]
        return done

    def _follow_floor(self) -> None:
        """Measure the line noise anew, where neither speech nor music nor a tone covers it."""
        start, end = max(self.levels.start, self.levels.end - FLOOR_SPAN), self.levels.end
        covered = self.sounds.toned(start, end) | (self._scores.cut(start, end) >= edges.HOLDING)
        for begin, stop in self.sounds.music(start / FRAMES_A_SECOND):
            first, after = round(begin * FRAMES_A_SECOND), round(stop * FRAMES_A_SECOND)
            covered[max(0, first - start) : max(0, after - start)] = True
        floor = edges.floor_of(self.levels.cut(start, end)[~covered])
        if floor is not None:
            self.floor = floor

    def _in_music(self, piece: Piece) -> bool:
        """Tell whether a piece lies in music: then it is sung, or a chord like a voice."""
        start, end = piece.start / FRAMES_A_SECOND, piece.end / FRAMES_A_SECOND
        step = STEP_FRAMES / FRAMES_A_SECOND
        return any(
            (begin <= start or self._runs_into(piece, begin))
            and end <= stop + step
            and start < stop
            for begin, stop in self.sounds.music(start)
        )

    def _runs_into(self, piece: Piece, music: float) -> bool:
        """Tell whether a piece is how music begins that is known as such a little later."""
        begin = round(music * FRAMES_A_SECOND)
        if begin - piece.start > 3 * STEP_FRAMES or begin < piece.start:
            return False
        between = self.levels.cut(piece.end, begin) > self.floor + edges.STANDS_OUT
        return all(end - start < edges.CLOSURE for start, end in frames.runs(~between))

    def _first_part(self, piece: Piece, levels: Values) -> Piece:
        """Return a piece's beginning up to its quietest frame in the second half of the longest."""
        half = piece.start + self._longest // 2
        quietest = half + int(np.argmin(levels[half : piece.start + self._longest]))
        return Piece(piece.start, quietest)

    def _measured(self, piece: Piece, levels: Values, start: int) -> Measured:
        """Return a piece, counted from the beginning of the recording, with its power."""
        inside = levels[piece.start : piece.end]
        loud = inside[inside > self.floor + edges.STANDS_OUT]
        if not len(loud):
            loud = inside
        power = float(np.mean(10.0 ** (loud / 10.0)))
        return Measured(Piece(start + piece.start, start + piece.end), power, len(loud))

    def forget(self, before: int) -> None:
        """Let go of sound before a frame, but for what the floor is measured over."""
        self.samples.forget(before * FRAME)
        kept = min(before, self.told, self.levels.end - QUIET_SPAN)
        self.levels.forget(kept)
        self._scores.forget(kept)


def _told(done: list[Piece], waiting: list[Piece], settled: int) -> int:
    """Return the frame before which everything has been told."""
    if done and (waiting or done[-1].end >= settled - edges.REACH):
        return done[-1].end
    return max(0, waiting[0].start - edges.REACH if waiting else settled - edges.REACH)

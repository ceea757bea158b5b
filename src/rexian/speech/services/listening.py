"""Listen to a recording: who speaks when, and what else sounds, in memory that does not grow.

Sound comes in blocks and is let go as soon as its speech has been handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from rexian.speech.adapters.silero import Silero
from rexian.speech.domain import measures
from rexian.speech.domain.heard import RATE, Kind, Listened, Stretch
from rexian.speech.domain.listening import cutting, frames
from rexian.speech.domain.listening.background import signals_of, stretches_of
from rexian.speech.domain.listening.crosstalk import Crosstalk
from rexian.speech.domain.listening.edges import Piece
from rexian.speech.domain.listening.frames import FRAME, FRAMES_A_SECOND, Samples
from rexian.speech.domain.listening.lane import STEP, Lane, Measured, Scorer
from rexian.speech.domain.listening.talk import Said, turns_of
from rexian.standard.domain.events import Speaker

LONGEST = 28.0
"""Seconds of sound that are handed on together at most: what most engines read at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """Speech of one channel with a margin of sound around it; ``start`` is that of its samples."""

    channel: int
    start: float
    samples: Samples

    @property
    def end(self) -> float:
        """Where its samples end."""
        return self.start + len(self.samples) / RATE


class Listener:
    """Listens to blocks as they come; ``listened`` is whole after ``finish``.

    ``longest`` is the length of ``Spoken`` in seconds, at most.
    """

    def __init__(
        self,
        roles: Sequence[Speaker],
        *,
        longest: float = LONGEST,
        scorer: Callable[[], Scorer] = Silero,
    ) -> None:
        """Listen to as many channels as there are roles; each gets a scorer of its own."""
        self._roles = tuple(roles)
        self._longest = int(longest * FRAMES_A_SECOND) - 2 * cutting.MARGIN
        self.lanes = [Lane(scorer(), longest=self._longest) for _ in roles]
        """The channels, as far as they are still held."""
        self._crosstalk = Crosstalk(self.lanes)
        self._waiting: list[list[Piece]] = [[] for _ in roles]
        self._said: list[list[Measured]] = [[] for _ in roles]
        self._waves = [frames.Wave() for _ in roles]
        self._rest: Samples = np.zeros((len(self._roles), 0), np.float32)
        self._samples = 0

    def hear(self, block: Samples) -> Iterator[Spoken]:
        """Take in a block (channels, samples) and yield the speech that is whole by now."""
        self._samples += block.shape[1]
        for wave, samples in zip(self._waves, block, strict=True):
            wave.hear(samples)
        sound = np.concatenate((self._rest, block), axis=1) if self._rest.size else block
        whole = sound.shape[1] // STEP * STEP
        for start in range(0, whole, STEP):
            yield from self._step(sound[:, start : start + STEP], last=False)
        self._rest = sound[:, whole:].copy()

    def finish(self) -> Iterator[Spoken]:
        """Yield the speech that is left; nothing may come after."""
        missing = STEP - self._rest.shape[1]
        yield from self._step(np.pad(self._rest, ((0, 0), (0, missing))), last=True)
        for lane in self.lanes:
            lane.finish()

    def _step(self, sound: Samples, *, last: bool) -> Iterator[Spoken]:
        """Take in a step of all channels."""
        for channel, lane in enumerate(self.lanes):
            lane.hear(sound[channel])
        self._crosstalk.hear()
        for channel, lane in enumerate(self.lanes):
            measured = lane.tell(partial(self._crosstalk.marks, channel), last=last)
            while last and lane.told < lane.levels.end:
                measured += lane.tell(partial(self._crosstalk.marks, channel), last=last)
            self._said[channel] += measured
            yield from self._passages(channel, [one.piece for one in measured], last=last)

    def _passages(self, channel: int, pieces: list[Piece], *, last: bool) -> Iterator[Spoken]:
        """Yield what can be read by now, and let go of sound that nobody needs any more."""
        lane = self.lanes[channel]
        until = lane.levels.end + cutting.TOGETHER + 1 if last else lane.told
        whole, waiting = cutting.gathered(
            self._waiting[channel] + pieces, longest=self._longest, until=until
        )
        self._waiting[channel] = waiting
        for piece in whole:
            yield self._spoken(channel, piece)
        lane.forget((waiting[0].start if waiting else lane.told) - cutting.MARGIN)

    def _spoken(self, channel: int, piece: Piece) -> Spoken:
        """Return a passage with its sound and the margins around it."""
        tape = self.lanes[channel].samples
        start = max(0, piece.start - cutting.MARGIN) * FRAME
        end = min(self._samples, (piece.end + cutting.MARGIN) * FRAME)
        return Spoken(channel, start / RATE, tape.cut(start, end))

    @property
    def listened(self) -> Listened:
        """What sound tells, of all that was heard so far."""
        said = [
            Said(
                channel,
                one.piece.start / FRAMES_A_SECOND,
                min(one.piece.end * FRAME, self._samples) / RATE,
                one.power,
                one.loud / FRAMES_A_SECOND,
            )
            for channel, pieces in enumerate(self._said)
            for one in pieces
        ]
        turns = turns_of(said, roles=self._roles)
        stretches = self._stretches(said)
        heard = Listened(
            self._roles,
            self._samples / RATE,
            turns,
            stretches,
            measures.interruptions_of(turns),
            signals=signals_of(stretches, turns),
            peaks=tuple(wave.peaks for wave in self._waves),
        )
        silences = measures.silences_among(heard, turns)
        return replace(heard, silences=measures.explained(silences, stretches=heard.stretches))

    def _stretches(self, said: Sequence[Said]) -> tuple[Stretch, ...]:
        """Return whatever sounds, in order of its start."""
        stretches = [Stretch(Kind.SPEECH, one.channel, one.start, one.end) for one in said]
        for channel, lane in enumerate(self.lanes):
            stretches += stretches_of(channel, lane.sounds, end=self._samples / RATE)
        return tuple(sorted(stretches, key=lambda one: (one.start, one.channel)))


def listen(
    blocks: Iterable[NDArray[np.float32]],
    *,
    roles: Sequence[Speaker],
    on_speech: Callable[[Spoken], None] | None = None,
    longest: float = LONGEST,
) -> Listened:
    """Listen to blocks (channels, samples); ``on_speech`` gets speech as soon as it is whole."""
    listener = Listener(roles, longest=longest)
    for block in blocks:
        _hand_on(listener.hear(block), on_speech)
    _hand_on(listener.finish(), on_speech)
    return listener.listened


def _hand_on(spoken: Iterator[Spoken], on_speech: Callable[[Spoken], None] | None) -> None:
    """Give each piece of speech to whoever wants it."""
    for one in spoken:
        if on_speech is not None:
            on_speech(one)

"""What sounds on one channel besides speech, step by step: tones and music."""

from __future__ import annotations

import numpy as np

from rexian.speech.domain.heard import RATE
from rexian.speech.domain.listening import music, tones
from rexian.speech.domain.listening.frames import FRAMES_A_SECOND, Marks, Samples, Values, runs
from rexian.speech.domain.listening.tape import Tape
from rexian.speech.domain.listening.tones import HOP, Tone

_LONGEST_OPEN = 30 * RATE // HOP
"""Spectra after which a tone that does not end is told, and goes on as another."""

_OUTWARDS = 0.5
"""Spectra from the middle of the first that holds a tone to where it may have begun."""

_VOICED = 0.5
"""The share of a short tone that sounds like a voice, from which it is one."""

_TOUCHING = 2 * HOP / RATE
"""Seconds that may lie between the parts of one tone."""


class Sounds:
    """Follows the tones and the music of one channel."""

    def __init__(self, step: int) -> None:
        """Listen in steps of so many samples."""
        self._step = step
        self._before: Samples = np.zeros(tones.OVERHANG, np.float32)
        self._lines: Values = np.zeros((music.BACK, tones.HIGH - tones.LOW))
        self._frequencies: Tape[np.float64] = Tape(np.float64)
        self._levels: Tape[np.float64] = Tape(np.float64)
        self._pure: Tape[np.bool_] = Tape(np.bool_)
        self._voiced: Tape[np.bool_] = Tape(np.bool_)
        self._from = 0
        self._heard: list[music.Heard] = []
        self._music: list[bool] = []
        self.tones: list[Tone] = []
        """The tones that have ended."""

    def hear(self, samples: Samples, *, voiced: Marks) -> None:
        """Take in a step of sound; ``voiced`` marks the windows that sound like a voice."""
        power = tones.spectra(np.concatenate((self._before, samples)))
        self._before = samples[-tones.OVERHANG :]
        found = tones.lines_of(power)
        self._follow_keys(found)
        self._follow_tones(found, voiced)
        standing = np.concatenate((self._lines, music.lines(power)))
        self._lines = standing[-music.BACK :]
        self._follow_music(music.Heard(music.likeness(standing), found.level, float(voiced.mean())))

    def _follow_keys(self, found: tones.Lines) -> None:
        """Keep the telephone keys that were pressed, which are shorter than other tones."""
        for start, end in runs(found.keyed):
            first, last = self._pure.end + start, self._pure.end + end
            self._add(first, last, float(np.median(found.frequency[start:end])))

    def _follow_tones(self, found: tones.Lines, voiced: Marks) -> None:
        """Keep the tones that have ended, and what may become one."""
        self._frequencies.add(found.frequency)
        self._levels.add(found.level)
        self._pure.add(found.pure & ~found.keyed)
        self._voiced.add(voiced)
        end = self._pure.end
        kept = end - tones.SHORTEST_TONE + 1
        for start, stop in self._steady(self._from, end):
            if stop >= end and stop - start < _LONGEST_OPEN:
                kept = start
            elif (
                stop - start >= tones.UNMISTAKABLE or self._voiced.cut(start, stop).mean() < _VOICED
            ):
                self._add(start, stop, float(np.median(self._frequencies.cut(start, stop))))
        self._from = max(self._from, kept)
        for tape in (self._frequencies, self._levels, self._pure, self._voiced):
            tape.forget(self._from)

    def _is_tone(self, start: int, end: int) -> bool:
        """Tell whether steady spectra are a tone, and no syllable of a voice."""
        voiced = float(self._voiced.cut(start, end).mean())
        return end - start >= tones.UNMISTAKABLE or voiced < _VOICED

    def _steady(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the steady runs among some spectra, counted from the first of all."""
        found = tones.steady(
            self._frequencies.cut(start, end),
            self._levels.cut(start, end),
            self._pure.cut(start, end),
        )
        return [(start + first, start + last) for first, last in found]

    def _add(self, first: int, last: int, frequency: float) -> None:
        """Keep the tone of some spectra, as one with that before it where they touch."""
        start = max(0.0, (first - _OUTWARDS) * HOP / RATE)
        end = (last - 1 + _OUTWARDS) * HOP / RATE
        before = self.tones[-1] if self.tones else None
        if (
            before is not None
            and start - before.end <= _TOUCHING
            and abs(before.frequency - frequency) <= tones.STEADY_FREQUENCY
        ):
            self.tones[-1] = Tone(before.start, end, before.frequency)
        else:
            self.tones.append(Tone(start, end, frequency))

    def _follow_music(self, heard: music.Heard) -> None:
        """Tell of the step before this one whether it was music, by its neighbours."""
        self._heard = [*self._heard[-2:], heard]
        if len(self._heard) == 1:
            return
        begun = bool(self._music) and self._music[-1]
        self._music.append(music.is_music(self._heard, begun=begun))

    def music(self, since: float = 0.0) -> list[tuple[float, float]]:
        """Return from when to when there is music, in seconds, as far as it is known."""
        length = self._step / RATE
        first = max(0, int(since / length) - music.SHORTEST)
        found = music.passages(np.array(self._music[first:], np.bool_))
        return [((first + start) * length, (first + end) * length) for start, end in found]

    def toned(self, start: int, end: int) -> Marks:
        """Mark the frames of a span that lie in a tone which has ended."""
        marks = np.zeros(end - start, np.bool_)
        for tone in reversed(self.tones):
            first = round(tone.start * FRAMES_A_SECOND) - start
            last = round(tone.end * FRAMES_A_SECOND) - start
            if last < 0:
                break
            marks[max(0, first) : max(0, last)] = True
        return marks

"""Follows how the channels of one recording come through on each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rexian.speech.domain.listening import edges, leaks
from rexian.speech.domain.listening.frames import FRAME, SILENT, Marks, Values
from rexian.speech.domain.listening.lane import STEP_FRAMES, Lane
from rexian.speech.domain.listening.leaks import Leak


class Crosstalk:
    """Which leaks are known between the lanes of a recording."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        """Follow these lanes, which hear in the same steps."""
        self._lanes = lanes
        self._leaks: dict[tuple[int, int], Leak] = {}

    def hear(self) -> None:
        """Look for leaks in the step before the last, of which all that may explain it is there."""
        for own in range(len(self._lanes)):
            for other in range(len(self._lanes)):
                if own != other:
                    self._look(own, other)

    def _look(self, own: int, other: int) -> None:
        """Look for the other channel's sound on one's own."""
        mine, theirs = self._lanes[own], self._lanes[other]
        end = mine.levels.end - STEP_FRAMES
        start = end - STEP_FRAMES
        if start * FRAME < leaks.LATEST:
            return
        levels, louder = mine.levels.cut(start, end), theirs.levels.cut(start, end)
        if not leaks.suspected(levels, louder, quiet=mine.floor + edges.STANDS_OUT):
            return
        delay = leaks.delay_of(
            mine.samples.cut(start * FRAME, end * FRAME),
            theirs.samples.cut(start * FRAME - leaks.LATEST, end * FRAME + leaks.EARLIEST),
        )
        if delay is not None:
            shift = round(delay / FRAME)
            before = theirs.levels.cut(start - shift, end - shift)
            self._leaks[own, other] = leaks.leak_of(levels, before, delay=delay, at=end)

    def marks(self, own: int, start: int, end: int) -> Marks:
        """Mark the frames of a channel's span in which it only carries another one."""
        marked = np.zeros(end - start, np.bool_)
        for (channel, other), leak in self._leaks.items():
            if channel == own and end - leak.found <= leaks.REMEMBERED:
                theirs = self._shifted(other, leak, start, end)
                marked |= leaks.explained_by(leak, self._lanes[own].levels.cut(start, end), theirs)
        return marked

    def _shifted(self, other: int, leak: Leak, start: int, end: int) -> Values:
        """Return the levels of a channel as early as a leak is late, and a little around."""
        tape = self._lanes[other].levels
        first = start - leak.delay - leaks.SMEAR
        last = end - leak.delay + leaks.SMEAR
        before, after = max(0, tape.start - first), max(0, last - tape.end)
        return np.pad(tape.cut(first, last), (before, after), constant_values=SILENT)

"""Where speech begins and ends: scores say that there is speech, energy says from when to when.

All indices are frames of 10 ms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rexian.speech.domain.listening.frames import SILENT, Marks, Values, runs

SURE = 0.5
"""A score from which sound is taken for speech (what the network was trained to mean)."""

HOLDING = 0.35
"""A score down to which speech that has begun goes on, so that soft syllables do not cut it."""

SHORTEST_PAUSE = 20
"""Shorter breaks belong to speech: closures of stops and hesitations of the score."""

SHORTEST_SPEECH = 10
"""Shorter than any syllable of Mandarin said by itself."""

STANDS_OUT = 6.0
"""dB over the floor: well over what line noise varies by (0.7 dB in 16 ms of a telephone band)."""

SEARCH = 40
"""How far an edge may be moved outwards: what a network with windows of 32 ms is late by."""

ONSET = 100
"""How far a beginning may be moved where it is as loud as the speech: some first syllables make
the network wake up only at the second or third."""

ALIKE = 15.0
"""dB that such an onset is softer than the speech at most; consonants before it may be softer."""

CONSONANT = 20
"""Frames that a soft consonant before a loud onset lasts at most."""

REACH = ONSET + CONSONANT
"""How far a beginning may be moved in all."""

CLOSURE = 10
"""A hole in the energy that speech goes on after: the closure of a stop."""

FLOOR_SHARE = 8
"""The floor is what one in so many levels lies under: people pause for longer than that."""

FEWEST = 30
"""Frames that a floor is measured over at least: a line that is zero between words has none."""

LOWEST_FLOOR = -75.0
"""No line is quieter than that for hearing: below, rounding and comfort noise are measured."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Speech without a pause, from one frame to another (not in it)."""

    start: int
    end: int


def floor_of(levels: Values) -> float | None:
    """Return the level of the line noise among some seconds of levels; None where all is zero."""
    sounding = levels[levels > SILENT + 1.0]
    if len(sounding) < FEWEST:
        return None
    place = len(sounding) // FLOOR_SHARE
    return max(LOWEST_FLOOR, float(np.partition(sounding, place)[place]))


def pieces_of(scores: Values, levels: Values, *, floor: float) -> list[Piece]:
    """Return the pieces of speech in frames whose scores and levels are given."""
    found: list[Piece] = []
    earliest = 0
    for start, end in _scored(scores):
        piece = _by_energy(levels, start, end, floor=floor, earliest=earliest)
        if piece is None:
            continue
        found.append(piece)
        earliest = piece.end
    return _joined(found)


def _scored(scores: Values) -> list[tuple[int, int]]:
    """Return the runs of frames that hold speech, by hysteresis, short breaks closed."""
    held: list[tuple[int, int]] = []
    for start, end in runs(scores >= HOLDING):
        if not (scores[start:end] >= SURE).any():
            continue
        if held and start - held[-1][1] < SHORTEST_PAUSE:
            held[-1] = (held[-1][0], end)
        else:
            held.append((start, end))
    return [run for run in held if (scores[run[0] : run[1]] >= SURE).sum() >= SHORTEST_SPEECH]


def _by_energy(
    levels: Values, start: int, end: int, *, floor: float, earliest: int
) -> Piece | None:
    """Move the edges of a run to where its sound rises out of the noise and sinks into it."""
    loud = levels > floor + STANDS_OUT
    start = max(start, earliest)
    inside = np.flatnonzero(loud[start:end])
    if not len(inside):
        return None
    first, last = start + int(inside[0]), start + int(inside[-1])
    first = _outwards(loud, first, max(earliest, start - SEARCH), -1)
    first = _with_onset(levels, loud, first, start, end, earliest=earliest)
    last = _outwards(loud, last, min(len(levels) - 1, end + SEARCH), 1)
    return Piece(first, last + 1)


def _with_onset(
    levels: Values, loud: Marks, first: int, start: int, end: int, *, earliest: int
) -> int:
    """Return where speech begins that goes on farther outwards, as loud as the run itself."""
    limit = max(earliest, start - SEARCH)
    if first - limit >= CLOSURE:
        return first
    alike = levels > float(np.median(levels[start:end][loud[start:end]])) - ALIKE
    onset = _outwards(alike & loud, first, max(earliest, start - ONSET), -1)
    if onset >= first:
        return first
    return _outwards(loud, onset, max(earliest, onset - CONSONANT), -1)


def _outwards(loud: Marks, frame: int, limit: int, step: int) -> int:
    """Return the farthest loud frame towards ``limit`` without a hole of ``CLOSURE`` frames."""
    reached = frame
    while frame != limit and abs(frame - reached) < CLOSURE:
        frame += step
        if loud[frame]:
            reached = frame
    return reached


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join what touches after its edges were moved."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and piece.start - joined[-1].end < SHORTEST_PAUSE:
            joined[-1] = Piece(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined

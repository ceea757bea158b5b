"""Speech gathered into passages that are read at once, cut where people pause."""

from __future__ import annotations

from collections.abc import Sequence

from rexian.speech.domain.listening.edges import Piece
from rexian.speech.domain.listening.frames import FRAMES_A_SECOND

TOGETHER = FRAMES_A_SECOND
"""Pieces with no longer pause between them are read as one: words around it help each other."""

MARGIN = FRAMES_A_SECOND // 5
"""Sound before and after speech that is read with it, so that no consonant is clipped."""


def gathered(
    pieces: Sequence[Piece], *, longest: int, until: int
) -> tuple[list[Piece], list[Piece]]:
    """Return passages that nothing more can join, and the pieces that still wait for company.

    ``longest`` is a passage's length at most, ``until`` the frame up to which all is known.
    """
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and _fits(groups[-1], piece, longest=longest):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    waiting: list[Piece] = []
    if groups and until - groups[-1][-1].end <= TOGETHER:
        waiting = groups.pop()
    return [Piece(group[0].start, group[-1].end) for group in groups], waiting


def _fits(group: Sequence[Piece], piece: Piece, *, longest: int) -> bool:
    """Tell whether a piece is read together with those before it."""
    near = piece.start - group[-1].end <= TOGETHER
    return near and piece.end - group[0].start <= longest

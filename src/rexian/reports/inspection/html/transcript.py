"""Set a conversation in rows: what was said in pieces, and what happened in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rexian.dialogue.domain.conversations import Conversation
from rexian.kernel.language import translate
from rexian.reports.inspection.figures import minutes
from rexian.reports.inspection.findings import Findings
from rexian.reports.inspection.html.timeline import heard
from rexian.reports.inspection.pieces import Piece, pieces
from rexian.reports.inspection.words import happening
from rexian.standard.domain.events import Signal, Speaker, Turn

_TOLD_SILENCE = 5.0
"""Seconds from which a gap gets a row of its own; shorter ones are on the time line only."""


@dataclass(frozen=True, slots=True)
class Row:
    """An utterance in ``pieces``, or where there is no ``speaker`` a happening in ``text``.

    ``place`` is the position of the turn, ``time`` is ``mm:ss``, empty where unknown.
    """

    time: str
    text: str = ""
    speaker: Speaker | None = None
    place: int = 0
    pieces: Sequence[Piece] = ()


def rows(conversation: Conversation, findings: Findings, language: str) -> Iterator[Row]:
    """Yield the rows of ``conversation`` in the order in which they happened."""
    places = {turn.index: place for place, turn in enumerate(conversation.turns)}
    heard_until: float | None = None
    for is_turn, events in groupby(conversation.events(), lambda event: isinstance(event, Turn)):
        if not is_turn:
            signals = [event for event in events if isinstance(event, Signal)]
            yield Row("", happening(signals, language))
            heard_until = None
            continue
        for turn in (event for event in events if isinstance(event, Turn)):
            if heard(conversation):
                yield from _silence(heard_until, turn.start, language)
            yield _utterance(turn, places, findings)
            heard_until = max(turn.end, heard_until or 0.0) if turn.end is not None else None


def _utterance(turn: Turn, places: Mapping[int, int], findings: Findings) -> Row:
    place = places[turn.index]
    return Row(
        time="" if turn.start is None else minutes(turn.start),
        speaker=turn.speaker,
        place=place,
        pieces=pieces(turn.text, findings.of_turn(place)),
    )


def _silence(begin: float | None, end: float | None, language: str) -> Iterator[Row]:
    if begin is not None and end is not None and end - begin >= _TOLD_SILENCE:
        text = translate("silence, {seconds} s", language, seconds=round(end - begin))
        yield Row(minutes(begin), text)

"""Set what was said in a call in rows: words that can be heard, and what happened between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from rexian.dialogue.domain.conversations import Conversation
from rexian.kernel.language import translate
from rexian.reports.calls.findings import Arranged
from rexian.reports.calls.words import is_doubtful, located
from rexian.reports.inspection.figures import minutes
from rexian.reports.inspection.pieces import Piece, pieces
from rexian.reports.inspection.words import happening
from rexian.speech.domain.heard import HeardCall, HeardTurn
from rexian.standard.domain.events import Signal, Speaker, Turn

_TOLD_SILENCE = 3.0
"""Seconds from which a gap gets a row of its own."""


@dataclass(frozen=True, slots=True)
class Bit:
    """Some characters that were said at once: ``at`` and ``end`` are seconds, where known."""

    text: str
    at: float | None = None
    end: float | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class HeardPiece:
    """A piece of a turn that the same findings cover, cut into what was said at once."""

    piece: Piece
    bits: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class CallRow:
    """An utterance in ``pieces``, or where there is no ``speaker`` a happening in ``text``."""

    time: str
    at: float | None
    text: str = ""
    speaker: Speaker | None = None
    place: int = 0
    pieces: tuple[HeardPiece, ...] = ()
    backchannel: bool = False


def rows(
    heard: HeardCall, conversation: Conversation, found: Arranged, language: str
) -> Iterator[CallRow]:
    """Yield the rows of a call in the order in which they happened."""
    by_index = {turn.index: turn for turn in heard.turns}
    places = {turn.index: place for place, turn in enumerate(conversation.turns)}
    heard_until: float | None = None
    for is_turn, events in groupby(conversation.events(), lambda event: isinstance(event, Turn)):
        if not is_turn:
            yield _happening([one for one in events if isinstance(one, Signal)], language)
            heard_until = None
            continue
        for turn in (event for event in events if isinstance(event, Turn)):
            yield from _silence(heard_until, turn.start, language)
            yield _utterance(turn, by_index.get(turn.index), places, found)
            heard_until = max(turn.end, heard_until or 0.0) if turn.end is not None else None


def _happening(signals: Sequence[Signal], language: str) -> CallRow:
    at = next((one.at for one in signals if one.at is not None), None)
    return CallRow("", at, happening(signals, language))


def _silence(begin: float | None, end: float | None, language: str) -> Iterator[CallRow]:
    if begin is not None and end is not None and end - begin >= _TOLD_SILENCE:
        text = translate("silence, {seconds} s", language, seconds=round(end - begin))
        yield CallRow(minutes(begin), begin, text)


def _utterance(
    turn: Turn, heard: HeardTurn | None, places: Mapping[int, int], found: Arranged
) -> CallRow:
    place = places[turn.index]
    cut = pieces(turn.text, found.pins_of(place))
    timed = bits(turn, heard)
    return CallRow(
        time="" if turn.start is None else minutes(turn.start),
        at=turn.start,
        speaker=turn.speaker,
        place=place,
        pieces=tuple(_cut_along(cut, timed)),
        backchannel=turn.voice.backchannel if turn.voice else False,
    )


def bits(turn: Turn, heard: HeardTurn | None) -> list[Bit]:
    """Return the text of a turn in bits: each heard word with its time, the rest without."""
    edges = {0, len(turn.text)}
    times: dict[int, tuple[float, float]] = {}
    for one in located(turn, heard):
        edges |= {one.begin, one.end}
        times[one.begin] = (round(one.word.start, 2), round(one.word.end, 2))
    for begin, end in turn.voice.doubtful if turn.voice else ():
        edges |= {begin, end}
    made = []
    last: tuple[float | None, float | None] = (None, None)
    for begin, end in pairwise(sorted(one for one in edges if 0 <= one <= len(turn.text))):
        last = times.get(begin, last)
        made.append(Bit(turn.text[begin:end], *last, doubtful=is_doubtful(turn, begin, end)))
    return made


def _cut_along(cut: Sequence[Piece], timed: Sequence[Bit]) -> Iterator[HeardPiece]:
    """Cut bits once more where pieces end; what is shown is the pieces' text, made visible."""
    lengths = [len(bit.text) for bit in timed]
    place = within = 0
    for piece in cut:
        wanted, got, taken = len(piece.text), 0, list[Bit]()
        while got < wanted and place < len(timed):
            size = min(wanted - got, lengths[place] - within)
            bit = timed[place]
            taken.append(Bit(piece.text[got : got + size], bit.at, bit.end, bit.doubtful))
            got, within = got + size, within + size
            if within == lengths[place]:
                place, within = place + 1, 0
        yield HeardPiece(piece, tuple(taken))

"""A heard call against what is known to have happened in it: words, turns, edges, measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rexian.speech.domain.comparing import Edit, TextComparison, compare_texts
from rexian.speech.domain.heard import (
    HeardCall,
    HeardTurn,
    Interruption,
    Listened,
    Silence,
    Word,
)
from rexian.speech.domain.measures_words import with_words
from rexian.standard.domain.events import Speaker, Turn


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of something were found, missed, and found where there was none."""

    found: int = 0
    missed: int = 0
    invented: int = 0

    def __add__(self, other: Counted) -> Counted:
        """Return both together."""
        return Counted(
            self.found + other.found, self.missed + other.missed, self.invented + other.invented
        )


@dataclass(frozen=True, slots=True)
class CallComparison:
    """How well a call was heard, or several of them together.

    ``sides`` compares all the words of each side, ``by_turn`` the words of each true turn with
    those heard in its time. ``edges`` are seconds by which turns begin or end elsewhere.
    """

    sides: tuple[tuple[Speaker, TextComparison], ...] = ()
    by_turn: TextComparison = field(default_factory=TextComparison)
    edges: tuple[float, ...] = ()
    turns: Counted = field(default_factory=Counted)
    interruptions: Counted = field(default_factory=Counted)
    silences: Counted = field(default_factory=Counted)

    @property
    def characters(self) -> int:
        """How many characters were said."""
        return sum(one.characters for _, one in self.sides)

    @property
    def errors(self) -> int:
        """How many of them were read wrongly or not at all, and how many were put in."""
        return sum(one.errors for _, one in self.sides)

    @property
    def error_rate(self) -> float:
        """Errors for each character that was said."""
        return TextComparison(self.characters, self.errors).error_rate

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Which words went wrong."""
        return tuple(edit for _, one in self.sides for edit in one.edits)

    def __add__(self, other: CallComparison) -> CallComparison:
        """Return several calls together."""
        sides = dict(self.sides)
        for speaker, one in other.sides:
            sides[speaker] = sides.get(speaker, TextComparison()) + one
        return CallComparison(
            tuple(sides.items()),
            self.by_turn + other.by_turn,
            self.edges + other.edges,
            self.turns + other.turns,
            self.interruptions + other.interruptions,
            self.silences + other.silences,
        )


def compare_call(heard: HeardCall, true_turns: Sequence[Turn]) -> CallComparison:
    """Compare what was heard with what is known to have been said.

    Where nobody knows who speaks on which channel, all that was said is compared together.
    """
    true = [turn for turn in true_turns if turn.start is not None and turn.end is not None]
    pairs = _pairs(true, heard.turns)
    met = {turn.index for _, found in pairs for turn in found}
    truth = _as_heard(true, heard)
    return CallComparison(
        tuple(_sides(true, heard)),
        sum((compare_texts(one.text, _text(found)) for one, found in pairs), TextComparison()),
        tuple(edge for one, found in pairs for edge in _edges(one, found)),
        Counted(
            sum(bool(found) for _, found in pairs),
            sum(not found for _, found in pairs),
            sum(turn.index not in met for turn in heard.turns),
        ),
        _counted(truth.interruptions, heard.interruptions),
        _counted(truth.silences, heard.silences),
    )


def _sides(true: Sequence[Turn], heard: HeardCall) -> Iterable[tuple[Speaker, TextComparison]]:
    speakers = list(dict.fromkeys(heard.roles))
    if Speaker.UNKNOWN in speakers:
        said = "".join(turn.text for turn in true)
        yield Speaker.UNKNOWN, compare_texts(said, _text(heard.turns))
        return
    for speaker in speakers:
        said = "".join(turn.text for turn in true if turn.speaker is speaker)
        read = _text([turn for turn in heard.turns if turn.speaker is speaker])
        yield speaker, compare_texts(said, read)


def _text(turns: Iterable[HeardTurn]) -> str:
    return "".join(turn.text for turn in turns)


def _pairs(true: Sequence[Turn], heard: Sequence[HeardTurn]) -> list[tuple[Turn, list[HeardTurn]]]:
    """Return each true turn with the heard ones whose greatest part, or its own, is shared."""
    found: dict[int, list[HeardTurn]] = {place: [] for place in range(len(true))}
    for turn in heard:
        shares = [(_shared(one, turn), place) for place, one in enumerate(true)]
        most, place = max(shares, default=(0.0, -1))
        if most > 0:
            found[place].append(turn)
    return [(one, found[place]) for place, one in enumerate(true)]


def _shared(true: Turn, heard: HeardTurn) -> float:
    if heard.speaker not in {true.speaker, Speaker.UNKNOWN}:
        return 0.0
    return min(true.end or 0.0, heard.end) - max(true.start or 0.0, heard.start)


def _edges(true: Turn, found: Sequence[HeardTurn]) -> list[float]:
    if not found or true.start is None or true.end is None:
        return []
    return [
        abs(min(turn.start for turn in found) - true.start),
        abs(max(turn.end for turn in found) - true.end),
    ]


def _as_heard(true: Sequence[Turn], heard: HeardCall) -> Listened:
    """Return true turns measured as heard ones are, in the same recording."""
    turns = [
        HeardTurn(
            place,
            turn.speaker,
            heard.roles.index(turn.speaker) if turn.speaker in heard.roles else 0,
            turn.start or 0.0,
            turn.end or 0.0,
            (Word(turn.text, turn.start or 0.0, turn.end or 0.0, 1.0),),
        )
        for place, turn in enumerate(true)
    ]
    listened = Listened(heard.roles, heard.format.duration, signals=heard.signals)
    return with_words(listened, turns)


def _counted(
    true: Sequence[Interruption | Silence], found: Sequence[Interruption | Silence]
) -> Counted:
    """Count what was found; two are the same that share some time."""
    met = sum(any(_meet(one, other) for other in found) for one in true)
    invented = sum(not any(_meet(one, other) for other in true) for one in found)
    return Counted(met, len(true) - met, invented)


def _meet(one: Interruption | Silence, other: Interruption | Silence) -> bool:
    return one.start < other.end and other.start < one.end

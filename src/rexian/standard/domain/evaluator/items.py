"""Events as they were understood, and what they are evidence of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

from rexian.kernel.text.folding import fold
from rexian.standard.domain.events import Speaker, Turn, Voice
from rexian.standard.domain.language.matching import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something was seen: the turns in order, the words of the last and their instant."""

    turns: tuple[int, ...]
    quote: str
    at: float | None

    def with_one(self, other: Evidence) -> Evidence:
        """Return this evidence with another turn, which rules if it is the latest."""
        turn, last = other.turns[0], self.turns[-1]
        if turn > last:
            return Evidence((*self.turns, turn), other.quote, other.at)
        if turn == last:
            return Evidence(self.turns, other.quote, other.at)
        return Evidence(tuple(sorted({*self.turns, turn})), self.quote, self.at)

    def to_json(self) -> list[Any]:
        """Return the evidence in values that JSON knows."""
        return [self.turns, self.quote, self.at]

    @classmethod
    def from_json(cls, plain: Sequence[Any]) -> Evidence:
        """Return the evidence that ``to_json`` gave."""
        turns, quote, at = plain
        return cls(tuple(turns), quote, at)


SHORTEST_ANSWER = 5
"""So many characters are more than a sign of listening."""


@dataclass(slots=True)
class Item:
    """One event as it was understood: a turn with its acts, or a signal.

    ``places`` are where each act of ``mask`` stands; ``sound_mask`` the acts that it sounds like,
    once somebody has asked. ``voice`` is how a turn sounded, where it was heard; an ``aside`` is a
    short sign of listening laid over the other side's speech: no answer, and no interruption.
    """

    order: int
    by: Speaker
    signal: str = ""
    turn: int = -1
    text: str = ""
    folded: str = ""
    start: float | None = None
    end: float | None = None
    mask: int = 0
    places: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    sound_mask: int | None = field(default=None, compare=False)
    voice: Voice | None = None
    aside: bool = False

    def quote(self, number: int) -> str:
        """Return the words that do an act, as they were said; the whole turn without a place."""
        spans = self.places.get(number)
        start, end = spans[0] if spans else (0, 0)
        return self.text[start:end] if end > start else self.text

    def evidence(self, number: int) -> Evidence:
        """Return this turn as the evidence of an act."""
        return Evidence((self.turn,), self.quote(number), self.start)

    def to_json(self) -> list[Any]:
        """Return the item in values that JSON knows, with the first place of each act."""
        places = [[number, *spans[0]] for number, spans in self.places.items()]
        head = [self.order, self.by.value, self.signal, self.turn, self.text]
        voice = None if self.voice is None else list(astuple(self.voice))
        return [*head, self.start, self.end, places, voice, self.aside]

    @classmethod
    def from_json(cls, plain: Sequence[Any]) -> Item:
        """Return the item that ``to_json`` gave."""
        order, by, signal, turn, text, start, end, listed, told, aside = plain
        places = {number: ((first, last),) for number, first, last in listed}
        mask = sum(1 << number for number in places)
        speaker = Speaker(by)
        item = cls(order, speaker, signal, turn, text, fold(text), start, end, mask, places)
        item.voice, item.aside = Voice.of_plain(told) if told else None, aside
        return item


def is_aside(turn: Turn, before: Item) -> bool:
    """Say whether a turn is a sign of listening (嗯, 是的) laid over the turn before it.

    Where nobody has heard that, a few characters that begin and end within the other's speech are.
    """
    if turn.voice is not None and turn.voice.backchannel:
        return True
    if before.by is turn.speaker or None in (turn.start, turn.end, before.start, before.end):
        return False
    return _is_within(turn, before) and sum(map(str.isalnum, turn.text)) < SHORTEST_ANSWER


def _is_within(turn: Turn, before: Item) -> bool:
    times = (before.start, turn.start, turn.end, before.end)
    first, start, end, last = (one or 0.0 for one in times)
    return first < start and end < last

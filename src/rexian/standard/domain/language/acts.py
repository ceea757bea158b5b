"""Compile the acts of a pack into a reader of utterances."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta

from rexian.kernel.text.time_spans import find_time_spans
from rexian.standard.domain.language.matching import CLAUSE_EDGES, Found, PhraseIndex, SlotSpec, Span
from rexian.standard.domain.pack.conditions import (
    Act,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Digits,
    Echo,
    InOrder,
    Length,
    Near,
    NoneOf,
    Phrase,
    Question,
    TimeSpanNamed,
    children,
)
from rexian.standard.domain.pack.decoding import suggest
from rexian.standard.domain.pack.documents import Fault, Place

_DIGIT_RUN = re.compile(r"[0-9零〇一二两三四五六七八九幺](?:[,，、\-\s]?[0-9零〇一二两三四五六七八九幺])*")


@dataclass(slots=True)
class Heard:
    """What is known of one utterance while its acts are worked out."""

    folded: str
    found: Found
    earlier: Set[str]
    mask: int
    spans: dict[int, Span]


Places = Callable[[Heard], Sequence[Span]]
"""All places where a condition holds; the empty span (0, 0) where it holds without a place."""

NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A condition ready to run.

    ``slots`` and ``acts`` wake it: one of them must be there for it to hold, unless it is
    ``always`` awake; ``uses`` are all the acts it asks for.
    """

    places: Places
    slots: frozenset[int] = frozenset()
    acts: frozenset[int] = frozenset()
    uses: frozenset[int] = frozenset()
    always: bool = False


class ActBook:
    """All acts of a pack, numbered so that an act comes after those it is built on."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._slots: list[SlotSpec] = []
        self._slot_numbers: dict[SlotSpec, int] = {}
        self._compiled: list[_Compiled] = []

    def add(self, name: str, condition: Condition) -> int:
        """Add an act whose parts are known already; return its number."""
        compiled = self._compile(condition)
        number = len(self._compiled)
        self.numbers[name] = number
        self._compiled.append(compiled)
        return number

    def number(self, condition: Condition) -> int:
        """Return the number of a condition, adding it as an act without a name if it is new."""
        if isinstance(condition, Act):
            return self._act_number(condition)
        name = f"={condition!r}"
        return self.numbers[name] if name in self.numbers else self.add(name, condition)

    def with_parts(self, numbers: Iterable[int]) -> int:
        """Return the mask of these acts and of all acts that they are built on."""
        mask, waiting = 0, list(numbers)
        while waiting:
            number = waiting.pop()
            if not mask >> number & 1:
                mask |= 1 << number
                waiting.extend(self._compiled[number].uses)
        return mask

    def reader(self, transform: Callable[[str], str] | None = None) -> Reader:
        """Build the reader of all acts added so far; ``transform`` makes it read by sound."""
        return Reader(PhraseIndex(self._slots, transform), self._compiled)

    def _act_number(self, condition: Act) -> int:
        if condition.name not in self.numbers:
            hint = suggest(condition.name, self.numbers)
            raise Fault(Place(), f"there is no act {condition.name!r} before this{hint}")
        return self.numbers[condition.name]

    def _slot(self, phrase: Phrase) -> int:
        spec = SlotSpec(phrase.phrases, phrase.gap, phrase.not_inside)
        number = self._slot_numbers.setdefault(spec, len(self._slots))
        if number == len(self._slots):
            self._slots.append(spec)
        return number

    def _compile(self, condition: Condition) -> _Compiled:
        if isinstance(condition, Phrase):
            slot = self._slot(condition)
            return _Compiled(_slot_places(slot), slots=frozenset({slot}))
        if isinstance(condition, Act):
            number = self._act_number(condition)
            places = _act_places(number, self._compiled[number].places)
            return _Compiled(places, acts=frozenset({number}), uses=frozenset({number}))
        parts = [self._compile(child) for child in children(condition)]
        places = _places(condition, [part.places for part in parts])
        if isinstance(condition, (AllOf, InOrder, Near)):
            waking = [part for part in parts if not part.always]
            return _joined(places, parts, waking, always=not waking)
        if isinstance(condition, NoneOf) or not parts:
            return _joined(places, parts, [], always=True)
        return _joined(places, parts, parts, always=any(part.always for part in parts))


def _joined(
    places: Places, parts: Sequence[_Compiled], waking: Sequence[_Compiled], *, always: bool
) -> _Compiled:
    return _Compiled(
        places,
        frozenset[int]().union(*(part.slots for part in waking)),
        frozenset[int]().union(*(part.acts for part in waking)),
        frozenset[int]().union(*(part.uses for part in parts)),
        always,
    )


class Reader:
    """Read an utterance: which acts it does, and where."""

    def __init__(self, index: PhraseIndex, compiled: Sequence[_Compiled]) -> None:
        self.index = index
        self._places = [one.places for one in compiled]
        self._woken_by_slot: dict[int, int] = {}
        self._woken_by_act = [0] * len(compiled)
        self._always = 0
        for number, one in enumerate(compiled):
            bit = 1 << number
            for slot in one.slots:
                self._woken_by_slot[slot] = self._woken_by_slot.get(slot, 0) | bit
            for act in one.acts:
                self._woken_by_act[act] |= bit
            if one.always:
                self._always |= bit

    def places(self, number: int) -> Places:
        """Return the function that finds all places of an act in a heard utterance."""
        return self._places[number]

    def read(
        self, folded: str, earlier: Set[str], wanted: int, sounded: str | None = None
    ) -> Heard:
        """Work out the acts of folded text among those in the mask ``wanted``.

        ``earlier`` are the pairs of neighbouring characters that the customer has said so far;
        ``sounded`` is the text as it sounds, for a reader by sound.
        """
        found = self.index.read(folded if sounded is None else sounded)
        heard = Heard(folded, found, earlier, 0, {})
        woken_by_slot, woken_by_act, places = self._woken_by_slot, self._woken_by_act, self._places
        awake = self._always
        for slot in found:
            awake |= woken_by_slot.get(slot, 0)
        awake &= wanted
        while awake:
            bit = awake & -awake
            awake ^= bit
            number = bit.bit_length() - 1
            spans = places[number](heard)
            if spans:
                heard.mask |= bit
                heard.spans[number] = spans[0]
                awake |= woken_by_act[number] & wanted
        return heard


def _slot_places(slot: int) -> Places:
    def places(heard: Heard) -> Sequence[Span]:
        return heard.found.get(slot, ())

    return places


def _act_places(number: int, own: Places) -> Places:
    def places(heard: Heard) -> Sequence[Span]:
        return own(heard) if heard.mask >> number & 1 else ()

    return places


def _places(condition: Condition, parts: list[Places]) -> Places:
    match condition:
        case AnyOf():
            return lambda heard: [span for part in parts for span in part(heard)]
        case AllOf():
            return _at_least(len(parts), parts)
        case NoneOf():
            return lambda heard: () if any(part(heard) for part in parts) else (NOWHERE,)
        case AtLeast(n=n):
            return _at_least(n, parts)
        case Near(within=within):
            return _near(parts, within)
        case InOrder():
            return _in_order(parts)
        case Digits(at_least=count):
            return _digits(count)
        case TimeSpanNamed(at_least=least, at_most=most):
            return _time_span(least, most)
        case Echo(at_least=count):
            return _echo(count)
        case Question(without=words):
            return _question(words)
        case Length(at_least=least_length, at_most=most_length):
            return _length(least_length, most_length)
        case _:
            kind = type(condition).__name__.lower()
            raise Fault(Place(), f"{kind} is no condition on one utterance")


def _at_least(n: int, parts: list[Places]) -> Places:
    spare = len(parts) - n

    def places(heard: Heard) -> Sequence[Span]:
        start, end, missing = len(heard.folded), 0, 0
        for part in parts:
            spans = part(heard)
            if not spans:
                missing += 1
                if missing > spare:
                    return ()
            elif spans[0] != NOWHERE:
                start, end = min(start, spans[0][0]), max(end, spans[0][1])
        return ((start, end),) if end else (NOWHERE,)

    return places


def _near(parts: list[Places], within: int) -> Places:
    """Hold at each place of the first part that has all other parts close by."""

    def places(heard: Heard) -> Sequence[Span]:
        all_places = [part(heard) for part in parts]
        if not all(all_places):
            return ()
        found = []
        for start, end in all_places[0]:
            low, high = start, end
            for others in all_places[1:]:
                close = [one for one in others if max(one[0] - end, start - one[1]) <= within]
                if not close:
                    break
                low, high = min(low, close[0][0]), max(high, close[0][1])
            else:
                found.append((low, high))
        return found

    return places


def _in_order(parts: list[Places]) -> Places:
    def places(heard: Heard) -> Sequence[Span]:
        start, at = -1, 0
        for part in parts:
            span = next((one for one in part(heard) if one[0] >= at), None)
            if span is None:
                return ()
            start, at = (span[0] if start < 0 else start), span[1]
        return ((start, at),)

    return places


def _digits(count: int) -> Places:
    def places(heard: Heard) -> Sequence[Span]:
        return [
            match.span()
            for match in _DIGIT_RUN.finditer(heard.folded)
            if sum(character not in CLAUSE_EDGES for character in match[0]) >= count
        ]

    return places


def _time_span(least: timedelta | None, most: timedelta | None) -> Places:
    def places(heard: Heard) -> Sequence[Span]:
        return [
            (span.start, span.end)
            for span in find_time_spans(heard.folded)
            if (least is None or span.length >= least) and (most is None or span.length <= most)
        ]

    return places


def _echo(count: int) -> Places:
    """Hold where ``count`` characters, in runs of two and more, come back from the customer."""

    def places(heard: Heard) -> Sequence[Span]:
        folded, said = heard.folded, heard.earlier
        if len(folded) < count or not said:
            return ()
        returned = [at for at in range(len(folded) - 1) if folded[at : at + 2] in said]
        covered = {at + step for at in returned for step in (0, 1)}
        return ((returned[0], returned[-1] + 2),) if len(covered) >= count else ()

    return places


def pairs(folded: str) -> set[str]:
    """Return the pairs of neighbouring characters of a text, punctuation left out."""
    found = {folded[at : at + 2] for at in range(len(folded) - 1)}
    return {pair for pair in found if pair[0] not in CLAUSE_EDGES and pair[1] not in CLAUSE_EDGES}


def _question(without: Sequence[str]) -> Places:
    """Find clauses under a question mark that have no word of asking."""

    def places(heard: Heard) -> Sequence[Span]:
        folded, found, start = heard.folded, [], 0
        if "?" not in folded:
            return ()
        for at, character in enumerate(folded):
            if character == "?" and at > start:
                clause = folded[start:at]
                if not any(word in clause for word in without):
                    found.append((start, at + 1))
            if character in CLAUSE_EDGES:
                start = at + 1
        return found

    return places


def _length(least: int, most: int) -> Places:
    def places(heard: Heard) -> Sequence[Span]:
        count = sum(character not in CLAUSE_EDGES for character in heard.folded)
        return ((0, len(heard.folded)),) if least <= count <= most else ()

    return places

"""Compile the acts of a pack into readers of utterances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod

from rexian.kernel.text.time_spans import TELLING_WORDS
from rexian.standard.domain.language import operators
from rexian.standard.domain.language.matching import PhraseIndex, SlotSpec
from rexian.standard.domain.language.operators import Places
from rexian.standard.domain.language.phrases import Pattern, expand
from rexian.standard.domain.language.reading import Readable, Reader, bits
from rexian.standard.domain.pack.conditions import (
    Act,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Digits,
    Echo,
    InOrder,
    Interrupts,
    Length,
    Near,
    NoneOf,
    Pause,
    Phrase,
    Question,
    ReadsBack,
    Repeats,
    TimeSpanNamed,
    children,
)
from rexian.standard.domain.pack.decoding import suggest
from rexian.standard.domain.pack.documents import Fault, Place

_CHARACTER_RATE = 0.02
"""How often a character of a phrase comes up in speech, very roughly."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A condition ready to run, with how often it may wake and what trying it costs, roughly.

    ``act`` is the number of the act that it names, where it is nothing else.
    """

    run: Readable
    rate: float = 1
    cost: float = 0
    act: int = -1


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

    def reader(
        self, wanted: Iterable[int], transform: Callable[[str], str] | None = None
    ) -> Reader:
        """Build the reader of these acts; ``transform`` makes it read by sound."""
        numbers = list(bits(self._with_parts(wanted)))
        acts = {number: self._compiled[number].run for number in numbers}
        slots = sorted({slot for one in acts.values() for slot in one.all_slots})
        return Reader(PhraseIndex({slot: self._slots[slot] for slot in slots}, transform), acts)

    def phrases(self, mask: int) -> Iterator[str]:
        """Yield every piece of every phrase that these acts, and what they build on, look for."""
        numbers = bits(self._with_parts(bits(mask)))
        slots = {slot for one in numbers for slot in self._compiled[one].run.all_slots}
        specs = [self._slots[slot] for slot in sorted(slots)]
        patterns = (
            p for one in specs if not one.only_wakes for text in one.phrases for p in expand(text)
        )
        yield from dict.fromkeys(t for one in patterns for piece in one.pieces for t in piece)

    def _with_parts(self, numbers: Iterable[int]) -> int:
        """Return the mask of these acts and of all acts that they are built on."""
        mask, waiting = 0, list(numbers)
        while waiting:
            number = waiting.pop()
            if not mask >> number & 1:
                mask |= 1 << number
                waiting.extend(self._compiled[number].run.all_acts)
        return mask

    def _act_number(self, condition: Act) -> int:
        if condition.name not in self.numbers:
            hint = suggest(condition.name, self.numbers)
            raise Fault(Place(), f"there is no act {condition.name!r} before this{hint}")
        return self.numbers[condition.name]

    def _compile(self, condition: Condition) -> _Compiled:
        if isinstance(condition, Phrase):
            return self._phrase(condition)
        if isinstance(condition, Act):
            number = self._act_number(condition)
            return _Compiled(_named(number), min(self._compiled[number].rate, 1), act=number)
        parts = [self._part(child, condition) for child in children(condition)]
        return _joined(condition, parts) if parts else self._leaf(condition)

    def _part(self, part: Condition, whole: Condition) -> _Compiled:
        """Compile a part; one that is always awake becomes an act, to let the others sleep."""
        compiled = self._compile(part)
        if compiled.run.always and isinstance(whole, (AnyOf, AtLeast)):
            number = self.number(part)
            return _Compiled(_named(number), act=number)
        return compiled

    def _leaf(self, condition: Condition) -> _Compiled:
        """Compile an operator over the bare text: it is awake always, or where some word stands."""
        places, cost = _bare(condition)
        if not isinstance(condition, TimeSpanNamed):
            return _Compiled(Readable(places, always=True), cost=cost)
        own = frozenset({self._slot(SlotSpec(TELLING_WORDS, only_wakes=True))})
        return _Compiled(Readable(places, own, all_slots=own), cost=cost)

    def _phrase(self, phrase: Phrase) -> _Compiled:
        number = self._slot(SlotSpec(phrase.phrases, phrase.gap, phrase.not_inside))
        own = frozenset({number})
        run = Readable(operators.slot(number), slots=own, all_slots=own)
        return _Compiled(run, sum(_rate(p) for text in phrase.phrases for p in expand(text)))

    def _slot(self, spec: SlotSpec) -> int:
        number = self._slot_numbers.setdefault(spec, len(self._slots))
        if number == len(self._slots):
            self._slots.append(spec)
        return number


def _named(number: int) -> Readable:
    own = frozenset({number})
    return Readable(operators.act(number), acts=own, all_acts=own)


def _rate(pattern: Pattern) -> float:
    return prod(sum(_CHARACTER_RATE ** len(text) for text in piece) for piece in pattern.pieces)


def _bare(condition: Condition) -> tuple[Places, int]:
    """Return an operator that asks for no phrase and no act, with its cost."""
    return _over_the_text(condition) or _looking_back(condition)


def _over_the_text(condition: Condition) -> tuple[Places, int] | None:
    match condition:
        case Question(without=words):
            return operators.question(words), 1
        case Length(at_least=least, at_most=most):
            return operators.length(least, most), 1
        case Digits(at_least=count):
            return operators.digits(count), 2
        case TimeSpanNamed(at_least=shortest, at_most=longest):
            return operators.time_span(shortest, longest), 4
        case Echo(at_least=count):
            return operators.echo(count), 8
    return None


def _looking_back(condition: Condition) -> tuple[Places, int]:
    match condition:
        case ReadsBack(how=how, of_kind=kinds):
            return operators.reads_back(kinds, right=how == "right"), 8
        case Interrupts(at_least=span):
            return operators.interrupts(span.total_seconds()), 1
        case Pause(at_least=span):
            return operators.pause(span.total_seconds()), 1
        case Repeats(at_least=count, characters=characters):
            return operators.repeats(count, characters), 6
    kind = type(condition).__name__.lower()
    raise Fault(Place(), f"{kind} is no condition on one utterance")


def _joined(condition: Condition, parts: Sequence[_Compiled]) -> _Compiled:
    """Compile a condition over others: woken by any, or by the rarest where all must hold."""
    waking: Sequence[_Compiled] = parts
    if isinstance(condition, (AllOf, Near, InOrder)):
        waking = [min(parts, key=lambda part: (part.run.always, part.rate))]
    elif isinstance(condition, NoneOf):
        waking = []
    always = not waking or any(part.run.always for part in waking)
    run = Readable(
        _places(condition, parts),
        frozenset() if always else _all(part.run.slots for part in waking),
        frozenset() if always else _all(part.run.acts for part in waking),
        _all(part.run.all_slots for part in parts),
        _all(part.run.all_acts for part in parts),
        always,
    )
    rate = sum(part.rate for part in waking)
    return _Compiled(run, rate, 1 + sum(part.cost for part in parts))


def _all(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset[int]().union(*sets)


def _places(condition: Condition, parts: Sequence[_Compiled]) -> Places:
    """Join the places of parts; where their order does not matter, what costs least comes first."""
    in_turn = [part.run.places for part in parts]
    cheapest_first = [part.run.places for part in sorted(parts, key=lambda part: part.cost)]
    acts = sum(1 << number for number in {part.act for part in parts if part.act >= 0})
    match condition:
        case AnyOf():
            return operators.any_of(in_turn)
        case AllOf():
            return operators.all_of(cheapest_first, acts)
        case NoneOf():
            others = [one.run.places for one in parts if one.act < 0]
            return operators.none_of(others, acts)
        case AtLeast(n=count):
            return operators.at_least(count, cheapest_first)
        case Near(within=within):
            return operators.near(in_turn, within)
        case InOrder():
            return operators.in_order(in_turn)
    kind = type(condition).__name__.lower()
    raise Fault(Place(), f"{kind} is no condition on one utterance")

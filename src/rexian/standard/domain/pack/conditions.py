"""The closed vocabulary of typed operators in which rules are written.

A condition stands over one *utterance* (phrase, act, digits, ...) or over the *course* of a
conversation (who said what, signals, facts, order); ``any``, ``all``, ``none`` and ``at_least``
join either. In YAML a condition is a mapping with one operator's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from rexian.kernel.errors import Invalid
from rexian.standard.domain.events import SignalName, Speaker
from rexian.standard.domain.language.phrases import expand
from rexian.standard.domain.pack.decoding import decode, suggest
from rexian.standard.domain.pack.documents import NOWHERE, Fault, Node, Place
from rexian.standard.domain.pack.facts import fact_values


@dataclass(frozen=True, slots=True)
class Condition:
    """What every operator is: a condition that can be read from YAML and judged."""

    place: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    @classmethod
    def from_node(cls, node: Node) -> Condition:
        """Read the one operator that a node names."""
        entries = node.entries("a condition")
        names = [name for name in entries if name in OPERATORS]
        if len(names) != 1:
            known = ", ".join(sorted(OPERATORS))
            odd = next((name for name in entries if name not in OPERATORS), "")
            hint = suggest(odd, OPERATORS)
            raise Fault(node.place, f"a condition names one operator ({known}){hint}")
        return replace(OPERATORS[names[0]](node, entries[names[0]]), place=node.place)


# ---- over one utterance


@dataclass(frozen=True, slots=True)
class Phrase(Condition):
    """Hold where one of ``phrases`` stands; not where it lies inside one of ``not_inside``.

    ``gap`` is how many characters … may stand for at most.
    """

    phrases: tuple[str, ...]
    not_inside: tuple[str, ...] = ()
    gap: int = 12


@dataclass(frozen=True, slots=True)
class Act(Condition):
    """Hold where the utterance does the act of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Near(Condition):
    """Hold where each of ``of`` stands within ``within`` characters of the first of them."""

    of: tuple[Condition, ...]
    within: int


@dataclass(frozen=True, slots=True)
class InOrder(Condition):
    """Hold where the conditions stand one after another in the utterance."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Digits(Condition):
    """Hold where at least so many digits, in figures or as spoken (幺三九), follow each other."""

    at_least: int


@dataclass(frozen=True, slots=True)
class TimeSpanNamed(Condition):
    """Hold where a span of time is named, of at least and at most so long."""

    at_least: timedelta | None = None
    at_most: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Echo(Condition):
    """Hold where at least so many characters of the customer's own earlier words come back."""

    at_least: int


@dataclass(frozen=True, slots=True)
class Question(Condition):
    """Hold where a clause ends in a question mark and has none of the words ``without``.

    A statement under a question mark is seldom a wish to know: 跟我汇报有用？ asks nothing.
    """

    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Length(Condition):
    """Hold where the utterance has at least and at most so many characters of speech."""

    at_least: int = 0
    at_most: int = 1_000_000


# ---- over the course of a conversation


@dataclass(frozen=True, slots=True)
class Said(Condition):
    """Hold once an utterance of this speaker, since the opportunity opened, meets a condition."""

    by: Speaker
    what: Condition


@dataclass(frozen=True, slots=True)
class Sequence(Condition):
    """Hold once the steps have happened one after another."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class SignalSeen(Condition):
    """Hold once one of these signals has come (from this side, where ``by`` is given)."""

    names: tuple[SignalName, ...]
    by: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Rings(Condition):
    """Hold where the contact rang at least and at most so often before it was answered."""

    at_least: int = 0
    at_most: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Waited(Condition):
    """Hold where the customer waited at least so long for an agent; not where nobody knows."""

    at_least: timedelta


@dataclass(frozen=True, slots=True)
class Turns(Condition):
    """Hold once this speaker has had at least so many turns in the whole conversation."""

    by: Speaker
    at_least: int


@dataclass(frozen=True, slots=True)
class FactIs(Condition):
    """Hold where a fact of the contact has one of these values; an unknown fact does not hold."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promised(Condition):
    """Hold once the agent has promised an answer within the deadline of this name."""

    deadline: str


# ---- over either


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """Hold where at least one of the conditions holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    """Hold where every one of the conditions holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NoneOf(Condition):
    """Hold where not one of the conditions holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeast(Condition):
    """Hold where at least ``n`` of the conditions hold."""

    n: int
    of: tuple[Condition, ...]


UTTERANCE = (Phrase, Act, Near, InOrder, Digits, TimeSpanNamed, Echo, Question, Length)
COURSE = (Said, Sequence, SignalSeen, Rings, Waited, Turns, FactIs, Promised)
JOINING = (AnyOf, AllOf, NoneOf, AtLeast)


_NAMES: dict[type[Condition], str] = {
    InOrder: "in_order",
    TimeSpanNamed: "time_span",
    SignalSeen: "signal",
    FactIs: "fact",
    AnyOf: "any",
    AllOf: "all",
    NoneOf: "none",
    AtLeast: "at_least",
}


def operator(condition: Condition) -> str:
    """Return the name by which YAML calls a condition."""
    if isinstance(condition, Said):
        return condition.by.value
    return _NAMES.get(type(condition), type(condition).__name__.lower())


def children(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions that a condition joins."""
    of: tuple[Condition, ...] = getattr(condition, "of", ())
    return of


def every(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all that it is made of."""
    yield condition
    inner = (condition.what,) if isinstance(condition, Said) else children(condition)
    for one in inner:
        yield from every(one)


def _conditions(node: Node, what: str) -> tuple[Condition, ...]:
    found = tuple(_shorthand(one) for one in node.elements(what))
    if not found:
        raise Fault(node.place, f"{what} names no condition")
    return found


def _shorthand(node: Node) -> Condition:
    """Read a condition; a bare word is the act of this name."""
    if isinstance(node.value, str):
        return Act(node.value, place=node.place)
    return Condition.from_node(node)


def _only(node: Node, allowed: set[str]) -> dict[str, Node]:
    entries = node.entries("a condition")
    for name, entry in entries.items():
        if name not in allowed:
            raise Fault(entry.place, f"no {name!r} belongs here{suggest(name, allowed)}")
    return entries


def _phrase(outer: Node, inner: Node) -> Condition:
    entries = _only(outer, {"phrase", "not_inside", "gap"})
    not_inside, gap = entries.get("not_inside"), entries.get("gap")
    return Phrase(
        phrases(inner, "phrase"),
        phrases(not_inside, "not_inside") if not_inside else (),
        decode(gap, int, "gap") if gap else 12,
    )


class Phrasing(str):
    """A phrase that can be read; one that cannot is a fault of its own line."""

    __slots__ = ()

    @classmethod
    def from_node(cls, node: Node) -> Phrasing:
        """Take a phrase, and see that it stands for something."""
        phrase = cls(decode(node, str, "a phrase"))
        try:
            expand(phrase)
        except Invalid as error:
            raise Fault(node.place, error.message) from error
        return phrase


def phrases(node: Node, what: str) -> tuple[Phrasing, ...]:
    """Read a list of phrases."""
    found = decode(node, tuple[Phrasing, ...], what)
    if not found:
        raise Fault(node.place, f"{what} names no phrase")
    return found


def _near(outer: Node, inner: Node) -> Condition:
    entries = _only(outer, {"near", "within"})
    if "within" not in entries:
        raise Fault(outer.place, "near needs 'within', a number of characters")
    return Near(_conditions(inner, "near"), decode(entries["within"], int, "within"))


def _record(
    kind: type[TimeSpanNamed | Length | Rings | Waited | Echo | Digits | Question], name: str
) -> Callable[[Node, Node], Condition]:
    def read(outer: Node, inner: Node) -> Condition:
        _only(outer, {name})
        return decode(inner, kind, name)

    return read


def _joined(
    kind: type[AnyOf | AllOf | NoneOf | Sequence | InOrder], name: str
) -> Callable[[Node, Node], Condition]:
    def read(outer: Node, inner: Node) -> Condition:
        _only(outer, {name})
        return kind(_conditions(inner, name))

    return read


def _at_least(outer: Node, inner: Node) -> Condition:
    entries = _only(outer, {"at_least", "of"})
    if "of" not in entries:
        raise Fault(outer.place, "at_least needs 'of', the conditions to count")
    return AtLeast(decode(inner, int, "at_least"), _conditions(entries["of"], "at_least"))


def _said(by: Speaker) -> Callable[[Node, Node], Condition]:
    def read(outer: Node, inner: Node) -> Condition:
        _only(outer, {by.value})
        return Said(by, _shorthand(inner))

    return read


def _signal(outer: Node, inner: Node) -> Condition:
    entries = _only(outer, {"signal", "by"})
    by = entries.get("by")
    return SignalSeen(
        decode(inner, tuple[SignalName, ...], "signal"), decode(by, Speaker, "by") if by else None
    )


def _turns(outer: Node, inner: Node) -> Condition:
    entries = _only(outer, {"turns", "by"})
    if "by" not in entries:
        raise Fault(outer.place, "turns needs 'by', agent or customer")
    by = decode(entries["by"], Speaker, "by")
    if by not in (Speaker.AGENT, Speaker.CUSTOMER):
        raise Fault(entries["by"].place, "turns are counted by agent or customer")
    return Turns(by, decode(inner, int, "turns"))


def _fact(outer: Node, inner: Node) -> Condition:
    _only(outer, {"fact"})
    found = tuple(FactIs(name, values) for name, values in fact_values(inner).items())
    return found[0] if len(found) == 1 else AllOf(found)


OPERATORS: dict[str, Callable[[Node, Node], Condition]] = {
    "phrase": _phrase,
    "act": lambda _, inner: Act(decode(inner, str, "act")),
    "near": _near,
    "in_order": _joined(InOrder, "in_order"),
    "digits": _record(Digits, "digits"),
    "time_span": _record(TimeSpanNamed, "time_span"),
    "echo": _record(Echo, "echo"),
    "question": _record(Question, "question"),
    "length": _record(Length, "length"),
    "agent": _said(Speaker.AGENT),
    "customer": _said(Speaker.CUSTOMER),
    "sequence": _joined(Sequence, "sequence"),
    "signal": _signal,
    "rings": _record(Rings, "rings"),
    "waited": _record(Waited, "waited"),
    "turns": _turns,
    "fact": _fact,
    "promised": lambda _, inner: Promised(decode(inner, str, "promised")),
    "any": _joined(AnyOf, "any"),
    "all": _joined(AllOf, "all"),
    "none": _joined(NoneOf, "none"),
    "at_least": _at_least,
}

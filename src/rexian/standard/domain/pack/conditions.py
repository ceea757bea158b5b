"""The closed vocabulary of typed operators in which rules are written, read from YAML.

In YAML a condition is a mapping with one operator's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rexian.kernel.errors import Invalid
from rexian.standard.domain.events import SignalName, Speaker
from rexian.standard.domain.language.phrases import expand
from rexian.standard.domain.pack.decoding import decode, suggest
from rexian.standard.domain.pack.documents import Fault, Node
from rexian.standard.domain.pack.facts import fact_values
from rexian.standard.domain.pack.operators import (
    Act,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Digits,
    Echo,
    FactIs,
    InOrder,
    Interrupts,
    Length,
    Near,
    NoneOf,
    Often,
    Pause,
    Phrase,
    Promised,
    Question,
    ReadsBack,
    Repeats,
    Rings,
    Said,
    Sequence,
    SignalSeen,
    Through,
    TimeSpanNamed,
    Turns,
    Waited,
)

__all__ = [
    "COURSE",
    "JOINING",
    "OPERATORS",
    "UTTERANCE",
    "Act",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Condition",
    "Digits",
    "Echo",
    "FactIs",
    "InOrder",
    "Interrupts",
    "Length",
    "Near",
    "NoneOf",
    "Often",
    "Pause",
    "Phrase",
    "Phrasing",
    "Promised",
    "Question",
    "ReadsBack",
    "Repeats",
    "Rings",
    "Said",
    "Sequence",
    "SignalSeen",
    "Through",
    "TimeSpanNamed",
    "Turns",
    "Waited",
    "children",
    "every",
    "operator",
    "phrases",
]

_OVER_THE_TEXT = (Phrase, Act, Near, InOrder, Digits, TimeSpanNamed, Echo, Question, Length)
_LOOKING_BACK = (ReadsBack, Interrupts, Pause, Repeats)
UTTERANCE = (*_OVER_THE_TEXT, *_LOOKING_BACK)
COURSE = (Said, Sequence, SignalSeen, Rings, Waited, Turns, Often, Through, FactIs, Promised)
JOINING = (AnyOf, AllOf, NoneOf, AtLeast)


_NAMES: dict[type[Condition], str] = {
    InOrder: "in_order",
    TimeSpanNamed: "time_span",
    SignalSeen: "signal",
    FactIs: "fact",
    ReadsBack: "reads_back",
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
    inner = children(condition)
    if isinstance(condition, Said | Often):
        inner = (condition.what if isinstance(condition, Said) else condition.said,)
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


_Plain = (
    TimeSpanNamed
    | Length
    | Rings
    | Waited
    | Echo
    | Digits
    | Question
    | Interrupts
    | Pause
    | Repeats
)


def _record(
    kind: type[_Plain],
    name: str,
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


def _reads_back(outer: Node, inner: Node) -> Condition:
    """Read ``right`` or ``wrong``, of numbers and plates unless ``of`` says what."""
    entries = _only(outer, {"reads_back", "of"})
    how = {"how": inner, **({"of": entries["of"]} if "of" in entries else {})}
    return decode(Node(how, inner.place), ReadsBack, "reads_back")


def _often(outer: Node, inner: Node) -> Condition:
    entries = _only(outer, {"often", "times", "share"})
    if "times" not in entries:
        raise Fault(outer.place, "often needs 'times', a number of turns")
    said = Condition.from_node(inner)
    if not isinstance(said, Said):
        raise Fault(inner.place, "often stands over one utterance: say whose, agent or customer")
    share = decode(entries["share"], float, "share") if "share" in entries else 0.0
    return Often(said, decode(entries["times"], int, "times"), share)


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
    "reads_back": _reads_back,
    "interrupts": _record(Interrupts, "interrupts"),
    "pause": _record(Pause, "pause"),
    "repeats": _record(Repeats, "repeats"),
    "agent": _said(Speaker.AGENT),
    "customer": _said(Speaker.CUSTOMER),
    "sequence": _joined(Sequence, "sequence"),
    "signal": _signal,
    "rings": _record(Rings, "rings"),
    "waited": _record(Waited, "waited"),
    "turns": _turns,
    "often": _often,
    "through": lambda _, inner: Through(decode(inner, str, "through")),
    "fact": _fact,
    "promised": lambda _, inner: Promised(decode(inner, str, "promised")),
    "any": _joined(AnyOf, "any"),
    "all": _joined(AllOf, "all"),
    "none": _joined(NoneOf, "none"),
    "at_least": _at_least,
}

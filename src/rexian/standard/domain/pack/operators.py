"""The operators of the rules' vocabulary, each as what it holds when it is read.

A condition stands over one *utterance* (phrase, act, digits, ...) or over the *course* of a
conversation (who said what, signals, facts, order); ``any``, ``all``, ``none`` and ``at_least``
join either.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal

from rexian.standard.domain.events import SignalName, Speaker
from rexian.standard.domain.pack.decoding import suggest
from rexian.standard.domain.pack.documents import NOWHERE, Fault, Node, Place


@dataclass(frozen=True, slots=True)
class Condition:
    """What every operator is: a condition that can be read from YAML and judged."""

    place: Place = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    @classmethod
    def from_node(cls, node: Node) -> Condition:
        """Read the one operator that a node names."""
        from rexian.standard.domain.pack.conditions import OPERATORS  # noqa: PLC0415 - needs these

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


@dataclass(frozen=True, slots=True)
class ReadsBack(Condition):
    """Hold where what the customer gave comes back right, or where it comes back wrong.

    ``of``: a ``number`` of seven and more digits, a ``plate``, a ``sum`` of money, a ``day``.
    """

    how: Literal["right", "wrong"]
    of_kind: tuple[Literal["number", "plate", "sum", "day"], ...] = field(
        default=("number", "plate"), metadata={"name": "of"}
    )


@dataclass(frozen=True, slots=True)
class Interrupts(Condition):
    """Hold where the utterance began at least so long before the other side had finished."""

    at_least: timedelta


@dataclass(frozen=True, slots=True)
class Pause(Condition):
    """Hold where nobody spoke for at least so long before the utterance, without a hold."""

    at_least: timedelta


@dataclass(frozen=True, slots=True)
class Repeats(Condition):
    """Hold where a clause of so many ``characters`` is said for at least the so-manieth time."""

    at_least: int
    characters: int = 8


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
class Often(Condition):
    """Hold once a speaker has met a condition in so many ``times`` of the latest turns.

    ``share`` asks besides that these are at least such a part of that speaker's turns.
    """

    said: Said
    times: int
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Through(Condition):
    """Hold where all steps of the protocol of this name are done, and its last wait is over."""

    protocol: str


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

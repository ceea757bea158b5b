"""What the evaluator remembers of a conversation between two events: small, and plain to store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from rexian.standard.domain.events import Facts, Speaker
from rexian.standard.domain.language.acts import pairs

REMEMBERED_ITEMS = 48
"""How many turns and signals are kept whole; what is older lives on in masks and evidence."""

REMEMBERED_CUSTOMER_TURNS = 12


@dataclass(slots=True)
class Item:
    """One event as it was understood: a turn with its acts, or a signal."""

    order: int
    by: Speaker
    signal: str = ""
    turn: int = -1
    text: str = ""
    folded: str = ""
    start: float | None = None
    end: float | None = None
    mask: int = 0
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    sound_mask: int | None = None

    def quote(self, number: int | None = None) -> str:
        """Return the words that do an act, as they were said; the whole turn without one."""
        span = self.spans.get(number) if number is not None else None
        if span is None or span[1] <= span[0]:
            return self.text
        return self.text[span[0] : span[1]]


@dataclass(slots=True)
class Evidence:
    """Where an act was first seen."""

    turn: int
    quote: str
    at: float | None


@dataclass(slots=True)
class Opportunity:
    """An open opportunity to keep a clause: what has been seen since it opened."""

    scene: int
    since: int
    opened_by: Speaker
    opened_turn: int
    agent: int = 0
    customer: int = 0
    agent_turns: int = 0
    answer_turn: int = -1
    undecided: str = ""
    evidence: dict[str, Evidence] = field(default_factory=dict)
    faults: dict[str, Evidence] = field(default_factory=dict)

    def copy(self) -> Opportunity:
        """Return an opportunity that can go on by itself."""
        return Opportunity(
            self.scene,
            self.since,
            self.opened_by,
            self.opened_turn,
            self.agent,
            self.customer,
            self.agent_turns,
            self.answer_turn,
            self.undecided,
            dict(self.evidence),
            dict(self.faults),
        )


@dataclass(slots=True)
class State:
    """The evaluator's state: facts, counters, what was seen, what is open.

    ``memory`` belongs to the rules that are no scenes, by rule: plain immutable values.
    """

    facts: Facts
    events: int = 0
    turns: int = 0
    agent_turns: int = 0
    customer_turns: int = 0
    rings: int = 0
    speakers_known: bool = True
    clock: float | None = None
    seen_agent: int = 0
    seen_customer: int = 0
    first: dict[str, Evidence] = field(default_factory=dict)
    signals: list[tuple[str, str, int]] = field(default_factory=list)
    recent: list[Item] = field(default_factory=list)
    customer_said: list[str] = field(default_factory=list)
    customer_pairs: set[str] = field(default_factory=set)
    open: list[Opportunity] = field(default_factory=list)
    closed: int = 0
    memory: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> State:
        """Return a state that can go on by itself; items are never changed and are shared."""
        other = State(self.facts)
        for name in _PLAIN_FIELDS:
            setattr(other, name, getattr(self, name))
        other.first = dict(self.first)
        other.signals = list(self.signals)
        other.recent = list(self.recent)
        other.customer_said = list(self.customer_said)
        other.customer_pairs = set(self.customer_pairs)
        other.open = [one.copy() for one in self.open]
        other.memory = dict(self.memory)
        return other

    def hear_customer(self, folded: str) -> None:
        """Remember what the customer said, of the latest turns."""
        self.customer_said.append(folded)
        if len(self.customer_said) > REMEMBERED_CUSTOMER_TURNS:
            del self.customer_said[0]
            self.customer_pairs = set().union(*map(pairs, self.customer_said))
        else:
            self.customer_pairs |= pairs(folded)

    def to_json(self) -> dict[str, Any]:
        """Return the state in values that JSON knows."""
        plain = asdict(self)
        del plain["customer_pairs"]
        plain["facts"]["parameters"] = dict(self.facts.parameters)
        for item in plain["recent"]:
            item["spans"] = [[number, *span] for number, span in item["spans"].items()]
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> State:
        """Return the state that ``to_json`` gave."""
        values = dict(plain)
        values["facts"] = Facts(**values["facts"])
        values["first"] = {key: Evidence(**one) for key, one in values["first"].items()}
        values["signals"] = [(name, by, order) for name, by, order in values["signals"]]
        values["recent"] = [_item(one) for one in values["recent"]]
        values["customer_said"] = list(values["customer_said"])
        values["customer_pairs"] = set().union(*map(pairs, values["customer_said"]))
        values["open"] = [_opportunity(one) for one in values["open"]]
        values["memory"] = {key: _frozen(one) for key, one in values["memory"].items()}
        return cls(**values)


_PLAIN_FIELDS = (
    "events",
    "turns",
    "agent_turns",
    "customer_turns",
    "rings",
    "speakers_known",
    "clock",
    "seen_agent",
    "seen_customer",
    "closed",
)


def _item(plain: Mapping[str, Any]) -> Item:
    values = dict(plain)
    values["by"] = Speaker(values["by"])
    values["spans"] = {number: (start, end) for number, start, end in values["spans"]}
    return Item(**values)


def _opportunity(plain: Mapping[str, Any]) -> Opportunity:
    values = dict(plain)
    values["opened_by"] = Speaker(values["opened_by"])
    for name in ("evidence", "faults"):
        values[name] = {key: Evidence(**one) for key, one in values[name].items()}
    return Opportunity(**values)


def _frozen(value: Any) -> Any:
    """JSON turns tuples into lists; memory is made of tuples."""
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value

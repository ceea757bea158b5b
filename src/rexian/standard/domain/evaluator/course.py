"""Compile conditions on the course of a conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.opportunities import Opportunity
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import SignalName, Speaker
from rexian.standard.domain.language.acts import ActBook
from rexian.standard.domain.pack.conditions import (
    Act,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    FactIs,
    Near,
    NoneOf,
    Often,
    Promised,
    Rings,
    Said,
    SignalSeen,
    Through,
    TimeSpanNamed,
    Turns,
    Waited,
    children,
)
from rexian.standard.domain.pack.conditions import (
    Sequence as InSequence,
)
from rexian.standard.domain.pack.documents import Fault, Place
from rexian.standard.domain.pack.schema import DeadlineSpec, ProtocolSpec

Holds = Callable[[Opportunity, State], bool]
OfItem = Callable[[Item], bool]


@dataclass(slots=True)
class Interest:
    """Which acts, signals and counts a condition asks for, so that others need not wake it.

    Of signals that stand for the same (a hold, a mute) the first will do.
    """

    agent: int = 0
    customer: int = 0
    signals: set[str] = field(default_factory=set)
    order: bool = False
    turns: bool = False

    @property
    def speakers(self) -> bool:
        """Whether it matters to the condition who speaks."""
        return bool(self.agent or self.customer or self.turns)


@dataclass(slots=True)
class CourseCompiler:
    """Compile course conditions over the acts of one pack."""

    book: ActBook
    deadlines: Mapping[str, DeadlineSpec]
    protocols: Mapping[str, ProtocolSpec] = field(default_factory=dict)
    used_by: dict[Speaker, set[int]] = field(
        default_factory=lambda: {Speaker.AGENT: set(), Speaker.CUSTOMER: set()}
    )

    def compile(self, condition: Condition, interest: Interest) -> Holds:
        """Return the test of a condition, and note in ``interest`` what it asks for."""
        told = self._of_turns(condition, interest) or self._of_contact(condition, interest)
        if told is None:
            kind = type(condition).__name__.lower()
            raise Fault(Place(), f"{kind} stands over one utterance: say agent: or customer:")
        return told

    def _of_turns(self, condition: Condition, interest: Interest) -> Holds | None:
        """Return the test of a condition on what was said, and how often."""
        match condition:
            case Said():
                return self._said(condition, interest)
            case InSequence(of=of):
                return self._sequence(of, interest)
            case Promised(deadline=name):
                return self.compile(self._promised(name), interest)
            case Turns(by=by, at_least=count):
                interest.turns = True
                return _turns(by, count)
            case Often():
                return self._often(condition, interest)
            case AnyOf() | AllOf() | NoneOf() | AtLeast():
                return _joined(
                    condition, [self.compile(one, interest) for one in children(condition)]
                )
        return None

    def _of_contact(self, condition: Condition, interest: Interest) -> Holds | None:
        """Return the test of a condition on signals and facts."""
        match condition:
            case SignalSeen():
                interest.signals.add(condition.names[0].value)
                return _signal(condition)
            case Rings(at_least=least, at_most=most):
                interest.signals.add(SignalName.RING.value)
                return lambda _, state: least <= state.rings <= most
            case Waited(at_least=span):
                return _waited(span.total_seconds())
            case Through(protocol=name):
                interest.signals.add(SignalName.HANG_UP.value)
                interest.turns = True
                return self._through(name)
            case FactIs(name=name, values=values):
                return lambda _, state: getattr(state.facts, name) in values
        return None

    def act(self, by: Speaker, condition: Condition) -> int:
        """Return the number of an utterance condition, noted as wanted of one side."""
        number = self.book.number(condition)
        self.used_by[by].add(number)
        return number

    def _said(self, condition: Said, interest: Interest) -> Holds:
        bit = 1 << self.act(condition.by, condition.what)
        if condition.by is Speaker.AGENT:
            interest.agent |= bit
            return lambda opportunity, _: bool(opportunity.agent & bit)
        interest.customer |= bit
        return lambda opportunity, _: bool(opportunity.customer & bit)

    def _often(self, condition: Often, interest: Interest) -> Holds:
        """Count the turns that meet a condition among those that are remembered."""
        self._said(condition.said, interest)
        by, count, share = condition.said.by, condition.times, condition.share
        bit = 1 << self.act(by, condition.said.what)
        interest.order = True

        def holds(_: Opportunity, state: State) -> bool:
            turns = [one for one in state.recent if one.turn >= 0 and one.by is by]
            done = sum(bool(one.mask & bit) for one in turns)
            return done >= count and done >= share * len(turns)

        return holds

    def _sequence(self, of: Sequence[Condition], interest: Interest) -> Holds:
        steps = [self._of_item(one, interest) for one in of]
        interest.order = True

        def holds(opportunity: Opportunity, state: State) -> bool:
            step = 0
            for item in state.recent:
                if item.order >= opportunity.since and steps[step](item):
                    step += 1
                    if step == len(steps):
                        return True
            return False

        return holds

    def _of_item(self, condition: Condition, interest: Interest) -> OfItem:
        """Compile one step of a sequence: a condition on a single event."""
        match condition:
            case Said(by=by, what=what):
                self._said(condition, interest)
                bit = 1 << self.act(by, what)
                return lambda item: item.by is by and bool(item.mask & bit)
            case SignalSeen(by=side):
                known = _names(condition)
                interest.signals.add(condition.names[0].value)
                return lambda item: item.signal in known and (side is None or item.by is side)
            case AnyOf(of=of):
                parts = [self._of_item(one, interest) for one in of]
                return lambda item: any(part(item) for part in parts)
            case _:
                raise Fault(Place(), "a step of a sequence is something said, or a signal")

    def _through(self, name: str) -> Holds:
        """Say whether a protocol is through, from what its watch has remembered."""
        spec, ended = self.protocols[name], f"{name}:through"
        last_wait = (spec.hang_up_after - spec.tolerance).total_seconds()

        def holds(_: Opportunity, state: State) -> bool:
            kept = state.memory.get(name)
            if not kept or state.clock is None:
                return ended in state.memory
            return bool(kept[0] == len(spec.steps) and state.clock - kept[1] >= last_wait)

        return holds

    def _promised(self, name: str) -> Condition:
        """Spell out a promise: the act of promising with a span of time in its limit close by."""
        if name not in self.deadlines:
            raise Fault(Place(), f"there is no deadline {name!r}")
        deadline = self.deadlines[name]
        spans = dict(deadline.by_class)
        if deadline.within is not None:
            return self._promise_within(deadline, TimeSpanNamed(at_most=deadline.within))
        strictest = min(spans.values())
        branches: list[Condition] = [
            AllOf(
                (
                    FactIs("case_class", (case,)),
                    self._promise_within(deadline, TimeSpanNamed(at_most=span)),
                )
            )
            for case, span in spans.items()
        ]
        branches.append(self._promise_within(deadline, TimeSpanNamed(at_most=strictest)))
        return AnyOf(tuple(branches))

    def _promise_within(self, deadline: DeadlineSpec, span: TimeSpanNamed) -> Condition:
        return Said(Speaker.AGENT, Near((span, Act(deadline.promised_by)), deadline.near))


def _names(condition: SignalSeen) -> set[str]:
    return {name.value for name in condition.names}


def _signal(condition: SignalSeen) -> Holds:
    names = _names(condition)
    side = condition.by.value if condition.by else None

    def holds(opportunity: Opportunity, state: State) -> bool:
        return any(
            order >= opportunity.since and name in names and (side is None or by == side)
            for name, by, order in state.signals
        )

    return holds


def _waited(least: float) -> Holds:
    return lambda _, state: state.waited is not None and state.waited >= least


def _turns(by: Speaker, count: int) -> Holds:
    if by is Speaker.AGENT:
        return lambda _, state: state.agent_turns >= count
    return lambda _, state: state.customer_turns >= count


def _joined(condition: Condition, parts: list[Holds]) -> Holds:
    if isinstance(condition, AllOf):
        return lambda o, s: all(part(o, s) for part in parts)
    if isinstance(condition, NoneOf):
        return lambda o, s: not any(part(o, s) for part in parts)
    if isinstance(condition, AtLeast):
        count = condition.n
        return lambda o, s: sum(part(o, s) for part in parts) >= count
    return lambda o, s: any(part(o, s) for part in parts)

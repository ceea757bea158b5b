"""See that a pack makes sense: everything it names exists, every condition is where it can be.

What is wrong here keeps the pack from loading; a fault is told at the line of its condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rexian.standard.domain.events import Speaker
from rexian.standard.domain.pack.checking_cases import check_cases
from rexian.standard.domain.pack.checking_practice import check_practice
from rexian.standard.domain.pack.checking_records import check_records
from rexian.standard.domain.pack.conditions import (
    COURSE,
    JOINING,
    UTTERANCE,
    Act,
    AnyOf,
    Condition,
    Often,
    Promised,
    Said,
    Sequence,
    SignalSeen,
    Through,
    children,
    every,
    operator,
)
from rexian.standard.domain.pack.decoding import suggest
from rexian.standard.domain.pack.documents import NOWHERE, Place
from rexian.standard.domain.pack.facts import FACTS
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.guiding import EndingSpec, ToldFact
from rexian.standard.domain.pack.overriding import disagreements
from rexian.standard.domain.pack.schema import (
    ActSpec,
    AddressSpec,
    DeadlineSpec,
    ForbiddenWords,
    ProtocolSpec,
    RuleSpec,
    Scene,
    VoiceRule,
)
from rexian.standard.domain.pack.whole import Pack


def check(pack: Pack, findings: Findings) -> None:
    """Add to the findings what is wrong with a pack that could be read."""
    sections = pack.sections
    checker = _Checker(
        findings,
        {one.id: one for one in sections.acts},
        {one.id: one for one in sections.deadlines},
        {one.id: one for one in sections.protocols},
    )
    checker.acts_in_order(sections.acts)
    for rule in pack.rules():
        checker.rule(rule)
    for ending in sections.ending:
        checker.ending(ending)
    for told in sections.facts:
        checker.told(told)
    check_records(pack, findings)
    check_cases(pack, findings)
    check_practice(pack, findings)
    _clauses(pack, findings)
    _ids(pack, findings)
    _deadlines(pack, checker)
    findings.extend(disagreements(sections, pack.overrides))


def utterances(rule: RuleSpec) -> Iterator[Condition]:
    """Yield the conditions of a rule that stand over one utterance."""
    match rule:
        case Scene():
            never = None if isinstance(rule.never, Said) else rule.never
            yield from (one for one in (rule.faulty, rule.spoiled_by, never) if one)
        case ForbiddenWords():
            yield from (word.known_by for word in rule.words)
        case ProtocolSpec():
            yield from (one for one in (rule.opens, rule.stops) if one)
            yield from (step.does for step in rule.steps)
        case VoiceRule():
            yield from (one for one in (rule.during, rule.after) if one)
        case AddressSpec():
            told = (rank.told_by for rank in rule.ranks)
            yield from (rule.asks, rule.offers, rule.confirms)
            yield from (one for one in (rule.never, *told) if one)


def courses(rule: RuleSpec) -> Iterator[Condition]:
    """Yield the conditions of a rule that stand over the course of a conversation."""
    if isinstance(rule, Scene):
        yield from (trigger.said for trigger in rule.when if trigger.said)
        yield from (one for one in (rule.given, rule.unless, rule.expect) if one)
        yield from _guiding(rule)
        if isinstance(rule.never, Said):
            yield rule.never
    elif isinstance(rule, ProtocolSpec) and rule.unless:
        yield rule.unless


def _guiding(scene: Scene) -> Iterator[Condition]:
    """Yield the conditions by which the guide speaks of a scene."""
    if scene.guide is not None:
        conditions = (scene.guide.after, *(one.until for one in scene.guide.all_steps()))
        yield from (one for one in conditions if one)


def acts_used(rule: RuleSpec | EndingSpec) -> Iterator[Act]:
    """Yield the acts that a rule names."""
    if isinstance(rule, EndingSpec):
        conditions = [one for one in (rule.farewell, rule.courtesy, rule.also) if one]
    else:
        conditions = [*utterances(rule), *courses(rule)]
    for condition in conditions:
        yield from (one for one in every(condition) if isinstance(one, Act))


@dataclass(slots=True)
class _Checker:
    """Checks conditions against the acts and deadlines of a pack."""

    findings: Findings
    acts: Mapping[str, ActSpec]
    deadlines: Mapping[str, DeadlineSpec]
    protocols: Mapping[str, ProtocolSpec]
    subject: str = ""
    place: Place = field(default=NOWHERE)

    def acts_in_order(self, acts: Iterable[ActSpec]) -> None:
        """See that each act is built only on acts that stand before it."""
        earlier: set[str] = set()
        for act in acts:
            self.subject, self.place = act.id, act.place
            self._utterance(act.known_by)
            for used in every(act.known_by):
                if isinstance(used, Act) and used.name in self.acts and used.name not in earlier:
                    later = self.acts[used.name].place
                    reason = f"the act {used.name!r} is used before it is defined, at {later}"
                    self.error(reason, used)
            earlier.add(act.id)

    def rule(self, rule: RuleSpec) -> None:
        """See that a rule's conditions are where they can be, and the rule can say something."""
        self.subject, self.place = rule.id, rule.place
        for condition in utterances(rule):
            self._utterance(condition)
        for condition in courses(rule):
            self._course(condition)
        for reason in _contradictions(rule):
            self.error(reason)

    def told(self, told: ToldFact) -> None:
        """See that the act exists by which a fact is told, and that it tells one value."""
        if told.act not in self.acts:
            hint = suggest(told.act, self.acts)
            self.findings.error(told.place, f"there is no act {told.act!r}{hint}", told.id)
        if not told.are or any(len(values) != 1 for values in told.are.values()):
            self.findings.error(told.place, "what is told is one value of a fact", told.id)

    def ending(self, spec: EndingSpec) -> None:
        """See that the conditions of an ending are where they can be."""
        self.subject, self.place = spec.id, spec.place
        self._utterance(spec.farewell)
        self._utterance(spec.courtesy)
        if spec.also is not None:
            self._course(spec.also)

    def error(self, reason: str, condition: Condition | None = None) -> None:
        """Add an error of the element that is checked, at the condition where there is one."""
        place = condition.place if condition else NOWHERE
        self.findings.error(place or self.place, reason, self.subject)

    def act(self, name: str, condition: Condition | None = None) -> None:
        """See that there is an act of this name; one that could not be read is told elsewhere."""
        if name not in self.acts and name not in self.findings.broken:
            self.error(f"there is no act {name!r}{suggest(name, self.acts)}", condition)

    def _utterance(self, condition: Condition) -> None:
        if isinstance(condition, Act):
            self.act(condition.name, condition)
        elif not isinstance(condition, (*UTTERANCE, *JOINING)):
            name = operator(condition)
            self.error(f"{name!r} is no condition on one utterance, as is wanted here", condition)
            return
        for child in children(condition):
            self._utterance(child)

    def _course(self, condition: Condition) -> None:
        if isinstance(condition, Said):
            self._utterance(condition.what)
        elif isinstance(condition, Often):
            self._utterance(condition.said.what)
        elif isinstance(condition, Sequence):
            for step in condition.of:
                self._step(step)
        elif isinstance(condition, Promised):
            self._promised(condition)
        elif isinstance(condition, Through):
            self._through(condition)
        elif isinstance(condition, JOINING):
            for child in children(condition):
                self._course(child)
        elif not isinstance(condition, COURSE):
            name = operator(condition)
            reason = f"{name!r} stands over one utterance: say whose, with agent or customer"
            self.error(reason, condition)

    def _step(self, condition: Condition) -> None:
        """See that a step of a sequence is a single event."""
        if isinstance(condition, Said):
            self._utterance(condition.what)
        elif isinstance(condition, AnyOf):
            for child in condition.of:
                self._step(child)
        elif not isinstance(condition, SignalSeen):
            name = operator(condition)
            self.error(
                f"a step of a sequence is something said, or a signal, not {name!r}", condition
            )

    def _through(self, condition: Through) -> None:
        name = condition.protocol
        if name not in self.protocols and name not in self.findings.broken:
            self.error(f"there is no protocol {name!r}{suggest(name, self.protocols)}", condition)

    def _promised(self, condition: Promised) -> None:
        name = condition.deadline
        if name not in self.deadlines and name not in self.findings.broken:
            self.error(f"there is no deadline {name!r}{suggest(name, self.deadlines)}", condition)
        elif name in self.deadlines and not self.deadlines[name].promised_by:
            self.error(f"the deadline {name!r} names no act by which it is promised", condition)


def _contradictions(rule: RuleSpec) -> Iterator[str]:
    """Yield why a rule cannot do what it says, apart from its conditions."""
    match rule:
        case Scene():
            yield from _scene(rule)
        case ProtocolSpec():
            yield from _protocol(rule)
        case AddressSpec():
            lists = {"titles": rule.titles, "gives": rule.gives, "others": rule.others}
            yield from (f"{name} is empty" for name, words in lists.items() if not any(words))
            for title in (one for rank in rule.ranks for one in rank.titles):
                if title not in rule.titles:
                    yield f"the rank of {title!r} is told, which is none of the titles"
        case VoiceRule():
            yield from _voice(rule)
        case ForbiddenWords(words=()):
            yield "no word is forbidden here"


def _protocol(protocol: ProtocolSpec) -> Iterator[str]:
    if not protocol.steps and not protocol.hang_up_after:
        yield "a protocol has at least one step, or a wait before hanging up"
    if protocol.steps and protocol.steps[-1].optional:
        yield "the last step of a protocol is not optional"


def _voice(rule: VoiceRule) -> Iterator[str]:
    if rule.at_least > rule.at_most:
        yield "at_least is more than at_most"
    if not (0 <= rule.tolerance < 1 and 0 <= rule.doubtful < 1):
        yield "tolerance and doubtful are shares of the range, from 0 to less than 1"
    if (rule.measure == "rise") != (rule.after is not None):
        yield "a rise has an act after which it is measured, and nothing else has"


def _scene(scene: Scene) -> Iterator[str]:
    if scene.expect and not scene.when:
        yield "something is expected, but no opportunity opens: say when"
    if not (scene.expect or scene.never or scene.never_say):
        yield "nothing is expected and nothing forbidden: say expect, never or never_say"
    if scene.since not in ("start", "trigger") and not scene.since.isdecimal():
        yield f"since is start, trigger or a number of turns, not {scene.since!r}"
    if scene.within is not None and scene.within < 1:
        yield "within counts the agent's turns, from 1 up"
    if isinstance(scene.never, Said) and scene.never.by is not Speaker.AGENT:
        yield "never speaks of the agent's words"
    for sentence in scene.never_say:
        if set(sentence) & set("()|^$") or not any(map(str.isalnum, sentence)):
            yield f"never_say has whole sentences as they are said, no phrases: {sentence!r}"


def _clauses(pack: Pack, findings: Findings) -> None:
    """See that every clause that is cited exists."""
    known = [one.id for one in pack.sections.clauses]
    readable = {*known, *findings.broken}
    for element in (*pack.rules(), *pack.sections.deadlines):
        if element.clause not in readable:
            reason = f"there is no clause {element.clause!r}{suggest(element.clause, known)}"
            findings.error(element.place, reason, element.id)
    card = pack.sections.scorecard
    if card is not None:
        cited = [*(one for section in card.sections for one in section.clauses), *card.fatal]
        for clause in dict.fromkeys(cited):
            if clause not in readable:
                reason = (
                    f"the scorecard names {clause!r}, which no clause is{suggest(clause, known)}"
                )
                findings.error(card.place, reason)


def _ids(pack: Pack, findings: Findings) -> None:
    """See that no two rules of different kinds have the same id: verdicts are told apart by it."""
    seen: dict[str, RuleSpec] = {}
    for rule in pack.rules():
        other = seen.setdefault(rule.id, rule)
        if other is not rule:
            findings.error(rule.place, f"another rule has this id, at {other.place}", rule.id)


def _deadlines(pack: Pack, checker: _Checker) -> None:
    for deadline in pack.sections.deadlines:
        checker.subject, checker.place = deadline.id, deadline.place
        if deadline.within is None and not deadline.by_class and not deadline.promised_by:
            checker.error("a deadline needs within, by_class or promised_by")
        for one in deadline.by_class:
            if one not in FACTS["case_class"]:
                checker.error(f"by_class has {', '.join(FACTS['case_class'])}, not {one!r}")
        for act in filter(None, (deadline.promised_by, deadline.retold_by)):
            checker.act(act)

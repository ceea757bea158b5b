"""The elements of a pack: their fields, the clause that each cites and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from rexian.standard.domain.pack.conditions import Condition, Phrasing, Said, SignalSeen
from rexian.standard.domain.pack.documents import NOWHERE, Fault, Node, Place, Written
from rexian.standard.domain.pack.facts import FactTest, example_facts
from rexian.standard.domain.pack.guiding import GuideStep, SceneGuide
from rexian.standard.domain.pack.talk import read_line
from rexian.standard.domain.pack.texts import Text

OUTCOMES = frozenset({"met", "missed", "suspect", "not_applicable", "undecided", "silent"})


class Means(StrEnum):
    """How a clause is carried out."""

    MACHINE = "machine"
    PERSON = "person"
    RECORD = "record"
    WORKFLOW = "workflow"


@dataclass(frozen=True)
class Clause:
    """One numbered clause; ``means`` that the rules of the pack do not show are declared here.

    ``waiting_for`` names the context that will carry it out, where that is not built yet; ``binds``
    what it rules besides its rules: where another clause binds the same, an override says which.
    """

    id: str
    text: Text
    means: tuple[Means, ...] = ()
    waiting_for: str = ""
    how: Text = field(default_factory=Text)
    area: str = ""
    note: str = ""
    binds: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class ActExamples:
    """Utterances that do the act, and utterances that look like it and do not."""

    yes: tuple[Written, ...] = ()
    no: tuple[Written, ...] = ()


@dataclass(frozen=True)
class ActSpec:
    """What an utterance does: the condition by which it is known."""

    id: str
    known_by: Condition = field(metadata={"name": "is"})
    title: Text = field(default_factory=Text)
    examples: ActExamples = field(default_factory=ActExamples)
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Trigger:
    """What opens an opportunity: the start, an utterance, or a signal."""

    at_start: bool = False
    said: Said | None = None
    signal: SignalSeen | None = None

    @classmethod
    def from_node(cls, node: Node) -> Trigger:
        """Read ``start``, or a condition on one utterance or signal."""
        if node.value == "start":
            return cls(at_start=True)
        condition = Condition.from_node(node)
        if isinstance(condition, Said):
            return cls(said=condition)
        if isinstance(condition, SignalSeen):
            return cls(signal=condition)
        reason = "an opportunity opens at start, when somebody speaks, or on a signal"
        raise Fault(node.place, reason)


@dataclass(frozen=True)
class Example:
    """A conversation in a few lines, and what a rule must say of it.

    ``outcome`` is what some verdict of the rule says, or ``silent``: nothing, or not applicable.
    How a line is written is told in ``talk``; ``facts`` go over those of the rule's own condition.
    """

    outcome: str
    talk: tuple[Written, ...]
    facts: Mapping[str, str]
    place: Place = field(default=NOWHERE, compare=False)

    @classmethod
    def from_node(cls, node: Node) -> Example:
        """Read ``{met: [...lines...], facts: {...}}``; the outcome's name carries the lines."""
        entries = dict(node.entries("an example"))
        facts = entries.pop("facts", None)
        if len(entries) != 1 or not OUTCOMES.issuperset(entries):
            known = ", ".join(sorted(OUTCOMES))
            reason = f"an example names one outcome ({known}), and facts where it needs them"
            raise Fault(node.place, reason)
        outcome, lines = next(iter(entries.items()))
        talk = lines.value if isinstance(lines.value, list) else [lines]
        return cls(
            outcome, tuple(map(_line, talk)), example_facts(facts) if facts else {}, node.place
        )


def _line(node: Node) -> Written:
    line = Written.from_node(node)
    read_line(line)
    return line


@dataclass(frozen=True)
class Scene:
    """When something is due, the words to show, what is expected by when, and what is never said.

    ``within`` counts the agent's turns from the opening on (``None``: until the end); ``since`` is
    ``trigger``, ``start``, or so many turns before the opening that count too. ``decided`` is
    ``at_once`` or at the ``end``, with everything that was done as evidence; ``faulty`` is what
    the agent does instead, shown as the evidence of a miss; ``spoiled_by`` makes it a miss at once
    while the opportunity is open (``never`` does so at any time). ``say_in`` has words of ours for
    a channel that ``say`` does not fit; ``guide`` tells when the guide shows them.
    """

    id: str
    clause: str
    title: Text
    when: tuple[Trigger, ...] = ()
    facts: FactTest = field(default_factory=FactTest, metadata={"name": "if"})
    given: Condition | None = None
    unless: Condition | None = None
    expect: Condition | None = None
    faulty: Condition | None = None
    spoiled_by: Condition | None = None
    never: Condition | None = None
    never_say: tuple[str, ...] = ()
    decided: Literal["at_once", "end"] = "at_once"
    since: str = "trigger"
    within: int | None = None
    repeat: Literal["once", "each"] = "once"
    outcome: Literal["missed", "suspect"] = "missed"
    say: tuple[str, ...] = ()
    say_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guide: SceneGuide | None = None
    binds: str = ""
    why: Mapping[str, Text] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)

    def own_words(self) -> GuideStep:
        """Return the scene's words as a step of the guide, wanted until the scene is met."""
        return GuideStep(self.say, self.say_in)

    def all_words(self) -> tuple[str, ...]:
        """Return all words to say in the scene, whatever the channel and the step, each once."""
        told = self.guide.all_steps() if self.guide else ()
        steps = (self.own_words(), *told)
        return tuple(dict.fromkeys(words for step in steps for words in step.all_words()))


@dataclass(frozen=True)
class Excuse:
    """Where a forbidden word is not the forbidden word, and the sentence that says why."""

    phrase: tuple[Phrasing, ...]
    why: Text


@dataclass(frozen=True)
class ForbiddenWord:
    """A word, the sense in which it is forbidden (``known_by``), and its known excuses."""

    word: Phrasing
    known_by: Condition = field(metadata={"name": "is"})
    sense: Text = field(default_factory=Text)
    excuses: tuple[Excuse, ...] = ()
    corrected: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class ForbiddenWords:
    """A list of forbidden words: one missed a turn of the agent, else one met.

    ``literal`` convicts every occurrence in the agent's own voice, whatever its sense.
    """

    id: str
    clause: str
    title: Text
    words: tuple[ForbiddenWord, ...]
    reported: tuple[Phrasing, ...] = ()
    corrections: tuple[Phrasing, ...] = ()
    literal: bool = False
    facts: FactTest = field(default_factory=FactTest, metadata={"name": "if"})
    examples: tuple[Example, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Step:
    """One step of a protocol: how long to wait, what to do then, the words for it.

    ``midway`` are words of ours for a customer who has spoken already; the words are ``ours``
    altogether where those of the clause speak of another channel. An ``optional`` step may be left
    out: the next one then takes its place.
    """

    after: timedelta
    does: Condition
    say: tuple[str, ...] = ()
    midway: tuple[str, ...] = ()
    ours: bool = False
    optional: bool = False


@dataclass(frozen=True)
class ProtocolSpec:
    """A timed procedure while the other side is silent.

    It opens at the end of an agent's utterance that meets ``opens``; when ``before_customer`` only
    while the customer has not spoken at all. Waits shorter than asked by up to ``tolerance`` count.
    Hanging up before the first step is a fault after so much ``silence``; words that follow within
    ``same_breath`` still belong to the opening. ``at_once``: the opening may be the first step too.
    Words of the agent that meet ``stops``, and are no step, end it: it is not the customer's turn.
    """

    id: str
    clause: str
    title: Text
    opens: Condition
    steps: tuple[Step, ...]
    hang_up_after: timedelta
    tolerance: timedelta = timedelta(milliseconds=600)
    silence: timedelta = timedelta(0)
    same_breath: timedelta = timedelta(0)
    before_customer: bool = False
    at_once: bool = False
    stops: Condition | None = None
    facts: FactTest = field(default_factory=FactTest, metadata={"name": "if"})
    unless: Condition | None = None
    binds: str = ""
    why: Mapping[str, Text] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class TitleRank:
    """Forms of address of one rank, and the customer's words that tell of it (我是厂里的经理)."""

    titles: tuple[str, ...]
    told_by: Condition | None = None


@dataclass(frozen=True)
class AddressSpec:
    """How a customer whose name is known is addressed.

    ``titles`` in order of respect; ``asks`` is the agent's question for the name; ``gives`` the
    words before one's own surname; ``others`` the words by which a name is somebody else's;
    ``say`` are the words by which the guide reminds of a name that is known and not used yet.
    ``ranks``, the higher first, make it a miss to use only a lower one than was told, unless the
    customer asks to be called so; ``never`` are words that are no form of address (亲, 美女).
    """

    id: str
    clause: str
    title: Text
    titles: tuple[str, ...]
    asks: Condition
    offers: Condition
    confirms: Condition
    gives: tuple[str, ...]
    others: tuple[str, ...]
    corrections: tuple[str, ...]
    surnames: str
    compound_surnames: tuple[str, ...]
    say: tuple[str, ...] = ()
    ranks: tuple[TitleRank, ...] = ()
    never: Condition | None = None
    facts: FactTest = field(default_factory=FactTest, metadata={"name": "if"})
    why: Mapping[str, Text] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class VoiceRule:
    """How the agent sounds over the sum of her turns, or of those that do the act ``during``.

    ``measure`` is her ``rate`` in characters a minute as they are said (punctuation is silent,
    figures are read out), her ``loudness`` in dB against the customer's, or its ``rise`` in dB once
    the customer does the act ``after``. Loudness is judged only where the turns were heard. Under
    ``min_speech`` or ``min_turns`` nothing is said. ``outcome`` is what is said outside the range,
    which may be left by a share of ``tolerance`` on either side; ``doubtful`` is suspected.
    """

    id: str
    clause: str
    title: Text
    at_least: float = 0.0
    at_most: float = 1_000_000.0
    measure: Literal["rate", "loudness", "rise"] = "rate"
    during: Condition | None = None
    after: Condition | None = None
    min_speech: timedelta = timedelta(seconds=30)
    min_turns: int = 1
    tolerance: float = 0.0
    doubtful: float = 0.0
    outcome: Literal["missed", "suspect"] = "suspect"
    facts: FactTest = field(default_factory=FactTest, metadata={"name": "if"})
    why: Mapping[str, Text] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class DeadlineSpec:
    """A time by which something is promised, by class of case where the clause has classes.

    ``promised_by`` is the act of promising: a span of time counts within ``near`` characters of it.
    Without a time of its own it holds whoever promises to the time that is named. Words that do
    ``retold_by`` promise nothing: they speak of an earlier promise, or say the customer's back.
    """

    id: str
    clause: str
    title: Text
    within: timedelta | None = None
    by_class: Mapping[str, timedelta] = field(default_factory=dict)
    starts: Text = field(default_factory=Text)
    promised_by: str = ""
    retold_by: str = ""
    near: int = 16
    facts: FactTest = field(default_factory=FactTest, metadata={"name": "if"})
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class ScorecardSection:
    """One section of the scorecard: what a clause in it weighs, and who answers."""

    id: str
    title: Text
    clauses: tuple[str, ...]
    weight: float = 1.0
    answered_by: Literal["machine", "person"] = "machine"


@dataclass(frozen=True)
class Scorecard:
    """What the verdicts weigh; a missed ``fatal`` clause makes the score 0."""

    sections: tuple[ScorecardSection, ...] = ()
    fatal: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


RuleSpec = Scene | ForbiddenWords | ProtocolSpec | AddressSpec | VoiceRule

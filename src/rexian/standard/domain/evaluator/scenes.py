"""Scenes ready to play: their conditions compiled, and what wakes each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from rexian.standard.domain.evaluator import output
from rexian.standard.domain.evaluator.course import CourseCompiler, Holds, Interest
from rexian.standard.domain.evaluator.output import Why
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.pack.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    NoneOf,
    Phrase,
    Said,
    Turns,
)
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.domain.pack.guiding import GuideStep, SceneGuide
from rexian.standard.domain.pack.schema import Scene, Trigger
from rexian.standard.domain.verdicts import Hint, HintKind, Outcome

_MARKS = "，。！？；：,.!?;:、… "


@dataclass(frozen=True, slots=True)
class CompiledStep:
    """Words that are wanted until a condition holds; without one, until the scene is met."""

    spec: GuideStep
    until: Holds | None


@dataclass(frozen=True, slots=True)
class CompiledGuide:
    """How the guide speaks of a scene, its conditions ready to run."""

    rank: int
    after: Holds | None
    steps: tuple[CompiledStep, ...]
    before: CompiledStep | None


@dataclass(frozen=True, slots=True)
class CompiledScene:
    """A scene with its conditions ready to run.

    ``settles`` is ``unless`` however few turns there were; ``expected`` is what its expectation
    asks for, ``watched_agent`` and ``watched_customer`` are the acts to remember,
    ``waking_agent`` those that may bring a decision; ``restless`` where every turn may;
    ``at_once`` where it is met as soon as everything is done, else at its end. Without the
    ``signals`` that its opening and its expectation rest on it cannot be judged, nor one that is
    about ``speakers`` where nobody can tell them apart.
    """

    number: int
    spec: Scene
    expect: Holds | None
    unless: Holds | None
    settles: Holds | None
    given: Holds | None
    expected: Interest
    watched_agent: int
    watched_customer: int
    waking_agent: int
    faulty: int
    spoiled_by: int
    restless: bool
    at_once: bool
    within: float
    signals: frozenset[str]
    speakers: bool
    hint: Hint | None
    warning: Hint
    outcome: Outcome
    why: dict[Outcome, Why]
    forbidden: Why
    by_sound: Why
    guide: CompiledGuide | None


@dataclass(slots=True)
class Scenes:
    """All scenes of a pack, found by what wakes them.

    ``counted_agent`` and ``counted_customer`` are the acts that count from the start on.
    """

    all: list[CompiledScene] = field(default_factory=list)
    at_start: list[int] = field(default_factory=list)
    by_agent: dict[int, list[int]] = field(default_factory=dict)
    by_customer: dict[int, list[int]] = field(default_factory=dict)
    by_signal: dict[str, list[tuple[Speaker | None, int]]] = field(default_factory=dict)
    never: dict[int, list[int]] = field(default_factory=dict)
    waking_agent: int = 0
    waking_customer: int = 0
    waking_never: int = 0
    counted_agent: int = 0
    counted_customer: int = 0
    expected_agent: int = 0

    def waking(self, by: Speaker) -> Mapping[int, list[int]]:
        """Return the scenes that a side's acts open."""
        return self.by_agent if by is Speaker.AGENT else self.by_customer

    def wake(self, trigger: Trigger, number: int, compiler: CourseCompiler) -> None:
        """Note what opens a scene."""
        if trigger.at_start:
            self.at_start.append(number)
        elif trigger.said is not None:
            self._wake_by(trigger.said, number, compiler)
        elif trigger.signal is not None:
            for name in trigger.signal.names:
                self.by_signal.setdefault(name.value, []).append((trigger.signal.by, number))

    def _wake_by(self, said: Said, number: int, compiler: CourseCompiler) -> None:
        act = compiler.act(said.by, said.what)
        if said.by is Speaker.AGENT:
            self.by_agent.setdefault(act, []).append(number)
            self.waking_agent |= 1 << act
        else:
            self.by_customer.setdefault(act, []).append(number)
            self.waking_customer |= 1 << act


def compile_scenes(specs: Sequence[Scene], compiler: CourseCompiler) -> Scenes:
    """Compile the scenes of a pack."""
    scenes = Scenes()
    for number, spec in enumerate(specs):
        scene = _compile(number, spec, compiler)
        scenes.all.append(scene)
        scenes.expected_agent |= scene.expected.agent
        if spec.since == "start":
            scenes.counted_agent |= scene.expected.agent
            scenes.counted_customer |= scene.expected.customer
        for trigger in spec.when:
            scenes.wake(trigger, number, compiler)
        never = _never(spec)
        if never is not None:
            act = compiler.act(Speaker.AGENT, never)
            scenes.never.setdefault(act, []).append(number)
            scenes.waking_never |= 1 << act
    return scenes


def _compile(number: int, spec: Scene, compiler: CourseCompiler) -> CompiledScene:
    expected, watched, other = Interest(), Interest(), Interest()
    expect = compiler.compile(spec.expect, expected) if spec.expect else None
    unless = compiler.compile(spec.unless, watched) if spec.unless else None
    settles = compiler.compile(_however_short(spec.unless), watched) if spec.unless else None
    given = compiler.compile(spec.given, other) if spec.given else None
    guide = _guide(spec, compiler, watched)
    faulty = _bit(spec.faulty, compiler)
    spoiled_by = _bit(spec.spoiled_by, compiler)
    return CompiledScene(
        number,
        spec,
        expect,
        unless,
        settles,
        given,
        expected,
        watched.agent | expected.agent,
        watched.customer | expected.customer,
        watched.agent | expected.agent | faulty | spoiled_by,
        faulty,
        spoiled_by,
        expected.order and expected.turns,
        expect is not None and spec.decided != "end",
        inf if spec.within is None else spec.within,
        _signals(spec, expected, other),
        _is_about_speakers(spec, expected, watched, other),
        Hint(HintKind.SAY, spec.clause, spec.id, spec.say) if spec.say else None,
        Hint(HintKind.WARN, spec.clause, spec.id, spec.say),
        _outcome(spec),
        _reasons(spec),
        _reason(spec, "never", output.FORBIDDEN),
        output.with_title(output.BY_SOUND, spec.title),
        guide,
    )


def _signals(spec: Scene, *asked: Interest) -> frozenset[str]:
    """Return the signals that a scene opened by signals rests on; any will do of those it opens by.

    A scene that opens by words, or from the start, is judged by what was said.
    """
    if not spec.when or any(trigger.signal is None for trigger in spec.when):
        return frozenset()
    opening = [trigger.signal.names[0].value for trigger in spec.when if trigger.signal]
    return frozenset(opening[:1]).union(*(one.signals for one in asked))


def _is_about_speakers(spec: Scene, *asked: Interest) -> bool:
    """Say whether a scene is about who says what, and not about signals alone."""
    if spec.never or spec.never_say or spec.faulty or spec.spoiled_by:
        return True
    said = any(trigger.said is not None for trigger in spec.when)
    return said or any(one.speakers for one in asked)


def _guide(spec: Scene, compiler: CourseCompiler, watched: Interest) -> CompiledGuide | None:
    """Compile how the guide speaks of a scene; what lasts to the end speaks only where told so."""
    told = spec.guide
    lasting = spec.decided == "end" and any(trigger.at_start for trigger in spec.when)
    if spec.expect is None or (told is None and (lasting or not spec.say)):
        return None
    told = told or SceneGuide()

    def step(one: GuideStep) -> CompiledStep:
        return CompiledStep(one, compiler.compile(one.until, watched) if one.until else None)

    return CompiledGuide(
        told.rank,
        compiler.compile(told.after, watched) if told.after else None,
        tuple(map(step, told.steps or (spec.own_words(),))),
        step(told.before) if told.before else None,
    )


def _however_short(condition: Condition) -> Condition:
    """Return a condition in which any number of turns has been reached."""
    if isinstance(condition, Turns):
        return AllOf(())
    if isinstance(condition, AnyOf | AllOf | NoneOf | AtLeast):
        return replace(condition, of=tuple(map(_however_short, condition.of)))
    return condition


def _bit(condition: Condition | None, compiler: CourseCompiler) -> int:
    return 1 << compiler.act(Speaker.AGENT, condition) if condition else 0


def _outcome(spec: Scene) -> Outcome:
    try:
        return Outcome(spec.outcome)
    except ValueError:
        known = ", ".join(Outcome)
        raise Fault(spec.place, f"outcome is one of {known}, not {spec.outcome!r}") from None


def _reason(spec: Scene, name: str, general: Why) -> Why:
    own = spec.why.get(name)
    return output.reason(own) if own else output.with_title(general, spec.title)


def _reasons(spec: Scene) -> dict[Outcome, Why]:
    general = {
        Outcome.MET: output.MET,
        Outcome.MISSED: output.MISSED,
        Outcome.SUSPECT: output.SUSPECT,
        Outcome.NOT_APPLICABLE: output.NOT_DUE,
    }
    return {outcome: _reason(spec, outcome.value, texts) for outcome, texts in general.items()}


def _never(spec: Scene) -> Condition | None:
    """Join what a scene forbids by condition with the sentences that its clause forbids."""
    sentences = tuple(_as_phrase(sentence) for sentence in spec.never_say)
    parts: list[Condition] = [Phrase(sentences, gap=4)] if sentences else []
    if spec.never is not None:
        parts.append(spec.never.what if isinstance(spec.never, Said) else spec.never)
    return AnyOf(tuple(parts)) if parts else None


def _as_phrase(sentence: str) -> str:
    """Write a prescribed sentence as a phrase: its clauses in order, whatever the punctuation."""
    for mark in _MARKS:
        sentence = sentence.replace(mark, "…")
    pieces = [piece for piece in sentence.split("…") if piece]
    if len(pieces) > 2 and pieces[0] == "喂":
        pieces = pieces[1:]
    return "…".join(pieces)

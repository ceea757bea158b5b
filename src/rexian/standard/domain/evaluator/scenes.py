"""Scenes at work: opportunities open, are watched, and close with a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rexian.standard.domain.evaluator import output
from rexian.standard.domain.evaluator.course import CourseCompiler, Holds, Interest
from rexian.standard.domain.evaluator.hearing import SoundReading
from rexian.standard.domain.evaluator.output import Output, Reasons
from rexian.standard.domain.evaluator.state import Evidence, Item, Opportunity, State
from rexian.standard.domain.events import Facts, Speaker
from rexian.standard.domain.pack.conditions import AnyOf, Condition, Phrase, Said
from rexian.standard.domain.pack.schema import Scene
from rexian.standard.domain.verdicts import Hint, HintKind, Outcome

_WORDS = "，。！？；：,.!?;:、… "


@dataclass(slots=True)
class CompiledScene:
    """A scene with its conditions ready to run."""

    number: int
    spec: Scene
    expect: Holds | None
    expected: Interest
    watched: Interest
    unless: Holds | None
    given: Holds | None
    faulty: int
    spoiled_by: int
    needs_signals: bool
    hint: Hint | None
    why: dict[Outcome, Reasons]
    forbidden: Reasons


@dataclass(slots=True)
class Scenes:
    """All scenes of a pack, found by what wakes them."""

    all: list[CompiledScene] = field(default_factory=list)
    at_start: list[int] = field(default_factory=list)
    by_agent: dict[int, list[int]] = field(default_factory=dict)
    by_customer: dict[int, list[int]] = field(default_factory=dict)
    by_signal: dict[str, list[tuple[Speaker | None, int]]] = field(default_factory=dict)
    never: dict[int, list[int]] = field(default_factory=dict)
    waking_agent: int = 0
    waking_customer: int = 0
    waking_never: int = 0


def compile_scenes(specs: Sequence[Scene], compiler: CourseCompiler) -> Scenes:
    """Compile the scenes of a pack."""
    scenes = Scenes()
    for number, spec in enumerate(specs):
        scenes.all.append(_compile(number, spec, compiler))
        for trigger in spec.when:
            if trigger.at_start:
                scenes.at_start.append(number)
            elif trigger.said is not None:
                _wake_by(scenes, trigger.said, number, compiler)
            elif trigger.signal is not None:
                for name in trigger.signal.names:
                    woken = scenes.by_signal.setdefault(name.value, [])
                    woken.append((trigger.signal.by, number))
        never = _never_condition(spec)
        if never is not None:
            act = compiler.act(Speaker.AGENT, never)
            scenes.never.setdefault(act, []).append(number)
            scenes.waking_never |= 1 << act
    return scenes


def guard(conditions: Mapping[str, tuple[str, ...]], facts: Facts) -> bool | None:
    """Say whether the facts fit: ``None`` where one that matters is unknown and none contradicts.

    ``not nuisance`` fits every other value, and an unknown one too.
    """
    unknown = False
    for name, values in conditions.items():
        value = getattr(facts, name)
        if values[0].startswith("not "):
            if f"not {value}" in values:
                return False
        elif value is None:
            unknown = True
        elif value not in values:
            return False
    return None if unknown else True


def _compile(number: int, spec: Scene, compiler: CourseCompiler) -> CompiledScene:
    expected, watched, other = Interest(), Interest(), Interest()
    expect = compiler.compile(spec.expect, expected) if spec.expect else None
    unless = compiler.compile(spec.unless, watched) if spec.unless else None
    watched.agent |= expected.agent
    watched.customer |= expected.customer
    given = compiler.compile(spec.given, other) if spec.given else None
    faulty = 1 << compiler.act(Speaker.AGENT, spec.faulty) if spec.faulty else 0
    spoiled_by = 1 << compiler.act(Speaker.AGENT, spec.spoiled_by) if spec.spoiled_by else 0
    by_signal = any(trigger.signal is not None for trigger in spec.when)
    hint = Hint(HintKind.SAY, spec.clause, spec.id, spec.say) if spec.say else None
    return CompiledScene(
        number,
        spec,
        expect,
        expected,
        watched,
        unless,
        given,
        faulty,
        spoiled_by,
        by_signal or expected.signals or other.signals,
        hint,
        _reasons(spec),
        spec.why.get("never") or output.with_title(output.FORBIDDEN, spec.title),
    )


def _reasons(spec: Scene) -> dict[Outcome, Reasons]:
    general = {
        Outcome.MET: output.MET,
        Outcome.MISSED: output.MISSED,
        Outcome.SUSPECT: output.SUSPECT,
        Outcome.NOT_APPLICABLE: output.NOT_DUE,
    }
    return {
        outcome: spec.why.get(outcome.value) or output.with_title(texts, spec.title)
        for outcome, texts in general.items()
    }


def _wake_by(scenes: Scenes, said: Said, number: int, compiler: CourseCompiler) -> None:
    act = compiler.act(said.by, said.what)
    if said.by is Speaker.AGENT:
        scenes.by_agent.setdefault(act, []).append(number)
        scenes.waking_agent |= 1 << act
    else:
        scenes.by_customer.setdefault(act, []).append(number)
        scenes.waking_customer |= 1 << act


def _never_condition(spec: Scene) -> Condition | None:
    """Join what a scene forbids by condition with the sentences that its clause forbids."""
    sentences = tuple(_as_phrase(sentence) for sentence in spec.never_say)
    parts: list[Condition] = [Phrase(sentences, gap=4)] if sentences else []
    if spec.never is not None:
        parts.append(spec.never.what if isinstance(spec.never, Said) else spec.never)
    return AnyOf(tuple(parts)) if parts else None


def _as_phrase(sentence: str) -> str:
    """Write a prescribed sentence as a phrase: its clauses in order, whatever the punctuation."""
    for mark in _WORDS:
        sentence = sentence.replace(mark, "…")
    pieces = [piece for piece in sentence.split("…") if piece]
    if len(pieces) > 1 and pieces[0] == "喂":
        pieces = pieces[1:]
    return "…".join(pieces)


class ScenePlayer:
    """Move the opportunities of one state along; the state is changed in place."""

    def __init__(self, scenes: Scenes, sound: SoundReading) -> None:
        self._scenes = scenes
        self._sound = sound

    def start(self, state: State, out: Output) -> None:
        """Open what is due from the first moment."""
        for number in self._scenes.at_start:
            self._open(number, state, out, None)

    def turn(self, state: State, item: Item, out: Output) -> None:
        """Take a turn in: watch what is open, convict what is forbidden, open what is due."""
        scenes = self._scenes
        if state.open:
            self._watch_turn(state, item, out)
        agent = item.by is Speaker.AGENT
        convicted: frozenset[int] = frozenset()
        if agent and item.mask & scenes.waking_never:
            convicted = self._convict(state, item, out)
        waking = item.mask & (scenes.waking_agent if agent else scenes.waking_customer)
        if waking:
            by_act = scenes.by_agent if agent else scenes.by_customer
            woken = {number for act in _bits(waking) for number in by_act[act]}
            for number in sorted(woken - convicted):
                self._open(number, state, out, item)

    def signal(self, state: State, item: Item, out: Output) -> None:
        """Take a signal in."""
        for opportunity in list(state.open):
            scene = self._scenes.all[opportunity.scene]
            if scene.expected.signals:
                self._settle_if_met(scene, opportunity, state, out)
        for by, number in self._scenes.by_signal.get(item.signal, ()):
            if by is None or by is item.by:
                self._open(number, state, out, item)

    def finish(self, state: State, out: Output) -> None:
        """Close everything: what was not done by now was missed."""
        for opportunity in list(state.open):
            self._decide(self._scenes.all[opportunity.scene], opportunity, state, out)
        if not state.facts.signals:
            self._without_signals(state, out)

    def _without_signals(self, state: State, out: Output) -> None:
        for scene in self._scenes.all:
            spec = scene.spec
            dependent = scene.needs_signals and all(t.signal is not None for t in spec.when)
            if dependent and spec.when and guard(spec.facts, state.facts) is not False:
                out.verdict(spec.clause, spec.id, Outcome.UNDECIDED, output.NO_SIGNALS)

    def _watch_turn(self, state: State, item: Item, out: Output) -> None:
        agent = item.by is Speaker.AGENT
        for opportunity in list(state.open):
            scene = self._scenes.all[opportunity.scene]
            expected = scene.expected
            if agent:
                opportunity.agent_turns += 1
                if opportunity.answer_turn < 0:
                    opportunity.answer_turn = item.turn
            new = _take(opportunity, scene, item)
            if agent and item.mask & scene.spoiled_by:
                self._spoil(scene, opportunity, state, item, out)
                continue
            if (new or expected.order) and self._settle_if_met(scene, opportunity, state, out):
                continue
            if scene.spec.within is not None and opportunity.agent_turns >= scene.spec.within:
                self._decide(scene, opportunity, state, out)

    def _open(self, number: int, state: State, out: Output, item: Item | None) -> None:
        scene = self._scenes.all[number]
        spec = scene.spec
        if state.closed >> number & 1 or any(one.scene == number for one in state.open):
            return
        fits = guard(spec.facts, state.facts)
        if fits is False:
            return
        opportunity = self._opportunity(scene, state, item)
        if fits is None:
            opportunity.undecided = "facts"
        if scene.given is not None and not scene.given(opportunity, state):
            return
        state.open.append(opportunity)
        if scene.hint is not None and not opportunity.undecided:
            out.hints.append(scene.hint)
        if item is None or self._settle_if_met(scene, opportunity, state, out):
            return
        if spec.within is not None and opportunity.agent_turns >= spec.within:
            self._decide(scene, opportunity, state, out)

    def _opportunity(self, scene: CompiledScene, state: State, item: Item | None) -> Opportunity:
        """Open an opportunity, with what counts from before it."""
        order = item.order if item else 0
        opportunity = Opportunity(
            scene.number, order, item.by if item else Speaker.SYSTEM, item.turn if item else -1
        )
        if item is not None and item.turn >= 0:
            _take(opportunity, scene, item)
            if item.by is Speaker.AGENT:
                opportunity.agent_turns = 1
                opportunity.answer_turn = item.turn
        if scene.expect is not None and scene.expect(opportunity, state):
            return opportunity
        if scene.spec.since == "start":
            opportunity.since = 0
            _take_all(opportunity, scene, state)
        elif scene.spec.since != "trigger":
            _look_back(opportunity, scene, state, int(scene.spec.since))
        return opportunity

    def _convict(self, state: State, item: Item, out: Output) -> frozenset[int]:
        """Say of each scene whose forbidden words stand in this turn that it was missed.

        Returns the scenes that were missed.
        """
        missed = set()
        for act in _bits(item.mask & self._scenes.waking_never):
            for number in self._scenes.never[act]:
                scene = self._scenes.all[number]
                spec = scene.spec
                if number in missed or guard(spec.facts, state.facts) is not True:
                    continue
                suspect = spec.outcome == "suspect"
                out.verdict(
                    spec.clause,
                    spec.id,
                    Outcome.SUSPECT if suspect else Outcome.MISSED,
                    scene.why[Outcome.SUSPECT] if suspect else scene.forbidden,
                    turns=(item.turn,),
                    quote=item.quote(act),
                    at=item.start,
                )
                out.hints.append(Hint(HintKind.WARN, spec.clause, spec.id, spec.say))
                if not suspect:
                    missed.add(number)
                    self._close(scene, state)
        return frozenset(missed)

    def _spoil(
        self, scene: CompiledScene, opportunity: Opportunity, state: State, item: Item, out: Output
    ) -> None:
        """Close an opportunity that the agent has just made impossible to keep."""
        act = scene.spoiled_by.bit_length() - 1
        fault = Evidence(item.turn, item.quote(act), item.start)
        opportunity.faults = {str(item.turn): fault}
        outcome = Outcome(scene.spec.outcome)
        self._settle(scene, opportunity, state, out, outcome, scene.why[outcome])

    def _close(self, scene: CompiledScene, state: State) -> None:
        state.open = [one for one in state.open if one.scene != scene.number]
        if scene.spec.repeat == "once":
            state.closed |= 1 << scene.number

    def _settle_if_met(
        self, scene: CompiledScene, opportunity: Opportunity, state: State, out: Output
    ) -> bool:
        if scene.expect is None or scene.spec.decided == "end":
            return False
        if not scene.expect(opportunity, state):
            return False
        self._settle(scene, opportunity, state, out, Outcome.MET, scene.why[Outcome.MET])
        return True

    def _decide(
        self, scene: CompiledScene, opportunity: Opportunity, state: State, out: Output
    ) -> None:
        """Close an opportunity whose time is up."""
        spec = scene.spec
        if scene.expect is None:
            self._close(scene, state)
            return
        outcome, why = Outcome(spec.outcome), scene.why[Outcome(spec.outcome)]
        if scene.unless is not None and scene.unless(opportunity, state):
            outcome, why = Outcome.NOT_APPLICABLE, scene.why[Outcome.NOT_APPLICABLE]
        elif scene.expect(opportunity, state):
            outcome, why = Outcome.MET, scene.why[Outcome.MET]
        elif opportunity.opened_by is Speaker.CUSTOMER and opportunity.agent_turns == 0:
            outcome, why = Outcome.NOT_APPLICABLE, output.NO_CHANCE
        elif self._heard_by_sound(scene, opportunity, state):
            outcome, why = Outcome.MET, output.with_title(output.BY_SOUND, spec.title)
        self._settle(scene, opportunity, state, out, outcome, why)

    def _heard_by_sound(
        self, scene: CompiledScene, opportunity: Opportunity, state: State
    ) -> bool:
        """Try again with what the agent's words sound like: it can credit, never convict."""
        expected = scene.expected
        assert scene.expect is not None
        with_sound, changed = opportunity.copy(), False
        items = []
        for item in state.recent:
            if item.turn >= 0 and item.by is Speaker.AGENT and item.order >= opportunity.since:
                mask = self._sound.mask(item, state)
                gained = mask & expected.agent & ~with_sound.agent
                if gained:
                    changed = True
                    with_sound.agent |= gained
                    _note(with_sound, item, gained)
                items.append(_sounding(item, mask))
            else:
                items.append(item)
        if not changed and not expected.order:
            return False
        heard = state.copy()
        heard.recent = items
        if not scene.expect(with_sound, heard):
            return False
        opportunity.evidence = with_sound.evidence
        return True

    def _settle(
        self,
        scene: CompiledScene,
        opportunity: Opportunity,
        state: State,
        out: Output,
        outcome: Outcome,
        why: Reasons,
    ) -> None:
        spec = scene.spec
        if opportunity.undecided or not state.speakers_known:
            known = state.speakers_known
            unknown = {n: v for n, v in spec.facts.items() if getattr(state.facts, n) is None}
            outcome = Outcome.UNDECIDED
            why = output.unknown_fact(unknown) if known else output.NO_SPEAKERS
        turns, quote, at = _shown(opportunity, outcome, state, spec.within)
        out.verdict(spec.clause, spec.id, outcome, why, turns=turns, quote=quote, at=at)
        self._close(scene, state)


def _shown(
    opportunity: Opportunity, outcome: Outcome, state: State, within: int | None
) -> tuple[tuple[int, ...], str, float | None]:
    """Choose the evidence: what was done, what was done instead, or where it was due.

    What is missing from a whole conversation stands nowhere.
    """
    if outcome is Outcome.MET and opportunity.evidence:
        seen = sorted(opportunity.evidence.values(), key=lambda one: one.turn)
        turns = tuple(dict.fromkeys(one.turn for one in seen))
        return turns, seen[-1].quote, seen[-1].at
    if outcome in (Outcome.UNDECIDED, Outcome.MET, Outcome.NOT_APPLICABLE):
        return (), "", None
    if opportunity.faults:
        faults = sorted(opportunity.faults.values(), key=lambda one: one.turn)
        return tuple(one.turn for one in faults), faults[-1].quote, faults[-1].at
    if within is None:
        return (), "", None
    turn = opportunity.opened_turn
    if opportunity.opened_by is Speaker.CUSTOMER and opportunity.answer_turn >= 0:
        turn = opportunity.answer_turn
    if turn < 0:
        return (), "", None
    item = next((one for one in state.recent if one.turn == turn), None)
    return (turn,), item.text if item else "", item.start if item else None


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        bit = mask & -mask
        mask ^= bit
        found.append(bit.bit_length() - 1)
    return found


def _sounding(item: Item, mask: int) -> Item:
    return Item(item.order, item.by, "", item.turn, item.text, item.folded, mask=item.mask | mask)


def _note(opportunity: Opportunity, item: Item, bits: int) -> None:
    """Remember where acts were seen."""
    side = "a" if item.by is Speaker.AGENT else "c"
    for number in _bits(bits):
        evidence = Evidence(item.turn, item.quote(number), item.start)
        opportunity.evidence[f"{side}{number}:{item.turn}"] = evidence


def _take(opportunity: Opportunity, scene: CompiledScene, item: Item) -> int:
    """Take a turn into an opportunity; return what it does of what is expected."""
    agent = item.by is Speaker.AGENT
    if agent:
        done = item.mask & scene.expected.agent
        new = done & ~opportunity.agent
        opportunity.agent |= item.mask & scene.watched.agent
        if item.mask & scene.faulty:
            evidence = Evidence(item.turn, item.quote(scene.faulty.bit_length() - 1), item.start)
            opportunity.faults[str(item.turn)] = evidence
    else:
        done = item.mask & scene.expected.customer
        new = done & ~opportunity.customer
        opportunity.customer |= item.mask & scene.watched.customer
    noted = done if scene.spec.decided == "end" else new
    if noted:
        _note(opportunity, item, noted)
    return new


def _take_all(opportunity: Opportunity, scene: CompiledScene, state: State) -> None:
    """Count all that was seen since the start."""
    opportunity.agent |= state.seen_agent & scene.watched.agent
    opportunity.customer |= state.seen_customer & scene.watched.customer
    sides = (
        ("a", opportunity.agent & scene.expected.agent),
        ("c", opportunity.customer & scene.expected.customer),
    )
    for side, mask in sides:
        for number in _bits(mask):
            seen = state.first[f"{side}{number}"]
            opportunity.evidence[f"{side}{number}:{seen.turn}"] = seen


def _look_back(opportunity: Opportunity, scene: CompiledScene, state: State, turns: int) -> None:
    """Count the latest turns before the opening too."""
    earlier = [one for one in state.recent if one.turn >= 0 and one.order < opportunity.since]
    for item in earlier[-turns:]:
        _take(opportunity, scene, item)
    if earlier:
        opportunity.since = earlier[-turns:][0].order

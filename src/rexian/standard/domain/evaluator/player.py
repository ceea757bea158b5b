"""Scenes at work: opportunities open, are watched, and close with a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from math import inf

from rexian.standard.domain.evaluator import output
from rexian.standard.domain.evaluator.doubts import is_act_unsure, is_cue_unsure
from rexian.standard.domain.evaluator.guards import guard, unknown_facts
from rexian.standard.domain.evaluator.guessing import is_guessed
from rexian.standard.domain.evaluator.hearing import SoundReading
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.mishearing import Mishearing
from rexian.standard.domain.evaluator.opportunities import Opportunity
from rexian.standard.domain.evaluator.output import Output, Why
from rexian.standard.domain.evaluator.scenes import CompiledScene, Scenes
from rexian.standard.domain.evaluator.sightings import (
    Shown,
    look_back,
    shown,
    take,
    take_all,
    take_perhaps,
    take_sounds,
)
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import SignalName, Speaker
from rexian.standard.domain.language.earlier import Earlier
from rexian.standard.domain.language.reading import bits
from rexian.standard.domain.verdicts import Outcome

_ANSWERING = frozenset({SignalName.RING.value, SignalName.ANSWER.value})


class ScenePlayer:
    """Move the opportunities of one state along; the state is changed in place."""

    def __init__(self, scenes: Scenes, sound: SoundReading, mishearing: Mishearing) -> None:
        self._scenes = scenes
        self._sound = sound
        self._openings = SoundReading(sound.book, scenes.waking_agent | scenes.waking_customer)
        self._mishearing = mishearing

    def start(self, state: State, out: Output) -> None:
        """Open what is due from the first moment."""
        for number in self._scenes.at_start:
            self._open(number, state, out, None)

    @property
    def compiled(self) -> Sequence[CompiledScene]:
        """The scenes, by their numbers."""
        return self._scenes.all

    def inform(self, state: State) -> None:
        """Close what other facts rule out, and open what they bring about from the start."""
        for number, opportunity in tuple(state.open.items()):
            fits = guard(self._scenes.all[number].spec.facts, state.facts)
            opportunity.undecided = fits is None
            if fits is False:
                del state.open[number]
        for number in self._scenes.at_start:
            if number not in state.open:
                self._open(number, state, Output(), None)

    def turn(self, state: State, item: Item, out: Output) -> None:
        """Take a turn in: convict what is forbidden, watch what is open, open what is due."""
        scenes = self._scenes
        self._count(state, item)
        if item.by is Speaker.AGENT:
            convicted = item.mask & scenes.waking_never
            spared = self._convict(convicted, state, item, out) if convicted else frozenset()
            self._watch_agent(state, item, out)
            waking = item.mask & scenes.waking_agent
        else:
            self._watch_customer(state, item, out)
            spared = frozenset()
            waking = item.mask & scenes.waking_customer
        woken = self._woken(item, waking)
        for number in sorted(woken - spared):
            self._open(number, state, out, item)
        if item.voice is not None:
            self._open_by_sound(woken | spared, state, item, out)

    def _woken(self, item: Item, waking: int) -> set[int]:
        """Return the scenes that these acts of a turn open."""
        by_act = self._scenes.waking(item.by)
        return {number for act in bits(waking) for number in by_act[act]}

    def _open_by_sound(
        self, opened: AbstractSet[int], state: State, item: Item, out: Output
    ) -> None:
        """Open what the words of a heard turn open by their sound: it can credit, never convict."""
        scenes = self._scenes
        waking = scenes.waking_agent if item.by is Speaker.AGENT else scenes.waking_customer
        acts = self._openings.read(item) & waking & ~item.mask
        for number in sorted(self._woken(item, acts) - opened) if acts else ():
            self._open(number, state, out, replace(item, mask=item.mask | acts))

    def signal(self, state: State, item: Item, out: Output) -> None:
        """Take a signal in; the end of a call in which nobody spoke is nobody's fault or merit."""
        if item.signal == SignalName.HANG_UP and not state.turns:
            return
        for opportunity in tuple(state.open.values()):
            scene = self._scenes.all[opportunity.scene]
            if scene.expected.signals:
                self._settle_if_met(scene, opportunity, state, out)
        for by, number in self._scenes.by_signal.get(item.signal, ()):
            if by is None or by is item.by:
                self._open(number, state, out, item)

    def finish(self, state: State, out: Output) -> None:
        """Close everything: what was not done by now was missed, if anybody spoke at all."""
        for opportunity in tuple(state.open.values()):
            scene = self._scenes.all[opportunity.scene]
            if _is_judged(scene, state):
                self._decide(scene, opportunity, state, out)
        told = state.facts.signals and state.facts.signals_told is None
        if state.turns and not told:
            self._without_signals(state, out)

    def _without_signals(self, state: State, out: Output) -> None:
        """Leave undecided what rests on signals that the source does not tell."""
        for scene in self._scenes.all:
            spec = scene.spec
            untold = scene.signals and not state.facts.tells(scene.signals)
            if untold and guard(spec.facts, state.facts) is not False:
                out.verdict(spec.clause, spec.id, Outcome.UNDECIDED, output.NO_SIGNALS)

    def _count(self, state: State, item: Item) -> None:
        """Count a turn, and remember where what counts from the start was first done."""
        if item.by is Speaker.AGENT:
            state.agent_turns += not item.aside
            new, side = item.mask & ~state.seen_agent & self._scenes.counted_agent, "a"
            state.seen_agent |= item.mask
        else:
            state.customer_turns += 1
            new, side = item.mask & ~state.seen_customer & self._scenes.counted_customer, "c"
            state.seen_customer |= item.mask
        for number in bits(new):
            state.first[f"{side}{number}"] = item.evidence(number)

    def _watch_agent(self, state: State, item: Item, out: Output) -> None:
        mask, scenes = item.mask, self._scenes.all
        for opportunity in tuple(state.open.values()):
            scene = scenes[opportunity.scene]
            if not item.aside:
                opportunity.agent_turns += 1
                if opportunity.answer_turn < 0:
                    opportunity.answer_turn = item.turn
            if mask & scene.waking_agent or scene.restless:
                new = take(opportunity, scene, item)
                if mask & scene.spoiled_by:
                    self._spoil(scene, opportunity, state, item, out)
                    continue
                due = new or scene.expected.order
                if due and self._settle_if_met(scene, opportunity, state, out):
                    continue
            if opportunity.agent_turns >= scene.within:
                self._decide(scene, opportunity, state, out)

    def _watch_customer(self, state: State, item: Item, out: Output) -> None:
        mask, scenes = item.mask, self._scenes.all
        for opportunity in tuple(state.open.values()):
            scene = scenes[opportunity.scene]
            if mask & scene.watched_customer or scene.restless:
                new = take(opportunity, scene, item)
                if new or scene.expected.order:
                    self._settle_if_met(scene, opportunity, state, out)

    def _open(self, number: int, state: State, out: Output, item: Item | None) -> None:
        scene = self._scenes.all[number]
        if number in state.open and item is not None and item.voice is not None:
            self._open_surely(scene, state.open[number], item)
        if state.closed >> number & 1 or number in state.open:
            return
        if scene.signals and not state.facts.tells(scene.signals):
            return
        fits = guard(scene.spec.facts, state.facts)
        if fits is False:
            return
        opportunity = self._opportunity(scene, state, item)
        opportunity.undecided = fits is None
        if scene.given is not None and not scene.given(_so_far(number, state), state):
            return
        state.open[number] = opportunity
        if scene.hint is not None and not opportunity.undecided:
            out.hints.append(scene.hint)
        if item is None or self._settle_if_met(scene, opportunity, state, out):
            return
        if opportunity.agent_turns >= scene.within:
            self._decide(scene, opportunity, state, out)

    def _open_surely(self, scene: CompiledScene, opportunity: Opportunity, item: Item) -> None:
        """Doubt no longer what is decided at the end and was opened again, by sure words."""
        if opportunity.unsure and scene.within == inf and not self._opens_unsure(scene, item):
            opportunity.unsure = False

    def _opportunity(self, scene: CompiledScene, state: State, item: Item | None) -> Opportunity:
        """Open an opportunity, with what counts from before it."""
        if item is None:
            opportunity = Opportunity(scene.number, 0, Speaker.SYSTEM, -1)
            opportunity.agent_turns = state.agent_turns
            take_all(opportunity, scene, state)
            return opportunity
        opportunity = Opportunity(scene.number, item.order, item.by, item.turn)
        if item.turn < 0:
            opportunity.at = item.start
        else:
            opportunity.unsure = self._opens_unsure(scene, item)
            take(opportunity, scene, item)
            if item.by is Speaker.AGENT:
                opportunity.agent_turns = 1
                opportunity.answer_turn = item.turn
        if scene.expect is not None and scene.expect(opportunity, state):
            return opportunity
        if scene.spec.since == "start":
            take_all(opportunity, scene, state)
        elif scene.spec.since != "trigger":
            look_back(opportunity, scene, state, int(scene.spec.since))
        return opportunity

    def _opens_unsure(self, scene: CompiledScene, item: Item) -> bool:
        """Say whether what opens a scene are unsure words alone, or their sound."""
        if item.voice is None:
            return False
        by_act = self._scenes.waking(item.by)
        acts = (act for act in bits(item.mask) if scene.number in by_act.get(act, ()))
        return all(act not in item.places or is_cue_unsure(item, act) for act in acts)

    def _convict(self, acts: int, state: State, item: Item, out: Output) -> frozenset[int]:
        """Say of each scene whose forbidden words stand in this turn that it was missed.

        Returns the scenes that were missed.
        """
        missed = set()
        for act in bits(acts):
            for number in self._scenes.never[act]:
                scene = self._scenes.all[number]
                if number in missed or guard(scene.spec.facts, state.facts) is not True:
                    continue
                suspect = scene.outcome is Outcome.SUSPECT
                outcome = Outcome.SUSPECT if suspect else Outcome.MISSED
                why = scene.why[outcome] if suspect else scene.forbidden
                shown = ((item.turn,), item.quote(act), item.start)
                unsure = is_act_unsure(item, act)
                self._say(scene, outcome, why, shown, out, unsure=unsure)
                out.hints.append(scene.warning)
                if not (suspect or unsure):
                    missed.add(number)
                    self._close(scene, state)
        return frozenset(missed)

    def _spoil(
        self, scene: CompiledScene, opportunity: Opportunity, state: State, item: Item, out: Output
    ) -> None:
        """Close an opportunity that the agent has just made impossible to keep."""
        act = scene.spoiled_by.bit_length() - 1
        opportunity.faults = item.evidence(act)
        opportunity.unsure |= is_act_unsure(item, act)
        self._settle(scene, opportunity, state, out, scene.outcome, scene.why[scene.outcome])

    def _close(self, scene: CompiledScene, state: State) -> None:
        state.open.pop(scene.number, None)
        if scene.spec.repeat == "once":
            state.closed |= 1 << scene.number

    def _settle_if_met(
        self, scene: CompiledScene, opportunity: Opportunity, state: State, out: Output
    ) -> bool:
        if not scene.at_once or scene.expect is None or not scene.expect(opportunity, state):
            return False
        self._settle(scene, opportunity, state, out, Outcome.MET, scene.why[Outcome.MET])
        return True

    def _decide(
        self, scene: CompiledScene, opportunity: Opportunity, state: State, out: Output
    ) -> None:
        """Close an opportunity whose time is up."""
        if scene.expect is None:
            self._close(scene, state)
            return
        outcome, why = scene.outcome, scene.why[scene.outcome]
        if scene.unless is not None and scene.unless(opportunity, state):
            outcome, why = Outcome.NOT_APPLICABLE, scene.why[Outcome.NOT_APPLICABLE]
        elif scene.expect(opportunity, state):
            outcome, why = Outcome.MET, scene.why[Outcome.MET]
        elif opportunity.opened_by is Speaker.CUSTOMER and opportunity.agent_turns == 0:
            outcome, why = Outcome.NOT_APPLICABLE, output.NO_CHANCE
        elif self._heard_by_sound(scene, opportunity, state):
            outcome, why = Outcome.MET, scene.by_sound
        if outcome is Outcome.MISSED and state.heard and not opportunity.unsure:
            opportunity.unsure = self._may_be_kept(scene, opportunity, state)
        self._settle(scene, opportunity, state, out, outcome, why)

    def _heard_by_sound(self, scene: CompiledScene, opportunity: Opportunity, state: State) -> bool:
        """Try again with what the agent's words sound like: it can credit, never convict.

        So can words of which all but a small part was heard for sure.
        """
        masks = self._sounds(scene, opportunity, state)
        if scene.expect is None or not (masks or state.heard):
            return False
        if state.heard:
            likely = self._readings(scene, opportunity, state, self._mishearing.does_likely)
            for order, mask in likely.items():
                masks[order] = masks.get(order, 0) | mask
        with_sound, heard = opportunity.copy(), state.copy()
        take_sounds(with_sound, scene, heard, masks)
        if not scene.expect(with_sound, heard):
            return False
        opportunity.done = with_sound.done
        return True

    def _sounds(
        self, scene: CompiledScene, opportunity: Opportunity, state: State
    ) -> dict[int, int]:
        """Return, by their order, the turns that sound like something that is still missing."""
        missing = scene.expected.agent
        if not scene.expected.order:
            missing &= ~opportunity.agent
        if not missing:
            return {}
        return {
            item.order: mask
            for item in state.recent
            if item.by is Speaker.AGENT and item.turn >= 0 and item.order >= opportunity.since
            if (mask := self._sound.mask(item)) & missing & ~item.mask
        }

    @staticmethod
    def _readings(
        scene: CompiledScene,
        opportunity: Opportunity,
        state: State,
        read: Callable[[Item, int, Earlier], int],
    ) -> dict[int, int]:
        """Return, by their order, what heard turns do besides if they are read otherwise."""
        asked = {Speaker.AGENT: scene.watched_agent, Speaker.CUSTOMER: scene.watched_customer}
        return {
            item.order: mask
            for item in state.recent
            if item.voice is not None and item.order >= opportunity.since
            if (mask := read(item, asked[item.by], state.customer))
        }

    def _may_be_kept(self, scene: CompiledScene, opportunity: Opportunity, state: State) -> bool:
        """Say whether it may have been kept, or was not due, in words that were not read surely."""
        masks = self._readings(scene, opportunity, state, self._mishearing.may_do)
        if not masks:
            return False
        perhaps, then = opportunity.copy(), state.copy()
        take_perhaps(perhaps, scene, then, masks)
        conditions = (scene.expect, scene.unless)
        return any(one is not None and one(perhaps, then) for one in conditions)

    def _settle(
        self,
        scene: CompiledScene,
        opportunity: Opportunity,
        state: State,
        out: Output,
        outcome: Outcome,
        why: Why,
    ) -> None:
        if outcome is Outcome.MET and state.heard and is_guessed(opportunity, state):
            outcome, why = Outcome.UNDECIDED, output.UNSURE
        if scene.speakers and not state.speakers_known:
            outcome, why = Outcome.UNDECIDED, output.NO_SPEAKERS
        elif opportunity.undecided:
            unknown = unknown_facts(scene.spec.facts, state.facts)
            outcome, why = Outcome.UNDECIDED, output.unknown_fact(unknown)
        seen = shown(opportunity, scene, outcome, state)
        self._say(scene, outcome, why, seen, out, unsure=opportunity.unsure)
        self._close(scene, state)

    @staticmethod
    def _say(
        scene: CompiledScene,
        outcome: Outcome,
        why: Why,
        shown: Shown,
        out: Output,
        *,
        unsure: bool = False,
    ) -> None:
        clause, rule = scene.spec.clause, scene.spec.id
        turns, quote, at = shown
        out.verdict(clause, rule, outcome, why, turns=turns, quote=quote, at=at, unsure=unsure)


def _so_far(scene: int, state: State) -> Opportunity:
    """Return all that was seen so far, as a prerequisite sees it."""
    seen = (state.seen_agent, state.seen_customer)
    return Opportunity(scene, 0, Speaker.SYSTEM, -1, *seen)


def _is_judged(scene: CompiledScene, state: State) -> bool:
    """Say whether there is anything to judge: where nobody has spoken, only how it was answered."""
    return bool(state.turns) or (not scene.speakers and scene.signals <= _ANSWERING)

"""Scenes at work: opportunities open, are watched, and close with a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from rexian.standard.domain.evaluator import output
from rexian.standard.domain.evaluator.guards import guard, unknown_facts
from rexian.standard.domain.evaluator.hearing import SoundReading
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.opportunities import Opportunity
from rexian.standard.domain.evaluator.output import Output, Why
from rexian.standard.domain.evaluator.scenes import CompiledScene, Scenes
from rexian.standard.domain.evaluator.sightings import (
    Shown,
    look_back,
    shown,
    take,
    take_all,
    take_sounds,
)
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.language.reading import bits
from rexian.standard.domain.verdicts import Outcome


class ScenePlayer:
    """Move the opportunities of one state along; the state is changed in place."""

    def __init__(self, scenes: Scenes, sound: SoundReading) -> None:
        self._scenes = scenes
        self._sound = sound

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
            waking, by_act = item.mask & scenes.waking_agent, scenes.by_agent
        else:
            self._watch_customer(state, item, out)
            spared = frozenset()
            waking, by_act = item.mask & scenes.waking_customer, scenes.by_customer
        if waking:
            woken = {number for act in bits(waking) for number in by_act[act]}
            for number in sorted(woken - spared):
                self._open(number, state, out, item)

    def signal(self, state: State, item: Item, out: Output) -> None:
        """Take a signal in."""
        for opportunity in tuple(state.open.values()):
            scene = self._scenes.all[opportunity.scene]
            if scene.expected.signals:
                self._settle_if_met(scene, opportunity, state, out)
        for by, number in self._scenes.by_signal.get(item.signal, ()):
            if by is None or by is item.by:
                self._open(number, state, out, item)

    def finish(self, state: State, out: Output) -> None:
        """Close everything: what was not done by now was missed."""
        for opportunity in tuple(state.open.values()):
            self._decide(self._scenes.all[opportunity.scene], opportunity, state, out)
        if not state.facts.signals:
            self._without_signals(state, out)

    def _without_signals(self, state: State, out: Output) -> None:
        for scene in self._scenes.all:
            spec = scene.spec
            dependent = scene.needs_signals and all(t.signal is not None for t in spec.when)
            if dependent and spec.when and guard(spec.facts, state.facts) is not False:
                out.verdict(spec.clause, spec.id, Outcome.UNDECIDED, output.NO_SIGNALS)

    def _count(self, state: State, item: Item) -> None:
        """Count a turn, and remember where what counts from the start was first done."""
        if item.by is Speaker.AGENT:
            state.agent_turns += 1
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
        if state.closed >> number & 1 or number in state.open:
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

    def _opportunity(self, scene: CompiledScene, state: State, item: Item | None) -> Opportunity:
        """Open an opportunity, with what counts from before it."""
        if item is None:
            opportunity = Opportunity(scene.number, 0, Speaker.SYSTEM, -1)
            opportunity.agent_turns = state.agent_turns
            take_all(opportunity, scene, state)
            return opportunity
        opportunity = Opportunity(scene.number, item.order, item.by, item.turn)
        if item.turn >= 0:
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
                self._say(scene, outcome, why, shown, out)
                out.hints.append(scene.warning)
                if not suspect:
                    missed.add(number)
                    self._close(scene, state)
        return frozenset(missed)

    def _spoil(
        self, scene: CompiledScene, opportunity: Opportunity, state: State, item: Item, out: Output
    ) -> None:
        """Close an opportunity that the agent has just made impossible to keep."""
        opportunity.faults = item.evidence(scene.spoiled_by.bit_length() - 1)
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
        self._settle(scene, opportunity, state, out, outcome, why)

    def _heard_by_sound(self, scene: CompiledScene, opportunity: Opportunity, state: State) -> bool:
        """Try again with what the agent's words sound like: it can credit, never convict."""
        masks = self._sounds(scene, opportunity, state)
        if not masks or scene.expect is None:
            return False
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

    def _settle(
        self,
        scene: CompiledScene,
        opportunity: Opportunity,
        state: State,
        out: Output,
        outcome: Outcome,
        why: Why,
    ) -> None:
        if not state.speakers_known:
            outcome, why = Outcome.UNDECIDED, output.NO_SPEAKERS
        elif opportunity.undecided:
            unknown = unknown_facts(scene.spec.facts, state.facts)
            outcome, why = Outcome.UNDECIDED, output.unknown_fact(unknown)
        self._say(scene, outcome, why, shown(opportunity, scene, outcome, state), out)
        self._close(scene, state)

    @staticmethod
    def _say(scene: CompiledScene, outcome: Outcome, why: Why, shown: Shown, out: Output) -> None:
        spec = scene.spec
        turns, quote, at = shown
        out.verdict(spec.clause, spec.id, outcome, why, turns=turns, quote=quote, at=at)


def _so_far(scene: int, state: State) -> Opportunity:
    """Return all that was seen so far, as a prerequisite sees it."""
    seen = (state.seen_agent, state.seen_customer)
    return Opportunity(scene, 0, Speaker.SYSTEM, -1, *seen)

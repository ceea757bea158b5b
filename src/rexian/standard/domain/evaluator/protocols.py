"""Timed protocols at work: the steps while the other side is silent, and their seconds."""

from __future__ import annotations

from dataclasses import dataclass

from rexian.standard.domain.evaluator import output
from rexian.standard.domain.evaluator.course import CourseCompiler, Holds, Interest
from rexian.standard.domain.evaluator.output import Output, Reasons
from rexian.standard.domain.evaluator.scenes import guard
from rexian.standard.domain.evaluator.state import Item, Opportunity, State
from rexian.standard.domain.events import SignalName, Speaker
from rexian.standard.domain.pack.schema import ProtocolSpec
from rexian.standard.domain.verdicts import Hint, HintKind, Outcome


@dataclass(frozen=True, slots=True)
class _Running:
    """How far a protocol is: the steps done, when the last words ended, the turns so far."""

    step: int
    since: float
    turns: tuple[int, ...]


class ProtocolWatch:
    """One protocol, watching turn by turn."""

    def __init__(self, spec: ProtocolSpec, compiler: CourseCompiler) -> None:
        self.spec = spec
        self._opens = 1 << compiler.act(Speaker.AGENT, spec.opens)
        self._does = [1 << compiler.act(Speaker.AGENT, step.does) for step in spec.steps]
        self._waits = [step.after.total_seconds() for step in spec.steps]
        self._hang_up = spec.hang_up_after.total_seconds()
        self._tolerance = spec.tolerance.total_seconds()
        self._unless: Holds | None = (
            compiler.compile(spec.unless, Interest()) if spec.unless else None
        )

    def turn(self, state: State, item: Item, out: Output) -> None:
        """Take a turn in: a step, more of the same speech, or the end of the silence."""
        if guard(self.spec.facts, state.facts) is not True:
            return
        running = self._recall(state)
        if item.by is not Speaker.AGENT:
            if running and running.step > 0:
                self._say(state, out, Outcome.MET, running)
            self._remember(state, None)
            return
        if item.start is None or item.end is None:
            return
        if running:
            running = self._next(running, state, item, out)
        if running is None and self._may_open(state, item):
            running = self._opened(item)
        self._remember(state, running)
        if running and running.step < len(self._waits):
            self._hint(running, out)

    def signal(self, state: State, item: Item, out: Output) -> None:
        """Judge the end of the call while the protocol runs."""
        running = self._recall(state)
        if item.signal != SignalName.HANG_UP or running is None or item.start is None:
            return
        waited = item.start - running.since
        if item.by is Speaker.AGENT:
            through = running.step == len(self._waits)
            if through and waited >= self._hang_up - self._tolerance:
                self._say(state, out, Outcome.MET, running)
            elif running.step > 0 or waited >= self.spec.silence.total_seconds():
                self._say(state, out, Outcome.MISSED, running, at=item.start)
        elif running.step > 0:
            self._say(state, out, Outcome.MET, running)
        self._remember(state, None)

    def finish(self, state: State, out: Output) -> None:
        """Say so where the record has no times to judge by."""
        fits = guard(self.spec.facts, state.facts)
        if fits is not False and state.clock is None and state.agent_turns:
            out.verdict(self.spec.clause, self.spec.id, Outcome.UNDECIDED, output.NO_TIMES)

    def _next(
        self, running: _Running, state: State, item: Item, out: Output
    ) -> _Running | None:
        """Return how far the protocol is after an agent's turn; ``None`` where it is over."""
        assert item.start is not None and item.end is not None
        waited = item.start - running.since
        if running.step == len(self._waits):
            return _Running(running.step, item.end, (*running.turns, item.turn))
        wait = self._waits[running.step]
        if not item.mask & self._does[running.step]:
            if waited < wait - self._tolerance and not item.mask & self._opens:
                return _Running(running.step, item.end, running.turns)
            return None
        if waited < wait - self._tolerance:
            if running.step == 0 and waited < self.spec.same_breath.total_seconds():
                return _Running(0, item.end, running.turns)
            turns = (*running.turns, item.turn)
            self._say(state, out, Outcome.MISSED, _Running(running.step, waited, turns))
            return None
        return _Running(running.step + 1, item.end, (*running.turns, item.turn))

    def _may_open(self, state: State, item: Item) -> bool:
        if self.spec.before_customer and state.customer_turns:
            return False
        return bool(item.mask & self._opens)

    def _opened(self, item: Item) -> _Running:
        assert item.end is not None
        at_once = self.spec.at_once and bool(item.mask & self._does[0])
        return _Running(int(at_once), item.end, (item.turn,))

    def _hint(self, running: _Running, out: Output) -> None:
        due = running.since + self._waits[running.step]
        words = self.spec.steps[running.step].say
        out.hints.append(Hint(HintKind.PROTOCOL, self.spec.clause, self.spec.id, words, due))

    def _say(
        self,
        state: State,
        out: Output,
        outcome: Outcome,
        running: _Running,
        at: float | None = None,
    ) -> None:
        spec = self.spec
        general = output.MET if outcome is Outcome.MET else output.MISSED
        why: Reasons = spec.why.get(outcome.value) or output.with_title(general, spec.title)
        nobody = Opportunity(-1, 0, Speaker.SYSTEM, -1)
        if self._unless is not None and self._unless(nobody, state):
            outcome, why = Outcome.NOT_APPLICABLE, output.NOT_DUE
        turns = running.turns[1:] or running.turns
        item = next((one for one in state.recent if one.turn == turns[-1]), None)
        quote, start = (item.text, item.start) if item else ("", None)
        at = start if at is None else at
        out.verdict(spec.clause, spec.id, outcome, why, turns=turns, quote=quote, at=at)

    def _recall(self, state: State) -> _Running | None:
        kept = state.memory.get(self.spec.id)
        return _Running(kept[0], kept[1], tuple(kept[2])) if kept else None

    def _remember(self, state: State, running: _Running | None) -> None:
        if running is None:
            state.memory.pop(self.spec.id, None)
        else:
            state.memory[self.spec.id] = (running.step, running.since, running.turns)

"""Timed protocols at work: the steps while the other side is silent, and their seconds."""

from __future__ import annotations

from dataclasses import dataclass

from rexian.standard.domain.evaluator import output
from rexian.standard.domain.evaluator.course import CourseCompiler, Holds, Interest
from rexian.standard.domain.evaluator.doubts import is_lost
from rexian.standard.domain.evaluator.guards import guard
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.opportunities import Opportunity
from rexian.standard.domain.evaluator.output import Output, Why, reason
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import SignalName, Speaker
from rexian.standard.domain.pack.schema import ProtocolSpec, Step
from rexian.standard.domain.verdicts import Hint, HintKind, Outcome

_STOPPING = frozenset({SignalName.HOLD_ON, SignalName.MUTE, SignalName.TRANSFER})


@dataclass(frozen=True, slots=True)
class _Running:
    """How far a protocol is: the steps done, when the last words ended, the turns so far."""

    step: int
    since: float
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """What a running protocol comes to next: the step by its place, and when it is due.

    ``step`` is ``None`` where all words are said and only the ending is left.
    """

    number: int
    step: Step | None
    due_at: float


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A turn of the agent with its times."""

    turn: int
    mask: int
    start: float
    end: float


class ProtocolWatch:
    """One protocol, watching turn by turn."""

    def __init__(self, spec: ProtocolSpec, compiler: CourseCompiler) -> None:
        self.spec = spec
        self._opens = 1 << compiler.act(Speaker.AGENT, spec.opens)
        self._stops = 1 << compiler.act(Speaker.AGENT, spec.stops) if spec.stops else 0
        self._does = [1 << compiler.act(Speaker.AGENT, step.does) for step in spec.steps]
        self._waits = [step.after.total_seconds() for step in spec.steps]
        self._hang_up = spec.hang_up_after.total_seconds()
        self._tolerance = spec.tolerance.total_seconds()
        self._unless: Holds | None = (
            compiler.compile(spec.unless, Interest()) if spec.unless else None
        )
        self._why = {
            Outcome.MET: _reason(spec, Outcome.MET, output.MET),
            Outcome.MISSED: _reason(spec, Outcome.MISSED, output.MISSED),
        }

    def pending(self, state: State) -> Pending | None:
        """Return what comes next, where the protocol is running."""
        running = self._recall(state)
        if running is None:
            return None
        step = self.spec.steps[running.step] if running.step < len(self._waits) else None
        return Pending(running.step + 1, step, self._due(running))

    def is_through(self, state: State, at: float | None) -> bool:
        """Say whether all steps are done and the wait after the last of them is over."""
        running = self._recall(state)
        if running is None or running.step < len(self._waits) or at is None:
            return False
        return at - running.since >= self._hang_up - self._tolerance

    def turn(self, state: State, item: Item, out: Output) -> None:
        """Take a turn in: a step, more of the same speech, or the end of the silence."""
        opens = item.by is Speaker.AGENT and bool(item.mask & self._opens)
        if not opens and self.spec.id not in state.memory:
            return
        if guard(self.spec.facts, state.facts) is not True:
            return
        if item.by is Speaker.AGENT:
            if item.start is not None and item.end is not None and not item.aside:
                spoken = _Spoken(item.turn, item.mask, item.start, item.end)
                self._speaks(state, spoken, out)
            return
        running = self._recall(state)
        if running and running.step > 0:
            self._say(state, out, Outcome.MET, running.turns)
        self._remember(state, None)

    def signal(self, state: State, item: Item, out: Output) -> None:
        """Judge the end of the call while the protocol runs; a hold or a transfer stops it."""
        running = self._recall(state)
        if item.signal in _STOPPING:
            self._remember(state, None)
        if item.signal != SignalName.HANG_UP or running is None or item.start is None:
            return
        waited = item.start - running.since
        if self.is_through(state, item.start):
            state.memory[f"{self.spec.id}:through"] = True
        if item.by is Speaker.AGENT:
            through = running.step == len(self._waits)
            if through and waited >= self._hang_up - self._tolerance:
                self._say(state, out, Outcome.MET, running.turns)
            elif running.step > 0 or waited >= self.spec.silence.total_seconds():
                turns = _with_last_words(running.turns, state)
                self._say(state, out, Outcome.MISSED, turns, at=item.start)
        elif running.step > 0:
            self._say(state, out, Outcome.MET, running.turns)
        self._remember(state, None)

    def interrupt(self, state: State) -> None:
        """Forget how far it was: somebody spoke, and nobody can tell who."""
        self._remember(state, None)

    def finish(self, state: State, out: Output) -> None:
        """Say so where the record has no times to judge by."""
        fits = guard(self.spec.facts, state.facts)
        if fits is not False and state.clock is None and state.agent_turns:
            out.verdict(self.spec.clause, self.spec.id, Outcome.UNDECIDED, output.NO_TIMES)

    def _speaks(self, state: State, spoken: _Spoken, out: Output) -> None:
        running = self._recall(state)
        if running:
            running = self._next(running, state, spoken, out)
        if running is None and self._may_open(state, spoken.mask):
            at_once = self.spec.at_once and bool(spoken.mask & self._does[0])
            running = _Running(int(at_once), spoken.end, (spoken.turn,))
        self._remember(state, running)
        if running and running.step < len(self._waits):
            self._hint(running, out)

    def _next(
        self, running: _Running, state: State, spoken: _Spoken, out: Output
    ) -> _Running | None:
        """Return how far the protocol is after an agent's turn; ``None`` where it is over."""
        step, turns = running.step, (*running.turns, spoken.turn)
        waited = spoken.start - running.since
        if step == len(self._waits):
            through = waited >= self._hang_up - self._tolerance
            return _Running(step, running.since if through else spoken.end, turns)
        early = waited < self._waits[step] - self._tolerance
        step = self._reached(step, spoken.mask)
        if not spoken.mask & self._does[step]:
            if spoken.mask & self._stops:
                return None
            again = spoken.mask & self._opens
            return None if again else _Running(step, spoken.end, running.turns)
        if not early:
            return _Running(step + 1, spoken.end, turns)
        if step == 0 and waited < self.spec.same_breath.total_seconds():
            return _Running(0, spoken.end, running.turns)
        self._say(state, out, Outcome.MISSED, turns)
        return None

    def _reached(self, step: int, mask: int) -> int:
        """Return the step that words do, past optional ones that were left out."""
        reached = step
        while not mask & self._does[reached] and self.spec.steps[reached].optional:
            reached += 1
        return reached if mask & self._does[reached] else step

    def _may_open(self, state: State, mask: int) -> bool:
        if self.spec.before_customer and state.customer_turns:
            return False
        return bool(mask & self._opens) and not mask & self._stops

    def _due(self, running: _Running) -> float:
        """Return when the next step is due; the first not before there is silence at all."""
        if running.step == len(self._waits):
            return running.since + self._hang_up
        least = 0.0 if running.step else self.spec.silence.total_seconds()
        return running.since + max(self._waits[running.step], least)

    def _hint(self, running: _Running, out: Output) -> None:
        due = self._due(running)
        words = self.spec.steps[running.step].say
        out.hints.append(Hint(HintKind.PROTOCOL, self.spec.clause, self.spec.id, words, due))

    def _say(
        self,
        state: State,
        out: Output,
        outcome: Outcome,
        turns: tuple[int, ...],
        at: float | None = None,
    ) -> None:
        spec = self.spec
        why = self._why[outcome]
        so_far = Opportunity(-1, 0, Speaker.SYSTEM, -1, state.seen_agent, state.seen_customer)
        if self._unless is not None and self._unless(so_far, state):
            outcome, why = Outcome.NOT_APPLICABLE, output.NOT_DUE
        shown = turns[1:] or turns
        item = state.recall(shown[-1])
        quote, start = (item.text, item.start) if item else ("", None)
        at = start if at is None else at
        unsure = state.heard and _is_any_lost(turns[0], state)
        out.verdict(
            spec.clause, spec.id, outcome, why, turns=shown, quote=quote, at=at, unsure=unsure
        )

    def _recall(self, state: State) -> _Running | None:
        kept = state.memory.get(self.spec.id)
        return _Running(kept[0], kept[1], tuple(kept[2])) if kept else None

    def _remember(self, state: State, running: _Running | None) -> None:
        if running is None:
            state.memory.pop(self.spec.id, None)
        else:
            state.memory[self.spec.id] = (running.step, running.since, running.turns)


def _is_any_lost(since: int, state: State) -> bool:
    """Say whether recognition lost a turn since then, which may have been a step or an answer."""
    return any(is_lost(one) for one in state.recent if one.turn >= since)


def _with_last_words(turns: tuple[int, ...], state: State) -> tuple[int, ...]:
    """Return the turns of a protocol with the agent's last: after it the agent hung up."""
    spoken = (one.turn for one in reversed(state.recent) if one.by is Speaker.AGENT)
    last = next((turn for turn in spoken if turn >= 0), -1)
    return turns if last in (-1, *turns) else (*turns, last)


def _reason(spec: ProtocolSpec, outcome: Outcome, general: Why) -> Why:
    own = spec.why.get(outcome.value)
    return reason(own) if own else output.with_title(general, spec.title)

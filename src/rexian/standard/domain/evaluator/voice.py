"""How fast the agent speaks, over the sum of her turns."""

from __future__ import annotations

from rexian.standard.domain.evaluator import output
from rexian.standard.domain.evaluator.guards import guard
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.output import Output, Why, reason
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.pack.schema import VoiceRule
from rexian.standard.domain.verdicts import Outcome

_NOTHING = (0, 0.0, 0)
"""Characters, seconds and turns before anything is said."""


class RateWatch:
    """One rule on the speaking rate, adding up turn by turn."""

    def __init__(self, spec: VoiceRule) -> None:
        self.spec = spec

    def turn(self, state: State, item: Item, out: Output) -> None:  # noqa: ARG002
        """Add up characters and seconds of the agent's speech."""
        if item.by is not Speaker.AGENT or item.start is None or item.end is None:
            return
        if guard(self.spec.facts, state.facts) is False:
            return
        characters, seconds, turns = state.memory.get(self.spec.id, _NOTHING)
        spoken = sum(map(str.isalnum, item.text))
        length = max(0.0, item.end - item.start)
        state.memory[self.spec.id] = (characters + spoken, seconds + length, turns + 1)

    def signal(self, state: State, item: Item, out: Output) -> None:
        """Take a signal in: it says nothing to this rule."""

    def finish(self, state: State, out: Output) -> None:
        """Judge the rate, where there was speech enough."""
        spec = self.spec
        fits = guard(spec.facts, state.facts)
        if fits is False or not state.agent_turns:
            return
        if fits is None:
            self._say(out, Outcome.UNDECIDED, output.unknown_fact(spec.facts))
            return
        characters, seconds, turns = state.memory.get(spec.id, _NOTHING)
        if state.clock is None:
            self._say(out, Outcome.UNDECIDED, output.NO_TIMES)
        elif seconds >= spec.min_speech.total_seconds() and turns >= spec.min_turns:
            self._judge(characters * 60 / seconds, out)

    def _judge(self, rate: float, out: Output) -> None:
        spec = self.spec
        lowest = spec.at_least * (1 - spec.tolerance)
        highest = spec.at_most * (1 + spec.tolerance)
        outcome = Outcome(spec.outcome)
        if lowest <= rate <= highest:
            outcome = Outcome.MET
        elif spec.at_least * (1 - spec.doubtful) <= rate <= spec.at_most * (1 + spec.doubtful):
            outcome = Outcome.SUSPECT
        span = f"{lowest:.0f}-{highest:.0f}"
        why = reason(
            {
                "zh-Hans": f"语速每分钟 {rate:.0f} 字（要求 {span}）",
                "zh-Hant": f"語速每分鐘 {rate:.0f} 字（要求 {span}）",
                "en": f"{rate:.0f} characters a minute ({span} asked)",
            }
        )
        self._say(out, outcome, why)

    def _say(self, out: Output, outcome: Outcome, why: Why) -> None:
        out.verdict(self.spec.clause, self.spec.id, outcome, why)

"""How the agent sounds: how fast, how loud against the other side, and louder once asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rexian.kernel.text.aloud import spoken_characters
from rexian.standard.domain.evaluator import output
from rexian.standard.domain.evaluator.course import CourseCompiler
from rexian.standard.domain.evaluator.guards import guard
from rexian.standard.domain.evaluator.items import Item
from rexian.standard.domain.evaluator.output import Output, Why, reason
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.pack.schema import VoiceRule
from rexian.standard.domain.verdicts import Outcome

_NOTHING = (0.0, 0.0, 0)
"""An amount, its weight and its turns before anything is said."""
_BEFORE, _AFTER = "before", "after"

_Sum = tuple[float, float, int]
"""Characters or decibels times seconds, seconds, turns."""


class VoiceWatch:
    """One rule on the agent's voice, adding up turn by turn."""

    def __init__(self, spec: VoiceRule, compiler: CourseCompiler) -> None:
        self.spec = spec
        during, after = spec.during, spec.after
        self._during = 1 << compiler.act(Speaker.AGENT, during) if during else 0
        self._after = 1 << compiler.act(Speaker.CUSTOMER, after) if after else 0

    def turn(self, state: State, item: Item, out: Output) -> None:  # noqa: ARG002
        """Add up what counts of a turn."""
        if item.start is None or item.end is None or item.aside:
            return
        if guard(self.spec.facts, state.facts) is False:
            return
        if item.by is Speaker.AGENT:
            self._add(state, _AFTER if self._is_asked(state) else _BEFORE, item)
        elif self.spec.measure == "loudness":
            self._add(state, Speaker.CUSTOMER.value, item)
        elif self._after and item.mask & self._after and not self._is_asked(state):
            self._keep(state, _AFTER, _NOTHING)

    def signal(self, state: State, item: Item, out: Output) -> None:
        """Take a signal in: it says nothing to this rule."""

    def finish(self, state: State, out: Output) -> None:
        """Judge the voice, where there was speech enough."""
        spec = self.spec
        fits = guard(spec.facts, state.facts)
        if fits is False or not state.turns:
            return
        if not state.speakers_known:
            self._say(out, Outcome.UNDECIDED, output.NO_SPEAKERS)
        elif not state.agent_turns:
            return
        elif spec.measure == "rate":
            self._judge_rate(state, out, known=fits is True)
        elif fits is True:
            self._judge_loudness(state, out)

    def _is_asked(self, state: State) -> bool:
        return _AFTER in self._kept(state)

    def _add(self, state: State, side: str, item: Item) -> None:
        """Add a turn to what is known of a side: characters, or loudness by its seconds."""
        if self._during and item.by is Speaker.AGENT and not item.mask & self._during:
            return
        voice, seconds = item.voice, max(0.0, (item.end or 0.0) - (item.start or 0.0))
        if self.spec.measure == "rate":
            amount: float = spoken_characters(item.text)
            if not amount:
                return
        elif voice is None or voice.loudness is None:
            return
        else:
            seconds = seconds if voice.spoken is None else voice.spoken
            amount = voice.loudness * seconds
        total, length, turns = self._kept(state).get(side, _NOTHING)
        self._keep(state, side, (total + amount, length + seconds, turns + 1))

    def _judge_rate(self, state: State, out: Output, *, known: bool) -> None:
        characters, seconds, turns = self._kept(state).get(_BEFORE, _NOTHING)
        if not known:
            self._say(out, Outcome.UNDECIDED, output.unknown_fact(self.spec.facts))
        elif state.clock is None:
            if not self._during:
                self._say(out, Outcome.UNDECIDED, output.NO_TIMES)
        elif self._is_enough(seconds, turns):
            self._judge(characters * 60 / seconds, out)

    def _judge_loudness(self, state: State, out: Output) -> None:
        """Judge the loudness against the customer's, or against the agent's own before.

        A volume in the range is no merit: of it nothing is said.
        """
        kept = self._kept(state)
        rise = self.spec.measure == "rise"
        mine = kept.get(_AFTER if rise else _BEFORE, _NOTHING)
        other = kept.get(_BEFORE if rise else Speaker.CUSTOMER.value, _NOTHING)
        if all(self._is_enough(seconds, turns) for _, seconds, turns in (mine, other)):
            self._judge(mine[0] / mine[1] - other[0] / other[1], out)

    def _is_enough(self, seconds: float, turns: int) -> bool:
        spec = self.spec
        long = seconds >= spec.min_speech.total_seconds()
        return long and turns >= spec.min_turns and seconds > 0

    def _judge(self, value: float, out: Output) -> None:
        spec = self.spec
        low, high = (spec.at_least, -1), (spec.at_most, 1)
        lowest, highest = (_wider(*edge, spec.tolerance) for edge in (low, high))
        doubted = [_wider(*edge, spec.doubtful) for edge in (low, high)]
        outcome = Outcome(spec.outcome)
        if lowest <= value <= highest:
            if spec.measure == "loudness":
                return
            outcome = Outcome.MET
        elif doubted[0] <= value <= doubted[1]:
            outcome = Outcome.SUSPECT
        self._say(out, outcome, _told(spec, value, lowest, highest))

    def _say(self, out: Output, outcome: Outcome, why: Why) -> None:
        out.verdict(self.spec.clause, self.spec.id, outcome, why)

    def _kept(self, state: State) -> Mapping[str, _Sum]:
        return {side: (a, b, n) for side, a, b, n in state.memory.get(self.spec.id, ())}

    def _keep(self, state: State, side: str, value: _Sum) -> None:
        """Remember a sum; memory is made of tuples."""
        kept: dict[str, Any] = {**self._kept(state), side: value}
        state.memory[self.spec.id] = tuple((one, *kept[one]) for one in kept)


def _wider(edge: float, towards: int, share: float) -> float:
    """Return the edge of a range, moved outwards by a share of itself."""
    return edge + towards * abs(edge) * share


def _told(spec: VoiceRule, value: float, lowest: float, highest: float) -> Why:
    if spec.measure == "rate":
        span = f"{lowest:.0f}-{highest:.0f}"
        return reason(
            {
                "zh-Hans": f"语速每分钟 {value:.0f} 字（要求 {span}）",
                "zh-Hant": f"語速每分鐘 {value:.0f} 字（要求 {span}）",
                "en": f"{value:.0f} characters a minute ({span} asked)",
            }
        )
    if spec.measure == "rise":
        return reason(
            {
                "zh-Hans": f"客户提出后，音量变化 {value:+.1f} 分贝（要求至少 {lowest:+.1f}）",
                "zh-Hant": f"客戶提出後，音量變化 {value:+.1f} 分貝（要求至少 {lowest:+.1f}）",
                "en": f"{value:+.1f} dB once asked (at least {lowest:+.1f} asked)",
            }
        )
    span = f"{lowest:+.0f}…{highest:+.0f}"
    return reason(
        {
            "zh-Hans": f"音量比客户 {value:+.1f} 分贝（要求 {span}）",
            "zh-Hant": f"音量比客戶 {value:+.1f} 分貝（要求 {span}）",
            "en": f"{value:+.1f} dB against the customer ({span} asked)",
        }
    )

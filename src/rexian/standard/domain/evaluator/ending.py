"""When a contact may be ended: who has said goodbye, and what allows it besides."""

from __future__ import annotations

from rexian.standard.domain.evaluator.course import CourseCompiler, Interest
from rexian.standard.domain.evaluator.guards import guard
from rexian.standard.domain.evaluator.opportunities import Opportunity
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.pack.guiding import EndingSpec

BOTH = frozenset({Speaker.AGENT, Speaker.CUSTOMER})


class EndingRule:
    """One way to end, over what was said last; it gives no verdict."""

    def __init__(self, spec: EndingSpec, compiler: CourseCompiler) -> None:
        self.spec = spec
        self._farewell = {by: 1 << compiler.act(by, spec.farewell) for by in BOTH}
        self._courtesy = 1 << compiler.act(Speaker.CUSTOMER, spec.courtesy)
        self._also = compiler.compile(spec.also, Interest()) if spec.also else None

    def binds(self, state: State) -> bool:
        """Say whether contacts of this kind are ended so; what is not known does not hinder."""
        return guard(self.spec.facts, state.facts) is not False

    def farewells(self, state: State) -> frozenset[Speaker]:
        """Return who has said goodbye since the customer last spoke of something else."""
        said: set[Speaker] = set()
        for item in reversed(state.recent):
            if item.turn < 0 or item.by not in BOTH:
                continue
            if item.mask & self._farewell[item.by]:
                said.add(item.by)
            elif item.by is Speaker.CUSTOMER and not item.mask & self._courtesy:
                break
        return frozenset(said)

    def unanswered_until(self, state: State) -> float | None:
        """Return when the agent's own goodbye has waited long enough, if nothing came after it."""
        wait = self.spec.unanswered.get(state.facts.channel or "")
        last = next((item for item in reversed(state.recent) if item.turn >= 0), None)
        if wait is None or last is None or last.end is None or last.by is not Speaker.AGENT:
            return None
        said = last.mask & self._farewell[Speaker.AGENT]
        return last.end + wait.total_seconds() if said else None

    def is_excused(self, state: State) -> bool:
        """Say whether what has happened allows the agent to end without goodbyes."""
        if self._also is None:
            return False
        seen = Opportunity(-1, 0, Speaker.SYSTEM, -1, state.seen_agent, state.seen_customer)
        return self._also(seen, state)

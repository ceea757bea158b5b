"""What another version of a standard says of a conversation, compared with what one said.

Verdicts are paired by clause, for a rule may be called otherwise in another version: first those on
the same turns, then the others in their order. Only what comes out otherwise is a change; a clause
that gave no opportunity said nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rexian.kernel.errors import Conflict, Invalid
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

NOTHING = "nothing"
"""What stands for a verdict where there is none."""

Tally = Mapping[str, Mapping[str, int]]
"""By clause, how often a verdict became which other: ``{"CC-1": {"missed>met": 3}}``."""

_TOLD = (Outcome.MET, Outcome.MISSED, Outcome.SUSPECT, Outcome.UNDECIDED)


class ReplayState(StrEnum):
    """Where a replay stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


UNFINISHED = frozenset({ReplayState.WAITING, ReplayState.RUNNING})


class NothingToReplay(Invalid):
    """A period that ends before it begins, or lies in the future (422)."""

    code = "replay-bad-period"


class ReplayOver(Conflict):
    """A replay that is over is not stopped (409)."""

    code = "replay-over"


@dataclass(frozen=True, slots=True)
class Side:
    """A verdict as one of two: what came out, by which rule, on which words, and why."""

    outcome: str
    rule: str
    turns: tuple[int, ...]
    quote: str
    why: Mapping[str, str]

    def to_plain(self) -> list[Any]:
        """Return it in values that JSON knows."""
        return [self.outcome, self.rule, list(self.turns), self.quote, dict(self.why)]

    @classmethod
    def from_plain(cls, plain: Sequence[Any]) -> Side:
        """Return what ``to_plain`` gave."""
        outcome, rule, turns, quote, why = plain
        return cls(outcome, rule, tuple(turns), quote, why)


@dataclass(frozen=True, slots=True)
class Change:
    """An opportunity to keep a clause of which two versions say different things."""

    clause: str
    before: Side
    after: Side

    @property
    def step(self) -> str:
        """Return what became what, as ``missed>met``."""
        return f"{self.before.outcome}>{self.after.outcome}"

    def to_plain(self) -> list[Any]:
        """Return it in values that JSON knows."""
        return [self.clause, self.before.to_plain(), self.after.to_plain()]

    @classmethod
    def from_plain(cls, plain: Sequence[Any]) -> Change:
        """Return what ``to_plain`` gave."""
        clause, before, after = plain
        return cls(clause, Side.from_plain(before), Side.from_plain(after))


@dataclass(frozen=True, slots=True)
class Replayed:
    """A conversation judged twice: both scores, and what changes."""

    before: float | None
    after: float | None
    changes: tuple[Change, ...]

    @property
    def differs(self) -> bool:
        """Tell whether anything is otherwise."""
        return bool(self.changes) or self.before != self.after

    @property
    def moved(self) -> float:
        """Return by how much the score differs, either way; 0 where one of them has none."""
        if self.before is None or self.after is None:
            return 0.0
        return round(abs(self.after - self.before), 1)


def compared(before: Inspection, after: Inspection) -> Replayed:
    """Compare what two versions say of the same conversation."""
    old, new = _by_clause(before.verdicts), _by_clause(after.verdicts)
    clauses = dict.fromkeys([*old, *new])
    changes = [
        Change(clause, _side(one), _side(other))
        for clause in clauses
        for one, other in _paired(old.get(clause, []), new.get(clause, []))
        if (one.outcome if one else None) != (other.outcome if other else None)
    ]
    return Replayed(before.score, after.score, tuple(changes))


def counted(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """Count changes by clause and step."""
    found: dict[str, Counter[str]] = {}
    for one in changes:
        found.setdefault(one.clause, Counter())[one.step] += 1
    return {clause: dict(steps) for clause, steps in found.items()}


def added(tally: Tally, more: Tally) -> dict[str, dict[str, int]]:
    """Return two tallies as one."""
    found = {clause: Counter(steps) for clause, steps in tally.items()}
    for clause, steps in more.items():
        found.setdefault(clause, Counter()).update(steps)
    return {clause: dict(steps) for clause, steps in found.items()}


def _by_clause(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {}
    for one in verdicts:
        if one.outcome in _TOLD:
            found.setdefault(one.clause, []).append(one)
    return found


def _paired(
    old: Sequence[Verdict], new: Sequence[Verdict]
) -> Iterator[tuple[Verdict | None, Verdict | None]]:
    """Pair verdicts on one clause: on the same turns, of the same outcome, then as they come."""
    left, right = list(old), list(new)
    for same in (_on_same_turns, _of_same_outcome, _as_they_come):
        for one in list(left):
            other = next((each for each in right if same(one, each)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                yield one, other
    yield from ((one, None) for one in left)
    yield from ((None, one) for one in right)


def _on_same_turns(one: Verdict, other: Verdict) -> bool:
    return bool(one.turns) and one.turns == other.turns


def _of_same_outcome(one: Verdict, other: Verdict) -> bool:
    return one.outcome is other.outcome


def _as_they_come(_: Verdict, __: Verdict) -> bool:
    return True


def _side(verdict: Verdict | None) -> Side:
    if verdict is None:
        return Side(NOTHING, "", (), "", {})
    why = dict(verdict.why)
    return Side(verdict.outcome.value, verdict.rule, verdict.turns, verdict.quote, why)

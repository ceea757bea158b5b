"""A piece of an archive to be judged again, and what came out of it.

A piece is some row groups of a shard: what one process does at a time, and what is done again where
that process is killed. What came out is one file that names the piece by its content and both
standards by theirs, so that what is done is not done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import Any

from rexian.dialogue.domain.replays import Change, Replayed, Tally, added, counted
from rexian.kernel.errors import RexianError
from rexian.standard.domain.verdicts import Inspection, Outcome

EXAMPLES = 100
"""Of so many conversations, those whose score moves most, a replay keeps what changes in them."""

FAULTS = 20
"""So many of those that could not be judged are named."""

_SAID = frozenset({Outcome.MET, Outcome.MISSED, Outcome.SUSPECT, Outcome.UNDECIDED})


@dataclass(frozen=True, slots=True)
class Piece:
    """Groups ``first`` to before ``after`` of the shard at ``path``.

    ``digest`` is that of what they say, ``shard`` is what the shard is called in its archive,
    wherever that lies.
    """

    path: str
    shard: str
    first: int
    after: int
    rows: int
    digest: str

    @property
    def name(self) -> str:
        """What the file of its results is called, without an ending."""
        return f"{self.shard}.{self.first}-{self.after}.{self.digest}"


@dataclass(frozen=True, slots=True)
class Example:
    """A conversation that comes out otherwise, and where it lies."""

    id: str
    shard: str
    before: float | None
    after: float | None
    changes: tuple[Change, ...]

    @property
    def order(self) -> tuple[float, int, str, str]:
        """Return what puts those that move most first."""
        moved = Replayed(self.before, self.after, self.changes).moved
        return -moved, -len(self.changes), self.shard, self.id

    def to_plain(self) -> list[Any]:
        """Return it in values that JSON knows."""
        changes = [one.to_plain() for one in self.changes]
        return [self.id, self.shard, self.before, self.after, changes]

    @classmethod
    def from_plain(cls, plain: Sequence[Any]) -> Example:
        """Return what ``to_plain`` gave."""
        id_, shard, before, after, changes = plain
        return cls(id_, shard, before, after, tuple(map(Change.from_plain, changes)))


@dataclass(frozen=True, slots=True)
class Outturn:
    """What judging again came to: of a piece, or of many together.

    ``tally`` counts by clause what became what (``missed>met``), or where one standard alone
    judged, what came out (``missed``). Means are of the ``scored``: those with both scores.
    """

    conversations: int = 0
    turns: int = 0
    failed: int = 0
    changed: int = 0
    scored: int = 0
    sum_before: float = 0.0
    sum_after: float = 0.0
    up: int = 0
    down: int = 0
    tally: Tally = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    """Conversations that could not be judged, and why."""

    @property
    def mean_before(self) -> float | None:
        """Return the mean score that the first standard gives."""
        return self.sum_before / self.scored if self.scored else None

    @property
    def mean_after(self) -> float | None:
        """Return the mean score that the other standard gives."""
        return self.sum_after / self.scored if self.scored else None

    def to_plain(self) -> dict[str, Any]:
        """Return it in values that JSON knows."""
        plain = {name: getattr(self, name) for name in _COUNTS}
        examples = [one.to_plain() for one in self.examples]
        return plain | {"tally": self.tally, "examples": examples, "faults": self.faults}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Outturn:
        """Return what ``to_plain`` gave."""
        counts = {name: plain[name] for name in _COUNTS}
        examples = tuple(map(Example.from_plain, plain["examples"]))
        faults = tuple((id_, why) for id_, why in plain["faults"])
        return cls(**counts, tally=plain["tally"], examples=examples, faults=faults)


_COUNTS = (
    *("conversations", "turns", "failed", "changed", "scored"),
    *("sum_before", "sum_after", "up", "down"),
)


def together(parts: Iterable[Outturn]) -> Outturn:
    """Return what parts come to as a whole."""
    whole = Outturn()
    for one in parts:
        sums = {name: getattr(whole, name) + getattr(one, name) for name in _COUNTS}
        whole = replace(
            whole,
            **sums,
            tally=added(whole.tally, one.tally),
            examples=most_moved((*whole.examples, *one.examples)),
            faults=(whole.faults + one.faults)[:FAULTS],
        )
    return whole


def most_moved(examples: Iterable[Example]) -> tuple[Example, ...]:
    """Return as many of the conversations that move most as are kept."""
    return tuple(nsmallest(EXAMPLES, examples, key=lambda one: one.order))


def compared_counts(replayed: Sequence[Replayed]) -> dict[str, Any]:
    """Return what two standards come to in conversations that both have judged."""
    pairs = [
        (one.before, one.after)
        for one in replayed
        if one.before is not None and one.after is not None
    ]
    return {
        "changed": sum(one.differs for one in replayed),
        "scored": len(pairs),
        "sum_before": sum(before for before, _ in pairs),
        "sum_after": sum(after for _, after in pairs),
        "up": sum(after > before for before, after in pairs),
        "down": sum(after < before for before, after in pairs),
        "tally": counted(change for one in replayed for change in one.changes),
    }


def judged_counts(inspections: Iterable[Inspection]) -> dict[str, Any]:
    """Return what one standard comes to; both scores are its own."""
    tally: dict[str, dict[str, int]] = {}
    scores = []
    for one in inspections:
        if one.score is not None:
            scores.append(one.score)
        for verdict in one.verdicts:
            if verdict.outcome in _SAID:
                steps = tally.setdefault(verdict.clause, {})
                steps[verdict.outcome.value] = steps.get(verdict.outcome.value, 0) + 1
    total = sum(scores)
    return {"scored": len(scores), "sum_before": total, "sum_after": total, "tally": tally}


@dataclass(frozen=True, slots=True)
class Ruined:
    """A shard or a piece of one that could not be judged, and why."""

    shard: str
    error: RexianError
    rows: int = 0

"""How far the verdicts on a call as it was heard equal those on its true text.

Compared is what is said of somebody: met, missed and suspected. Two verdicts are the same where
clause and outcome are, and what they show overlaps in time; one that shows nothing (an act that is
missing altogether) equals any of its clause and outcome. Each counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rexian.standard.domain.events import Turn
from rexian.standard.domain.verdicts import Outcome, Verdict

SAID = frozenset({Outcome.MET, Outcome.MISSED, Outcome.SUSPECT})
APART = 1.0
"""Seconds by which turns may miss each other: recordings are cut a little differently."""


@dataclass(frozen=True, slots=True)
class Equality:
    """What is said of one call by its sound and by its true text.

    ``same`` are pairs, ``only_true`` what the sound did not show, ``only_heard`` what is said of
    the sound alone.
    """

    same: tuple[tuple[Verdict, Verdict], ...] = ()
    only_true: tuple[Verdict, ...] = ()
    only_heard: tuple[Verdict, ...] = ()

    def __add__(self, other: Equality) -> Equality:
        return Equality(
            self.same + other.same,
            self.only_true + other.only_true,
            self.only_heard + other.only_heard,
        )

    @property
    def share(self) -> float:
        """Return how many of all that either says are said by both; 1 where nothing is said."""
        whole = len(self.same) + len(self.only_true) + len(self.only_heard)
        return len(self.same) / whole if whole else 1.0

    @property
    def right(self) -> float:
        """Return how many of the verdicts on the sound the true text bears out."""
        whole = len(self.same) + len(self.only_heard)
        return len(self.same) / whole if whole else 1.0

    @property
    def wrongly_missed(self) -> tuple[Verdict, ...]:
        """Return the misses that only the sound shows: nobody may be convicted by them."""
        return tuple(one for one in self.only_heard if one.outcome is Outcome.MISSED)


Judged = tuple[Sequence[Turn], Iterable[Verdict]]
"""The turns of a call, and the verdicts on them."""


def compare_heard(true: Judged, heard: Judged) -> Equality:
    """Return how the verdicts on a call as it was heard equal those on its true text."""
    true_turns, heard_turns = (_by_index(turns) for turns, _ in (true, heard))
    left = list(_said(heard[1], heard_turns))
    same, only_true = [], []
    for one in _said(true[1], true_turns):
        alike = [other for other in left if (other.clause, other.outcome) == _kind(one)]
        spans = _spans(one, true_turns)
        found = next((it for it in alike if _meet(spans, _spans(it, heard_turns))), None)
        if found is None:
            only_true.append(one)
        else:
            left.remove(found)
            same.append((one, found))
    return Equality(tuple(same), tuple(only_true), tuple(left))


def _said(verdicts: Iterable[Verdict], turns: Mapping[int, Turn]) -> Iterator[Verdict]:
    """Yield what is said of somebody; what several rules say of a whole call counts once."""
    whole: set[tuple[str, Outcome]] = set()
    for one in verdicts:
        if one.outcome not in SAID:
            continue
        if not _spans(one, turns):
            if _kind(one) in whole:
                continue
            whole.add(_kind(one))
        yield one


def _kind(verdict: Verdict) -> tuple[str, Outcome]:
    return verdict.clause, verdict.outcome


def _by_index(turns: Sequence[Turn]) -> Mapping[int, Turn]:
    return {turn.index: turn for turn in turns}


def _spans(verdict: Verdict, turns: Mapping[int, Turn]) -> list[tuple[float, float]]:
    """Return from when to when the turns last that a verdict shows, as far as they are timed."""
    shown = (turns[one] for one in verdict.turns if one in turns)
    return [(t.start, t.end) for t in shown if t.start is not None and t.end is not None]


def _meet(spans: list[tuple[float, float]], others: list[tuple[float, float]]) -> bool:
    if not spans or not others:
        return True
    return any(a - APART <= end and start <= b + APART for a, b in spans for start, end in others)

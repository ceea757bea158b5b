"""The score of a conversation: the weight of what was met over the weight of what was decided."""

from __future__ import annotations

from collections.abc import Iterable

from rexian.standard.domain.pack.schema import Scorecard
from rexian.standard.domain.verdicts import Outcome, Verdict


class Scoring:
    """What the verdicts of a standard weigh; without a scorecard every clause weighs the same."""

    def __init__(self, card: Scorecard | None) -> None:
        self._weights = _weights(card)
        self._fatal = frozenset(card.fatal) if card else frozenset[str]()

    def score(self, verdicts: Iterable[Verdict]) -> float | None:
        """Return 0 to 100, one decimal; ``None`` where nothing was met or missed.

        A missed fatal clause makes it 0; suspicions and what does not apply do not count. A clause
        weighs once, however often it came up: its weight goes by the share of times it was met.
        """
        met: dict[str, int] = {}
        decided: dict[str, int] = {}
        for one in verdicts:
            if one.outcome is Outcome.MISSED and one.clause in self._fatal:
                return 0.0
            if one.outcome is Outcome.MET or one.outcome is Outcome.MISSED:
                decided[one.clause] = decided.get(one.clause, 0) + 1
                met[one.clause] = met.get(one.clause, 0) + (one.outcome is Outcome.MET)
        weights = self._weights
        total = sum(weights.get(clause, 1.0) for clause in decided)
        if not total:
            return None
        reached = sum(
            weights.get(clause, 1.0) * met[clause] / count for clause, count in decided.items()
        )
        return round(100 * reached / total, 1)


def _weights(card: Scorecard | None) -> dict[str, float]:
    """Spread the weight of each section evenly over its clauses."""
    if card is None:
        return {}
    return {
        clause: section.weight / len(section.clauses)
        for section in card.sections
        for clause in section.clauses
    }

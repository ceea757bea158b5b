"""Count verdicts while conversations pass by, so that a summary needs none of them kept."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.reports.inspection.cleaning import one_line, visible
from rexian.standard.domain.verdicts import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class ClauseTally:
    """How often one clause of one standard was kept."""

    standard: str
    clause: str
    outcomes: Counter[Outcome]

    def __getitem__(self, outcome: Outcome) -> int:
        return self.outcomes[outcome]

    @property
    def share_met(self) -> float | None:
        """The part met of what was met or missed, ``None`` where it was neither."""
        return share_met(self.outcomes)


@dataclass(slots=True)
class Summary:
    """What all the conversations so far have in common; filled by ``add``."""

    conversations: int = 0
    with_misses: int = 0
    with_suspicions: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    scores: list[float] = field(default_factory=list)
    versions: dict[tuple[str, str, str], int] = field(default_factory=dict)
    asked_for: Counter[tuple[str, str]] = field(default_factory=Counter)
    _clauses: dict[tuple[str, str], Counter[Outcome]] = field(default_factory=dict)

    def add(self, inspected: InspectedConversation) -> None:
        """Count one conversation."""
        inspection = inspected.inspection
        counts = counted(inspection.verdicts)
        self.conversations += 1
        self.with_misses += counts[Outcome.MISSED] > 0
        self.with_suspicions += counts[Outcome.SUSPECT] > 0
        self.outcomes.update(counts)
        if inspection.score is not None:
            self.scores.append(inspection.score)
        standard = one_line(inspection.standard)
        version = (standard, inspection.version, inspection.content_hash)
        self.versions[version] = self.versions.get(version, 0) + 1
        if inspected.asked_for is not None:
            self.asked_for[one_line(inspected.asked_for), standard] += 1
        for verdict in inspection.verdicts:
            clause = self._clauses.setdefault((standard, visible(verdict.clause)), Counter())
            clause[verdict.outcome] += 1

    @property
    def mean_score(self) -> float | None:
        """The mean over the conversations that have a score."""
        return math.fsum(self.scores) / len(self.scores) if self.scores else None

    @property
    def share_met(self) -> float | None:
        """The part met of all that was met or missed."""
        return share_met(self.outcomes)

    def clauses(self) -> list[ClauseTally]:
        """Return every clause that was judged, by standard and in the order of the clauses."""
        found = [ClauseTally(*key, outcomes) for key, outcomes in self._clauses.items()]
        return sorted(found, key=lambda tally: (tally.standard, clause_order(tally.clause)))

    def worst(self) -> list[ClauseTally]:
        """Return the clauses that were missed, most often first.

        A clause that several standards share is one clause here, named with the first of them.
        """
        merged: dict[str, ClauseTally] = {}
        for tally in self.clauses():
            known = merged.setdefault(
                tally.clause, ClauseTally(tally.standard, tally.clause, Counter())
            )
            known.outcomes.update(tally.outcomes)
        missed = [tally for tally in merged.values() if tally[Outcome.MISSED]]
        return sorted(missed, key=lambda tally: (-tally[Outcome.MISSED], tally.share_met or 0.0))

    def histogram(self, bins: int = 10) -> list[int]:
        """Return how many scores fall into each of ``bins`` equal parts of 0 to 100."""
        counts = [0] * bins
        for score in self.scores:
            counts[min(bins - 1, max(0, int(score * bins / 100)))] += 1
        return counts


def counted(verdicts: Iterable[Verdict]) -> Counter[Outcome]:
    """Return how many verdicts there are of each outcome."""
    return Counter(verdict.outcome for verdict in verdicts)


def share_met(outcomes: Counter[Outcome]) -> float | None:
    """Return the part met of what was met or missed, ``None`` where nothing was."""
    met, missed = outcomes[Outcome.MET], outcomes[Outcome.MISSED]
    return met / (met + missed) if met + missed else None


def clause_order(clause: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts HW-3.9 before HW-3.12 and CC-2 before CC-2b."""
    parts = re.findall(r"\d+|\D+", clause)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def first_missed(verdicts: Iterable[Verdict]) -> list[str]:
    """Return the clauses missed, each once, in the order of the conversation."""
    missed = (verdict.clause for verdict in verdicts if verdict.outcome is Outcome.MISSED)
    return list(dict.fromkeys(missed))

"""What of an inspection is wanted in the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.standard.domain.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Selection:
    """The clauses, outcomes and scores wanted; an empty one wants everything."""

    clauses: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    below: float | None = None

    @classmethod
    def of(
        cls,
        clauses: Iterable[str] | None,
        outcomes: Iterable[str] | None,
        below: float | None,
    ) -> Self:
        """Return the selection that the options of a command line make."""
        return cls(tuple(clauses or ()), tuple(outcomes or ()), below)

    def among(self, inspected: Iterable[InspectedConversation]) -> Iterator[InspectedConversation]:
        """Yield the conversations that have something wanted, with the wanted verdicts alone."""
        for one in inspected:
            if (found := self.within(one)) is not None:
                yield found

    def within(self, one: InspectedConversation) -> InspectedConversation | None:
        """Return what is wanted of a conversation, or ``None``."""
        score = one.inspection.score
        if self.below is not None and (score is None or score >= self.below):
            return None
        if not (self.clauses or self.outcomes):
            return one
        verdicts = tuple(filter(self.wants, one.inspection.verdicts))
        inspection = replace(one.inspection, verdicts=verdicts)
        return replace(one, inspection=inspection) if verdicts else None

    def wants(self, verdict: Verdict) -> bool:
        """Tell whether a verdict is wanted by its clause and its outcome."""
        return self.wants_clause(verdict.clause) and (
            not self.outcomes or verdict.outcome in self.outcomes
        )

    def wants_clause(self, clause: str) -> bool:
        """Tell whether a clause is one of those wanted or stands in a chapter of them."""
        return not self.clauses or any(is_within(clause, wanted) for wanted in self.clauses)


def is_within(clause: str, wanted: str) -> bool:
    """Tell whether ``clause`` is ``wanted`` or stands under it: HW-3.12 under HW-3 and HW.

    CC-2b is a clause of its own, not a part of CC-2; HW-3.1 is no part of HW-3.12.
    """
    return clause == wanted or clause.startswith((f"{wanted}-", f"{wanted}."))

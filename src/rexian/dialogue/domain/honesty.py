"""How far a rule can be trusted, by what inspectors made of it, and what follows.

::

    reviews < ENOUGH            unproven    convicts, and each miss waits for a person as ever
    share >= TRUSTED_FROM       trusted     likewise
    share <  TRUSTED_FROM       doubted     its misses are told as suspicions
    it only ever suspects       suspects    stays what it is; its share is shown all the same

The share is that of the reviews which bear the rule out. Reviews count for the content of a rule
(``rule_contents``): a rule that a new version changes begins anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from rexian.dialogue.domain.reviewing import TO_REVIEW, Review
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

TRUSTED_FROM = Fraction(9, 10)
"""The share of reviews that has to bear a rule out."""

ENOUGH = 10
"""The fewest reviews that can tell: of fewer, a single one would put the share below 9 in 10."""

NOTE: Mapping[str, str] = MappingProxyType(
    {
        "zh-Hans": "（该规则经复核确认的比例偏低，暂按待确认处理）",
        "zh-Hant": "（該規則經覆核確認的比例偏低，暫按待確認處理）",
        "en": " (told as a suspicion, since reviews confirm this rule too seldom)",
    }
)


class Standing(StrEnum):
    """How far a rule is trusted."""

    UNPROVEN = "unproven"
    TRUSTED = "trusted"
    DOUBTED = "doubted"
    SUSPECTS = "suspects"


@dataclass(frozen=True, slots=True)
class RuleReviews:
    """What inspectors made of the misses and suspicions of a rule.

    ``confirmed`` are those that a review bears out, ``changed`` those that are something else.
    """

    confirmed: int = 0
    rejected: int = 0
    changed: int = 0

    @property
    def reviewed(self) -> int:
        """Return how many were reviewed."""
        return self.confirmed + self.rejected + self.changed

    @property
    def share(self) -> Fraction | None:
        """Return the share that was borne out, ``None`` without a review."""
        return Fraction(self.confirmed, self.reviewed) if self.reviewed > 0 else None


def standing(reviews: RuleReviews, *, convicts: bool) -> Standing:
    """Return how far a rule is trusted after these reviews."""
    if not convicts:
        return Standing.SUSPECTS
    share = reviews.share
    if share is None or reviews.reviewed < ENOUGH:
        return Standing.UNPROVEN
    return Standing.TRUSTED if share >= TRUSTED_FROM else Standing.DOUBTED


def convicting_rules(standard: Standard) -> frozenset[str]:
    """Return the rules that say "missed"; the others only ever suspect."""
    suspect = Outcome.SUSPECT.value
    rules = standard.pack.rules()
    return frozenset(one.id for one in rules if getattr(one, "outcome", "") != suspect)


def counted_review(
    outcome: Outcome, clause: str, review: Review, said_clause: str, said_outcome: str
) -> str:
    """Return as which of the fields of ``RuleReviews`` a review counts, "" for none.

    Only reviews of misses and suspicions count. A change that still says that this very clause was
    missed bears the rule out.
    """
    if outcome not in TO_REVIEW or review is Review.NONE:
        return ""
    still_missed = said_clause == clause and said_outcome == Outcome.MISSED.value
    if review is Review.CONFIRMED or (review is Review.CHANGED and still_missed):
        return "confirmed"
    return review.value


def doubting(inspection: Inspection, standard: Standard, doubted: Collection[str]) -> Inspection:
    """Return an inspection in which the misses of doubted rules are suspicions.

    The score is that of what is left: a suspicion costs nobody anything.
    """
    if not doubted:
        return inspection
    verdicts = tuple(softened(inspection.verdicts, doubted))
    if verdicts == inspection.verdicts:
        return inspection
    return replace(inspection, verdicts=verdicts, score=standard.scoring.score(verdicts))


def softened(verdicts: Iterable[Verdict], doubted: Collection[str]) -> list[Verdict]:
    """Return verdicts with the misses of doubted rules as suspicions, which say why."""
    return [
        replace(one, outcome=Outcome.SUSPECT, why=_noted(one))
        if one.outcome is Outcome.MISSED and one.rule in doubted
        else one
        for one in verdicts
    ]


def _noted(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    return tuple((language, text + NOTE.get(language, "")) for language, text in verdict.why)

"""Keep the counts of rules in step with what was found, and with what people made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rexian.dialogue import models
from rexian.dialogue.adapters.rule_days import Count, RuleKey, add_to_days
from rexian.dialogue.domain.honesty import counted_review
from rexian.dialogue.domain.reviewing import TO_REVIEW, Review
from rexian.dialogue.domain.rule_contents import rule_contents
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.verdicts import Outcome, Verdict

_OUTCOMES: dict[str, Count] = {
    Outcome.MET.value: "met",
    Outcome.MISSED.value: "missed",
    Outcome.SUSPECT.value: "suspect",
    Outcome.UNDECIDED.value: "undecided",
}
_REVIEWS: dict[str, Count] = {
    "confirmed": "confirmed",
    "rejected": "rejected",
    "changed": "changed",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Where is counted: whose rules, by which standard, on which day."""

    organisation: int
    standard: Standard
    day: date

    def key(self, rule: str, clause: str) -> RuleKey:
        """Return where a rule is counted; one that is no longer known has no content."""
        content = rule_contents(self.standard).get(rule, "")
        return RuleKey(self.organisation, self.standard.name, self.day, rule, content, clause)


def count_findings(
    where: Counted, *, came: Iterable[models.Finding], went: Iterable[models.Finding]
) -> None:
    """Count findings that came, and take away those that went."""
    added: dict[RuleKey, Counter[Count]] = {}
    for rows, sign in ((came, 1), (went, -1)):
        for row in rows:
            key = where.key(row.rule, row.clause)
            added.setdefault(key, Counter())[_OUTCOMES[row.outcome]] += sign
    add_to_days(added)


def count_review(where: Counted, *, before: models.Finding, after: models.Finding) -> bool:
    """Count what a review changes; tell whether it changes what is known of the rule."""
    old, new = _REVIEWS.get(_counts_as(before)), _REVIEWS.get(_counts_as(after))
    if old == new:
        return False
    changed: Counter[Count] = Counter()
    if old is not None:
        changed[old] -= 1
    if new is not None:
        changed[new] += 1
    add_to_days({where.key(after.rule, after.clause): changed})
    return True


def count_batched(found: Iterable[tuple[Counted, Verdict]]) -> None:
    """Count the misses and suspicions in conversations that were sent in."""
    added: dict[RuleKey, Counter[Count]] = {}
    for where, verdict in found:
        if verdict.outcome in TO_REVIEW:
            key = where.key(verdict.rule, verdict.clause)
            added.setdefault(key, Counter())["batched"] += 1
    add_to_days(added)


def _counts_as(row: models.Finding) -> str:
    outcome, review = Outcome(row.outcome), Review(row.review)
    return counted_review(outcome, row.clause, review, row.said_clause, row.said_outcome)

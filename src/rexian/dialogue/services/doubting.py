"""Doubt a rule that reviews confirm too seldom, and trust it again when they do."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from rexian.dialogue import events, models
from rexian.dialogue.adapters.rule_days import RuleKey
from rexian.dialogue.domain.honesty import (
    RuleReviews,
    Standing,
    convicting_rules,
    standing,
)
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.standard.domain.standards import Standard

MACHINE = Actor.system("inspector")


def weigh_rule(key: RuleKey, standard: Standard, *, at: datetime) -> None:
    """See how far a rule is trusted by now, and say so where that has changed.

    It is the machine that acts here, whoever wrote the review that tipped the balance.
    """
    reviews = _reviews_of(key)
    found = standing(reviews, convicts=key.rule in convicting_rules(standard))
    doubted = _doubted(key)
    if found is Standing.DOUBTED and doubted is None:
        _doubt(key, reviews, at)
    elif found in (Standing.TRUSTED, Standing.UNPROVEN) and doubted is not None:
        _trust(doubted, reviews, at)


def _reviews_of(key: RuleKey) -> RuleReviews:
    rows = models.RuleDay.objects.filter(
        organisation=key.organisation, standard=key.standard, rule=key.rule, content=key.content
    )
    sums = rows.aggregate(*(Sum(name) for name in ("confirmed", "rejected", "changed")))
    return RuleReviews(
        *(max(0, sums[f"{one}__sum"] or 0) for one in ("confirmed", "rejected", "changed"))
    )


def _doubted(key: RuleKey) -> models.DoubtedRule | None:
    rows = models.DoubtedRule.objects.filter(
        organisation=key.organisation, standard=key.standard, rule=key.rule, content=key.content
    )
    return rows.filter(trusted_at=None).first()


def _doubt(key: RuleKey, reviews: RuleReviews, at: datetime) -> None:
    row, is_new = models.DoubtedRule.objects.get_or_create(
        organisation_id=key.organisation,
        standard=key.standard,
        rule=key.rule,
        content=key.content,
        trusted_at=None,
        defaults={
            "clause": key.clause,
            "reviewed": reviews.reviewed,
            "confirmed": reviews.confirmed,
            "doubted_at": at,
        },
    )
    if is_new:
        doubted = events.RuleDoubted(**_about(row, reviews))
        record(doubted, actor=MACHINE, at=at)


def _trust(row: models.DoubtedRule, reviews: RuleReviews, at: datetime) -> None:
    ours = models.DoubtedRule.objects.filter(pk=row.pk, trusted_at=None)
    if ours.update(trusted_at=at):
        record(events.RuleTrusted(**_about(row, reviews)), actor=MACHINE, at=at)


def _about(row: models.DoubtedRule, reviews: RuleReviews) -> events.RuleParticulars:
    return {
        "subject_id": row.pk,
        "organisation": row.organisation_id,
        "standard": row.standard,
        "rule": row.rule,
        "clause": row.clause,
        "reviewed": reviews.reviewed,
        "confirmed": reviews.confirmed,
    }

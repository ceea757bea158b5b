"""How the rules of a standard do: how often they spoke, and what inspectors made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Sum

from rexian.dialogue import models
from rexian.dialogue.domain.honesty import (
    RuleReviews,
    Standing,
    convicting_rules,
    standing,
)
from rexian.dialogue.domain.rights import READ
from rexian.dialogue.domain.rule_contents import rule_contents
from rexian.kernel.authority import Actor, authorise
from rexian.standard.domain.standards import Standard

_COUNTS = ("missed", "suspect", "confirmed", "rejected", "changed", "batched")


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule as it does: ``spoke`` and ``batched`` are misses and suspicions told by it.

    ``spoke`` are those in contacts, which inspectors review; ``batched`` those in conversations
    that were sent in, which nobody does. ``doubted_at`` is when its misses became suspicions.
    """

    rule: str
    title: Mapping[str, str]
    clause: str
    spoke: int
    batched: int
    reviews: RuleReviews
    standing: Standing
    doubted_at: datetime | None

    @property
    def needs_attention(self) -> bool:
        """Tell whether somebody should see to its wording."""
        if self.standing is Standing.DOUBTED:
            return True
        return standing(self.reviews, convicts=True) is Standing.DOUBTED


def rules_of(
    organisation_id: int, standard: Standard, *, actor: Actor, clause: str = ""
) -> tuple[RuleShown, ...]:
    """Return the rules of a standard (or of one clause of it), the least confirmed first.

    What counts is what was said by the same content, in whichever version of the standard.
    """
    authorise(actor, READ)
    contents, convicting = rule_contents(standard), convicting_rules(standard)
    counted, doubted = _counted(organisation_id, standard), _doubted(organisation_id, standard)
    found = []
    for rule in standard.pack.rules():
        if clause and rule.clause != clause:
            continue
        sums = counted.get((rule.id, contents[rule.id]), dict.fromkeys(_COUNTS, 0))
        reviews = RuleReviews(*(max(0, sums[one]) for one in ("confirmed", "rejected", "changed")))
        since = doubted.get((rule.id, contents[rule.id]))
        where = Standing.DOUBTED if since else standing(reviews, convicts=rule.id in convicting)
        spoke = max(0, sums["missed"] + sums["suspect"])
        one = RuleShown(
            rule.id, rule.title, rule.clause, spoke, sums["batched"], reviews, where, since
        )
        found.append(one)
    return tuple(sorted(found, key=_worst_first))


def _worst_first(one: RuleShown) -> tuple[bool, Fraction, int, int, str]:
    share = one.reviews.share
    known = Fraction(2) if share is None else share
    return one.standing is not Standing.DOUBTED, known, -one.spoke, -one.batched, one.rule


def _counted(organisation_id: int, standard: Standard) -> dict[tuple[str, str], dict[str, int]]:
    rows = models.RuleDay.objects.filter(organisation=organisation_id, standard=standard.name)
    sums = rows.values_list("rule", "content").annotate(*(Sum(one) for one in _COUNTS))
    return {
        (rule, content): dict(zip(_COUNTS, counts, strict=True)) for rule, content, *counts in sums
    }


def _doubted(organisation_id: int, standard: Standard) -> dict[tuple[str, str], datetime]:
    rows = models.DoubtedRule.objects.filter(
        organisation=organisation_id, standard=standard.name, trusted_at=None
    )
    return {(one.rule, one.content): one.doubted_at for one in rows}

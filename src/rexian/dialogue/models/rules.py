"""Tables of how rules do: how often they spoke on a day, and which of them are doubted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class RuleDay(models.Model):
    """How often a rule said what of the contacts of a day, and what inspectors made of it.

    Kept in step with the findings, so that no page counts those. ``content`` is the sign of what
    the rule judged by (``domain.rule_contents``). ``confirmed``, ``rejected`` and ``changed`` count
    reviews of misses and suspicions; ``batched`` are misses and suspicions in conversations that
    were sent in, which nobody reviews.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    day = models.DateField()
    rule = models.CharField(max_length=80)
    content = models.CharField(max_length=16)
    clause = models.CharField(max_length=40)
    met = models.IntegerField(default=0)
    missed = models.IntegerField(default=0)
    suspect = models.IntegerField(default=0)
    undecided = models.IntegerField(default=0)
    confirmed = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    batched = models.IntegerField(default=0)

    class Meta:
        """A rule has one row a day for each content; the figures of a clause are looked for too."""

        db_table = "dialogue_rule_day"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "standard", "day", "rule", "content"],
                name="dialogue_rule_day_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "standard", "rule", "content"],
                name="dialogue_rule_day_rule",
            ),
        ]


class DoubtedRule(models.Model):
    """A rule whose misses are told as suspicions, from ``doubted_at`` until it is trusted again.

    ``confirmed`` of ``reviewed`` is what tipped the balance.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    rule = models.CharField(max_length=80)
    content = models.CharField(max_length=16)
    clause = models.CharField(max_length=40)
    reviewed = models.IntegerField()
    confirmed = models.IntegerField()
    doubted_at = models.DateTimeField()
    trusted_at = models.DateTimeField(null=True)

    class Meta:
        """A rule is doubted once at a time."""

        db_table = "dialogue_doubted_rule"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "standard", "rule", "content"],
                condition=Q(trusted_at__isnull=True),
                name="dialogue_doubted_rule_once",
            ),
        ]

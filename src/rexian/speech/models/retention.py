"""Tables of how long an organisation keeps its recordings."""

from __future__ import annotations

from django.db import models


class RetentionRule(models.Model):
    """For how many days from the call recordings of a kind are kept; without a row, for good.

    ``words`` tells whether what was said goes with the sound.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    days = models.PositiveIntegerField()
    words = models.BooleanField(default=False)
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A kind has one rule."""

        db_table = "speech_retention_rule"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="speech_retention_rule_kind"
            ),
        ]

"""The journal's tables; triggers of the database refuse every change to an entry."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """A row of ``rexian.journal.domain.entries.Entry``."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    organisation = models.BigIntegerField(null=True)
    request = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        """What the journal is asked for: what happened to something, and to an organisation."""

        db_table = "journal_entry"
        indexes = [
            models.Index(fields=["subject", "id"], name="journal_subject"),
            models.Index(fields=["organisation", "id"], name="journal_organisation"),
        ]

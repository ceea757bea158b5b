"""The journal's tables; triggers of the database refuse every change to their rows."""

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


class Seal(models.Model):
    """A row of ``rexian.journal.domain.seals.Seal``: ranges follow each other without a gap."""

    first_id = models.BigIntegerField(unique=True)
    last_id = models.BigIntegerField()
    count = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    marks = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        """Of two that seal the same range at once, ``first_id`` lets one through."""

        db_table = "journal_seal"

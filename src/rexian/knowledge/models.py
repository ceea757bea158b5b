"""The table of phrases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Phrase(models.Model):
    """Wording with a shortcut: of ``person``, or shared with ``unit`` and all below it."""

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("org.Person", on_delete=models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.CASCADE, null=True, related_name="+")
    shortcut = models.CharField(max_length=20)
    text = models.CharField(max_length=1000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A phrase has one owner, and an owner each shortcut once."""

        db_table = "knowledge_phrase"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True)
                | Q(person__isnull=True, unit__isnull=False),
                name="knowledge_phrase_one_owner",
            ),
            models.UniqueConstraint(
                fields=["person", "shortcut"],
                condition=Q(person__isnull=False),
                name="knowledge_phrase_own",
            ),
            models.UniqueConstraint(
                fields=["unit", "shortcut"],
                condition=Q(unit__isnull=False),
                name="knowledge_phrase_shared",
            ),
        ]

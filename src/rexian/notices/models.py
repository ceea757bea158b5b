"""Tables of notices, and of who has read them."""

from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """What is put up for a unit and all below it, until ``until_at``.

    ``down_at`` is when it came down, at its end or before; as long as it is up there is none.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    importance = models.CharField(max_length=10)
    posted_by = models.CharField(max_length=80)
    posted_at = models.DateTimeField()
    until_at = models.DateTimeField()
    down_at = models.DateTimeField(null=True)

    class Meta:
        """Notices are looked for by unit, the latest first."""

        db_table = "notices_notice"
        indexes = [models.Index(fields=["unit", "-id"], name="notices_notice_latest")]


class Reading(models.Model):
    """That a person has read a notice, and when they said so."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey("org.Person", on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        """One reads a notice once."""

        db_table = "notices_reading"
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="notices_reading_once"),
        ]

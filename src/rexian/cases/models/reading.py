"""Tables of what people are told of cases, and of the lists that they have saved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rexian.cases.models.case import Case


class Alert(models.Model):
    """Something that people of a unit are told of a case: a warning, or a rung of its ladder.

    ``right`` is the right by which they are meant; ``told_at`` is not before the morning unless the
    case is urgent. ``seen_at`` is when the first of them said that they know.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="alerts")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    right = models.CharField(max_length=30)
    what = models.CharField(max_length=15)
    clock = models.CharField(max_length=60)
    at = models.DateTimeField()
    told_at = models.DateTimeField()
    seen_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    seen_at = models.DateTimeField(null=True)

    class Meta:
        """What nobody has seen yet is looked for by organisation."""

        db_table = "cases_alert"
        indexes = [
            models.Index(
                fields=["organisation", "told_at"],
                condition=Q(seen_at__isnull=True),
                name="cases_alert_open",
            )
        ]


class View(models.Model):
    """A filter of the list of cases under a name: a person's own, or a ``unit``'s.

    ``opens_for`` are those for whom the list opens with it.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=40)
    filter = models.JSONField(default=dict)
    opens_for = models.ManyToManyField(
        "org.Person", related_name="+", db_table="cases_default_view"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A name is one view of a person, or of a unit."""

        db_table = "cases_view"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"], condition=Q(unit__isnull=True), name="cases_view_own"
            ),
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(unit__isnull=False), name="cases_view_shared"
            ),
        ]

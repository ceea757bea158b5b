"""Tables of the months that were closed, with their figures as they were then."""

from __future__ import annotations

from django.db import models


class ClosedMonth(models.Model):
    """A month of an organisation whose figures were frozen; ``first`` is its first day there."""

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    time_zone = models.CharField(max_length=60)
    closed_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField()

    class Meta:
        """A month is closed once."""

        db_table = "reports_closed_month"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "first"], name="reports_month_once"),
        ]


class ClosedFigure(models.Model):
    """A figure of a month as it was frozen; ``rows`` are the keys of its rows as they counted."""

    month = models.ForeignKey(ClosedMonth, on_delete=models.CASCADE, related_name="figures")
    figure = models.CharField(max_length=30)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    rows = models.JSONField(default=dict)

    class Meta:
        """Each figure stands there once."""

        db_table = "reports_closed_figure"
        constraints = [
            models.UniqueConstraint(fields=["month", "figure"], name="reports_figure_once"),
        ]

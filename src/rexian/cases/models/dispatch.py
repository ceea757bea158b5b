"""Tables of whom one calls in, who is on duty, and each call with its instants."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rexian.cases.models.case import Case, Step


class Helper(models.Model):
    """Somebody who can be called in: 110, an ambulance, a towing firm, a crew of our own.

    ``unit`` is that of an own crew; ``hours`` are words on when they can be reached.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=15)
    telephone = models.CharField(max_length=30)
    hours = models.CharField(max_length=60, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(
        "org.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A code is one helper's."""

        db_table = "cases_helper"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="cases_helper_code")
        ]


class Duty(models.Model):
    """A line of the roster: who is on duty in a unit, from when until when, by which telephone."""

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, null=True, related_name="duties")
    role = models.CharField(max_length=40, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        """It is somebody's, and has a length; a night is looked for by when it begins."""

        db_table = "cases_duty"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(helper__isnull=True), name="cases_duty_one"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("begins_at")), name="cases_duty_long"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "begins_at"], name="cases_duty_begins")]


class Notification(models.Model):
    """Somebody who was called in for a case, and how far they have come.

    ``state`` is ``told``, ``taken``, ``on-way``, ``arrived``, ``done`` or ``refused``, each with
    when it was so where they were; ``name`` and ``telephone`` are those by which they were called,
    ``taken_by`` is who of theirs took it. ``step`` is the dispatch that it belongs to, if any.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notifications")
    round = models.PositiveIntegerField()
    step = models.ForeignKey(Step, on_delete=models.SET_NULL, null=True, related_name="+")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=80)
    telephone = models.CharField(max_length=30, blank=True)
    way = models.CharField(max_length=10)
    told_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10)
    told_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=80, blank=True)
    on_way_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    result = models.TextField(blank=True)
    alerted_at = models.DateTimeField(null=True)

    class Meta:
        """The table's name."""

        db_table = "cases_notification"

"""The one table of what is due."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rexian.clockwork.domain.work import Priority, State


class Work(models.Model):
    """A deadline, reaction, job or periodic task.

    ``due_at`` is the instant that counts; ``next_at`` when a worker is to look at the row: when it
    is due, when a failed one is tried again, when the lease of a claimed one ends. It is empty once
    the row wants no attention, and so are the other instants unless they say something: each has a
    partial index on "is not null", which both databases see through whatever is asked, so that
    everything costs what is due, running or in trouble, and never what is open.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    lane = models.SmallIntegerField()
    priority = models.SmallIntegerField(default=Priority.NORMAL.value)
    subject = models.CharField(max_length=120)
    organisation = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    explanation = models.JSONField(default=dict)
    is_provisional = models.BooleanField(default=False)
    key = models.CharField(max_length=200, null=True, unique=True)

    state = models.CharField(max_length=8, default=State.OPEN.value)
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    forget_at = models.DateTimeField(null=True)

    attempts = models.PositiveIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    reason = models.JSONField(default=dict)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)

    class Meta:
        """One index for each question, each over no more rows than can answer it."""

        db_table = "clockwork_work"
        indexes = [
            models.Index(
                fields=["lane", "priority", "next_at", "id"],
                condition=Q(next_at__isnull=False),
                name="clockwork_next",
            ),
            models.Index(
                fields=["claimed_at"],
                condition=Q(claimed_at__isnull=False),
                name="clockwork_claimed",
            ),
            models.Index(
                fields=["failed_at"], condition=Q(failed_at__isnull=False), name="clockwork_failed"
            ),
            models.Index(
                fields=["forget_at"], condition=Q(forget_at__isnull=False), name="clockwork_forget"
            ),
            models.Index(fields=["subject", "name"], name="clockwork_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.OPEN.value, next_at__isnull=False)
                | (~Q(state=State.OPEN.value) & Q(next_at__isnull=True)),
                name="clockwork_open_is_next",
            ),
        ]

"""Tables of callbacks, of what gave cause to them, and of the calls that were made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

_OPEN = Q(state__in=["promised", "attempted"])


class Callback(models.Model):
    """A promise to call; ``due_at`` is by when the first call is to be made, ``next_at`` the next.

    ``waiting_since`` is when the customer first began to wait: they keep that place. ``contact`` is
    the one that it began with, ``quote`` the words of the promise or of the message.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    hotline = models.ForeignKey("contacts.Hotline", on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey("contacts.Contact", on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(
        "contacts.Customer", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    cause = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="promised")
    number = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    quote = models.CharField(max_length=500, blank=True)
    promised_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    promised_at = models.DateTimeField()
    waiting_since = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=80, blank=True)
    breached_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A number that is to be called is called once, whatever the causes but a promise."""

        db_table = "callbacks_callback"
        constraints = [
            models.UniqueConstraint(
                fields=["hotline", "number"],
                condition=_OPEN & ~Q(cause="promise"),
                name="callbacks_callback_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["hotline", "next_at"], condition=_OPEN, name="callbacks_open"),
        ]


class Occasion(models.Model):
    """What gave cause to a callback in a contact; ``said_as`` tells promises of one apart."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="occasions")
    contact = models.ForeignKey("contacts.Contact", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=10)
    said_as = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        """The same cause in the same contact is one, however often it is told."""

        db_table = "callbacks_occasion"
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "cause", "said_as"], name="callbacks_occasion_once"
            ),
        ]


class Attempt(models.Model):
    """A call that was made."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="calls")
    nth = models.PositiveIntegerField()
    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    result = models.CharField(max_length=20)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        """Calls are counted."""

        db_table = "callbacks_attempt"
        constraints = [
            models.UniqueConstraint(fields=["callback", "nth"], name="callbacks_attempt_nth"),
        ]

"""Tables of callbacks, of what gave cause to them, of calls on cases and what was said in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

_OPEN = Q(state__in=["promised", "attempted"])
_OPEN_CALL = Q(state__in=["due", "tried", "number"])


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


class CaseCall(models.Model):
    """A call to make on cases that are done: one for all of a customer, or at an address (GH-4.8).

    ``due_at`` is by when somebody is to have called since ``due_from``, ``next_at`` when the next
    call is made; ``soft`` ones are a target. ``rule`` is the standard's rule on callbacks and
    ``windows`` the hours that it names, with commas. ``given_to`` has it as their share (GH-4.4),
    ``taken_by`` is calling just now. ``joint_key`` is what a further case joins it by.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hotline = models.ForeignKey(
        "contacts.Hotline", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    home = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=20, blank=True)
    joint_key = models.CharField(max_length=100, blank=True)
    address_key = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, default="due")
    urgent = models.BooleanField(default=False)
    rule = models.CharField(max_length=60)
    standard = models.BigIntegerField()
    windows = models.CharField(max_length=200, blank=True)
    soft = models.BooleanField(default=False)
    due_from = models.DateTimeField()
    due_at = models.DateTimeField()
    explanation = models.JSONField(default=dict)
    next_at = models.DateTimeField(null=True)
    given_to = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    given_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=200, blank=True)
    breached_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Of those who can be asked together, one call is open at a time."""

        db_table = "callbacks_case_call"
        constraints = [
            models.UniqueConstraint(
                fields=["home", "joint_key"],
                condition=_OPEN_CALL & ~Q(joint_key=""),
                name="callbacks_case_call_joint",
            ),
        ]
        indexes = [
            models.Index(
                fields=["home", "next_at"], condition=_OPEN_CALL, name="callbacks_cc_open"
            ),
            models.Index(
                fields=["home", "address_key"],
                condition=_OPEN_CALL & ~Q(address_key=""),
                name="callbacks_cc_address",
            ),
            models.Index(fields=["given_to", "given_at"], name="callbacks_cc_given"),
            models.Index(fields=["organisation", "-id"], name="callbacks_cc_latest"),
        ]


class Survey(models.Model):
    """What a customer is asked on one round of a case, and what they answered.

    ``handler`` and ``unit`` are those who had handled the case when it was ``done_at``: the answers
    are credited to them, whoever has it later. ``share`` is the part of such cases that is called,
    ``why`` says why nobody was asked, ``outcome`` what followed. ``since_at`` is when it joined its
    call, ``called_at`` when the customer was first called about it.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, null=True, related_name="surveys")
    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    round = models.PositiveIntegerField()
    rule = models.CharField(max_length=60)
    state = models.CharField(max_length=10, default="wanted")
    share = models.FloatField(default=1.0)
    why = models.CharField(max_length=15, blank=True)
    home = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    handler = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "org.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    done_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    since_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    told = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, blank=True)

    class Meta:
        """Each round is asked about once: another round is another survey."""

        db_table = "callbacks_survey"
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="callbacks_survey_one"),
        ]
        indexes = [
            models.Index(fields=["organisation", "done_at"], name="callbacks_survey_done"),
            models.Index(
                fields=["organisation", "answered_at"],
                condition=Q(answered_at__isnull=False),
                name="callbacks_survey_answered",
            ),
        ]


class CaseAttempt(models.Model):
    """A call on cases that was made, with how it ended (GH-4.9)."""

    call = models.ForeignKey(CaseCall, on_delete=models.CASCADE, related_name="calls")
    nth = models.PositiveIntegerField()
    person = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    result = models.CharField(max_length=20)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        """Calls are counted."""

        db_table = "callbacks_case_attempt"
        constraints = [
            models.UniqueConstraint(fields=["call", "nth"], name="callbacks_case_attempt_nth"),
        ]
        indexes = [models.Index(fields=["person", "at"], name="callbacks_ca_person")]


class HeardWord(models.Model):
    """A problem, a suggestion or praise heard in a call, for the department that it is about.

    What the department says of it in return is ``feedback`` (GH-4.7).
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="words")
    unit = models.ForeignKey(
        "org.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10)
    text = models.TextField()
    urgent = models.BooleanField(default=False)
    heard_at = models.DateTimeField()
    heard_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    feedback = models.TextField(blank=True)
    fed_back_at = models.DateTimeField(null=True)
    fed_back_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        """The week's words are gathered by when they were heard."""

        db_table = "callbacks_heard_word"
        indexes = [
            models.Index(fields=["organisation", "heard_at"], name="callbacks_heard_week"),
        ]

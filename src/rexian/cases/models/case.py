"""Tables of cases, of their steps and clocks, and of the units that have a part in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Case(models.Model):
    """A case; ``unit`` has it, ``home`` took it, ``taken_by`` was the first to be asked (GH-5.5).

    ``standing`` is what its ``state`` comes down to. ``due_at`` is when the first of its running
    clocks is due that is no mere target, ``breached_at`` when the first one was breached. ``round``
    counts from 1 and grows when a case is reopened; ``parent`` is the event that it is part of,
    ``merged_into`` the case that it turned out to be. ``outside`` has an outside body's own number,
    ``place_key`` and ``number`` are what likely duplicates are found by. ``asked`` is a move that
    waits for approval, with what was given with it; ``work`` is the row of the clockwork that wakes
    its clocks next.
    """

    organisation = models.ForeignKey(
        "org.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hotline = models.ForeignKey(
        "contacts.Hotline", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reference = models.CharField(max_length=20, unique=True)
    source = models.CharField(max_length=10)
    sent_as = models.CharField(max_length=80, null=True)
    standard = models.BigIntegerField()
    flow = models.CharField(max_length=60)
    state = models.CharField(max_length=60)
    standing = models.CharField(max_length=10)
    case_type = models.CharField(max_length=20)
    category = models.CharField(max_length=60, blank=True)
    case_class = models.CharField(max_length=20, blank=True)
    customer_class = models.CharField(max_length=20, blank=True)
    urgent = models.BooleanField(default=False)
    round = models.PositiveIntegerField(default=1)

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    home = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    handler = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    contact = models.ForeignKey(
        "contacts.Contact", on_delete=models.PROTECT, null=True, related_name="+"
    )
    customer = models.ForeignKey(
        "contacts.Customer", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="split"
    )

    name = models.CharField(max_length=80, blank=True)
    form_of_address = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=20, blank=True)
    hides_customer = models.BooleanField(default=False)
    wants_answer = models.BooleanField(default=True)
    title = models.CharField(max_length=120)
    matter = models.TextField(blank=True)
    place = models.JSONField(default=dict)
    place_text = models.CharField(max_length=200, blank=True)
    place_key = models.CharField(max_length=80, blank=True)
    outside_body = models.CharField(max_length=20, blank=True)
    outside_number = models.CharField(max_length=40, blank=True)

    finding = models.CharField(max_length=15, blank=True)
    responsible = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    pressed = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    asked = models.JSONField(default=dict)
    solved = models.BooleanField(null=True)
    satisfied = models.PositiveSmallIntegerField(null=True)

    taken_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    steps = models.PositiveIntegerField(default=0)
    work = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Lists ask by organisation, unit or person, newest first; what is open has its own."""

        db_table = "cases_case"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sent_as"], name="cases_case_sent"),
            models.UniqueConstraint(
                fields=["organisation", "outside_body", "outside_number"],
                condition=~Q(outside_number=""),
                name="cases_case_outside",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="cases_latest"),
            # Their last columns are counted from the index alone.
            models.Index(
                fields=["organisation", "standing", "-id", "home", "flow"], name="cases_standing"
            ),
            models.Index(
                fields=["organisation", "flow", "-id", "standing", "home"], name="cases_flow"
            ),
            models.Index(fields=["unit", "-id", "standing"], name="cases_unit"),
            models.Index(
                fields=["handler", "-id"],
                condition=Q(handler__isnull=False),
                name="cases_handler",
            ),
            models.Index(
                fields=["taken_by", "-id"],
                condition=Q(taken_by__isnull=False),
                name="cases_taker",
            ),
            models.Index(
                fields=["organisation", "due_at"],
                condition=Q(due_at__isnull=False),
                name="cases_due",
            ),
            models.Index(fields=["organisation", "number", "-id"], name="cases_number"),
            models.Index(fields=["organisation", "place_key", "-id"], name="cases_place"),
            models.Index(fields=["organisation", "outside_number"], name="cases_outside"),
        ]


class Party(models.Model):
    """A unit that has a part in a case, or had: whoever sees the unit's cases sees this one.

    ``part`` is ``home``, ``holder``, ``assisting`` or ``past``; the row of a unit is one, and says
    the most that it is.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(max_length=10)
    since_at = models.DateTimeField()

    class Meta:
        """A unit's cases are found newest first."""

        db_table = "cases_party"
        constraints = [models.UniqueConstraint(fields=["case", "unit"], name="cases_party_one")]
        indexes = [models.Index(fields=["unit", "-case"], name="cases_party_unit")]


class Step(models.Model):
    """A step of a case's timeline: a move with what was given with it, or what a clock did.

    ``kind`` is ``taken``, ``move``, ``asked``, ``refused``, ``clock``, ``merged``, ``joined`` or
    ``split``; ``reason`` and ``text`` are words of people and never go into the journal.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timeline")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    move = models.CharField(max_length=60, blank=True)
    effect = models.CharField(max_length=15, blank=True)
    part = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    person = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_unit = models.ForeignKey(
        "org.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    to_unit = models.ForeignKey(
        "org.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    sent_as = models.CharField(max_length=64, null=True)

    class Meta:
        """Steps stand in one order; what was sent twice is one step."""

        db_table = "cases_step"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="cases_step_seq"),
            models.UniqueConstraint(fields=["case", "sent_as"], name="cases_step_sent"),
        ]


class Clock(models.Model):
    """A clock that runs for a case, or ran.

    ``span`` and ``pauses`` are what ``due_at`` is reckoned from (``asked_for``: it was named by
    somebody), ``extended_to`` goes over it; ``told`` is what the clock has done so far.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    clock = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    soft = models.BooleanField(default=False)
    span = models.JSONField(default=dict)
    pauses = models.JSONField(default=list)
    asked_for = models.BooleanField(default=False)
    extended_to = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    explanation = models.JSONField(default=dict)
    stopped_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    told = models.JSONField(default=list)

    class Meta:
        """What runs is found by case; figures ask for what was due in a time."""

        db_table = "cases_clock"
        indexes = [
            models.Index(fields=["due_at"], name="cases_clock_due"),
            models.Index(
                fields=["case"], condition=Q(stopped_at__isnull=True), name="cases_clock_running"
            ),
        ]

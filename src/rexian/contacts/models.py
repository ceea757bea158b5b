"""Tables of hotlines, of those who serve them, and of contacts with all that belongs to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

_OPEN = Q(state__in=["queued", "offered", "connected", "held", "after"])


class Hotline(models.Model):
    """How customers reach an organisation, and what is figured for its agents (seconds).

    The row is locked by whoever changes who has which contact: one at a time for each hotline.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    company = models.CharField(max_length=100)
    telephone = models.CharField(max_length=40, blank=True)
    notice = models.CharField(max_length=500, blank=True)
    standard = models.CharField(max_length=80)
    calendar = models.JSONField(default=dict)
    offer_time = models.PositiveIntegerField()
    after_time = models.PositiveIntegerField()
    target_wait = models.PositiveIntegerField()
    chat_capacity = models.PositiveIntegerField()
    breaks = models.JSONField(default=dict)
    sites = models.JSONField(default=list)
    callback_time = models.PositiveIntegerField()
    callback_attempts = models.PositiveIntegerField()
    callback_pause = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The table's name."""

        db_table = "contacts_hotline"


class Queue(models.Model):
    """A line of waiting customers that ask for one skill; ``emergency`` overtakes all others."""

    hotline = models.ForeignKey(Hotline, on_delete=models.CASCADE, related_name="queues")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    emergency = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """A queue's code is its own in its hotline."""

        db_table = "contacts_queue"
        constraints = [
            models.UniqueConstraint(fields=["hotline", "code"], name="contacts_queue_code")
        ]


class Presence(models.Model):
    """Somebody who serves a hotline: with which skills, how many at once, and whether there now.

    ``lease_until`` ends the presence of a desk that is no longer heard of; ``idle_since`` decides
    who is asked next.
    """

    person = models.OneToOneField("org.Person", on_delete=models.CASCADE, primary_key=True)
    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    hotline = models.ForeignKey(Hotline, on_delete=models.CASCADE, related_name="agents")
    skills = models.JSONField(default=list)
    capacity = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="offline")
    reason = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField()
    idle_since = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Those who are there are looked for by hotline, the lapsed by lease."""

        db_table = "contacts_presence"
        indexes = [models.Index(fields=["state", "lease_until"], name="contacts_presence_lease")]


class Customer(models.Model):
    """Somebody who has been in contact, known by a telephone number."""

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=20, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    known_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One customer a number."""

        db_table = "contacts_customer"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="contacts_customer_one")
        ]


class Contact(models.Model):
    """An interaction; ``visitor`` is the browser that it comes from, ``sent_as`` its request.

    ``visitor_until`` is how long the customer's page counts as open, ``None`` where none says so.
    ``lines`` is the ``seq`` of the last line and ``last_line_at`` its instant, ``seen_*`` what each
    side has read. ``queued_at`` is when it first began to wait, ``waiting_since`` when it did last,
    ``waited`` the first queue time in seconds once connected; ``missed`` counts the offers that
    nobody took, ``given_by`` is who transferred it last. ``standard`` is the version in force when
    it arrived. ``imported_at`` is set where it was not served here: it came with its recording, and
    counts for nothing that is told of the floor.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    hotline = models.ForeignKey(Hotline, on_delete=models.PROTECT, related_name="contacts")
    channel = models.CharField(max_length=10)
    direction = models.CharField(max_length=3, default="in")
    state = models.CharField(max_length=10)
    ending = models.CharField(max_length=10, blank=True)
    queue = models.CharField(max_length=40)
    priority = models.SmallIntegerField()
    agent = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    given_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    follows = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    visitor = models.CharField(max_length=64, blank=True)
    visitor_until = models.DateTimeField(null=True)
    sent_as = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=20, blank=True)
    form = models.CharField(max_length=20, blank=True)
    matter = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-Hans")
    standard = models.BigIntegerField(null=True)
    arrived_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    offer_until = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    talked_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, blank=True)
    end_reason = models.CharField(max_length=40, blank=True)
    help_reason = models.CharField(max_length=40, blank=True)
    waited = models.FloatField(null=True)
    missed = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    last_line_at = models.DateTimeField(null=True)
    seen_by_agent = models.PositiveIntegerField(default=0)
    seen_by_customer = models.PositiveIntegerField(default=0)
    imported_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Looked for by queue, by agent, by customer; a browser has one open contact at most."""

        db_table = "contacts_contact"
        constraints = [
            models.UniqueConstraint(
                fields=["hotline", "visitor", "sent_as"],
                condition=~Q(sent_as=""),
                name="contacts_contact_sent",
            ),
            models.UniqueConstraint(
                fields=["hotline", "visitor"],
                condition=_OPEN & ~Q(visitor=""),
                name="contacts_contact_one_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["hotline", "state"], condition=_OPEN, name="contacts_contact_open"
            ),
            models.Index(fields=["agent", "state"], condition=_OPEN, name="contacts_contact_has"),
            models.Index(fields=["agent", "-id"], name="contacts_contact_agent"),
            models.Index(fields=["customer", "-id"], name="contacts_contact_customer"),
            models.Index(fields=["organisation", "-id"], name="contacts_contact_latest"),
        ]


class Line(models.Model):
    """A row of ``rexian.contacts.domain.lines.Line``."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="transcript")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    speaker = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    signal = models.CharField(max_length=10, blank=True)
    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=6, default="all")
    automatic = models.BooleanField(default=False)
    attachment = models.ForeignKey(
        "contacts.Attachment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=40, blank=True)
    sent_as = models.CharField(max_length=64, blank=True)

    class Meta:
        """Lines stand in one order; what was sent twice is one line."""

        db_table = "contacts_line"
        constraints = [
            models.UniqueConstraint(fields=["contact", "seq"], name="contacts_line_seq"),
            models.UniqueConstraint(
                fields=["contact", "speaker", "sent_as"],
                condition=~Q(sent_as=""),
                name="contacts_line_sent",
            ),
        ]


class Attachment(models.Model):
    """A picture or file that was sent; it is stored and checked before anybody hears of it."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_as = models.CharField(max_length=120, unique=True)
    stored_at = models.DateTimeField()

    class Meta:
        """The table's name."""

        db_table = "contacts_attachment"


class Rating(models.Model):
    """How the customer says it went: solved or not, satisfied from 1 to 5, and why."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, primary_key=True)
    solved = models.BooleanField()
    satisfied = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=500, blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        """The table's name."""

        db_table = "contacts_rating"


class Record(models.Model):
    """The contact record: category, answers of its form, what is missing and why, the result."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, primary_key=True)
    category = models.CharField(max_length=60, blank=True)
    case_type = models.CharField(max_length=20, blank=True)
    urgent = models.BooleanField(default=False)
    values = models.JSONField(default=dict)
    missing = models.JSONField(default=dict)
    place = models.JSONField(default=dict)
    result = models.CharField(max_length=40, blank=True)
    summary = models.TextField(blank=True)
    complete = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The table's name."""

        db_table = "contacts_record"

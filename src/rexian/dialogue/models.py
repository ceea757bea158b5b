"""Tables of conversations, sent in or held here, and of what a standard says of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Batch(models.Model):
    """Conversations sent in together; ``position`` is how many of its records are done.

    ``folder`` is the random name under which its files lie, ``sent_as`` what its sender called the
    sending, so that one that is repeated makes no second batch. ``tally`` counts verdicts by
    standard, clause and outcome, and is kept in step with the rows, so that a summary reads none.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    folder = models.CharField(max_length=32, unique=True)
    roles = models.JSONField(default=list)
    by_record = models.BooleanField()
    state = models.CharField(max_length=10)
    job = models.BigIntegerField(null=True)
    sent_as = models.CharField(max_length=64, null=True)
    uploaded_by = models.CharField(max_length=80)
    uploaded_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(null=True)
    position = models.PositiveIntegerField(default=0)
    conversations = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    with_misses = models.PositiveIntegerField(default=0)
    with_suspicions = models.PositiveIntegerField(default=0)
    tally = models.JSONField(default=dict)

    class Meta:
        """Batches are listed by organisation, the latest first."""

        db_table = "dialogue_batch"
        indexes = [
            models.Index(fields=["organisation", "-id"], name="dialogue_batch_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["uploaded_by", "sent_as"], name="dialogue_batch_sent_once"
            ),
        ]


class BatchFile(models.Model):
    """A file of a batch: the name that it came under, and the random one that it lies under."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    stored = models.CharField(max_length=40)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        """The files of a batch have an order."""

        db_table = "dialogue_batch_file"
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="dialogue_batch_file_place"),
        ]


class BatchStandard(models.Model):
    """A version that may judge a batch, chosen when it was sent in; ``place`` 0 is the fallback."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="standards")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    version = models.ForeignKey("standard.Version", on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A name means one version."""

        db_table = "dialogue_batch_standard"
        constraints = [
            models.UniqueConstraint(fields=["batch", "name"], name="dialogue_batch_standard_name"),
        ]


class InspectedRow(models.Model):
    """A conversation of a batch with its inspection, by its position among the records.

    ``content`` is all of it (``dialogue.domain.keeping``); the other columns are what lists sort
    and filter by. ``marks`` holds `` outcome:clause `` for each kind of verdict in it.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    agent = models.CharField(max_length=40, blank=True)
    version = models.ForeignKey("standard.Version", on_delete=models.PROTECT, related_name="+")
    score = models.FloatField(null=True)
    turns = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    suspect = models.PositiveIntegerField()
    not_applicable = models.PositiveIntegerField()
    undecided = models.PositiveIntegerField()
    marks = models.TextField()
    content = models.BinaryField()

    class Meta:
        """A record is inspected once."""

        db_table = "dialogue_inspected"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "position"], name="dialogue_inspected_position"
            ),
        ]


class UnreadableRow(models.Model):
    """A record of a batch that could not be read, or not inspected: where, and why."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="problems")
    position = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=30)
    values = models.JSONField()

    class Meta:
        """A record is unreadable once."""

        db_table = "dialogue_unreadable"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "position"], name="dialogue_unreadable_position"
            ),
        ]


class LiveSession(models.Model):
    """The evaluator's state of a contact that lasts, after its line ``seq``.

    Only a shortcut: whatever is missing here is made anew from the transcript. ``content`` is a
    ``dialogue.domain.live.Session``, ``built_by`` the fingerprint of the standard as it was
    compiled. ``day`` is what day it was when the contact arrived. ``raised`` are all suspicions
    that were told of, ``suspicions`` how many still stand. After a failure it is left alone until
    ``broken_until``.
    """

    contact = models.OneToOneField(
        "contacts.Contact", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("standard.Version", on_delete=models.PROTECT, related_name="+")
    built_by = models.CharField(max_length=32, blank=True)
    day = models.CharField(max_length=10, blank=True)
    seq = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True)
    raised = models.JSONField(default=list)
    suspicions = models.PositiveIntegerField(default=0)
    broken_until = models.DateTimeField(null=True)

    class Meta:
        """One session a contact."""

        db_table = "dialogue_live_session"


class ContactInspection(models.Model):
    """What the standard says of a contact that is over, up to its line ``lines``.

    ``facts`` are those that it was judged by; ``met`` and the like count its findings.
    """

    contact = models.OneToOneField(
        "contacts.Contact", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("standard.Version", on_delete=models.PROTECT, related_name="+")
    score = models.FloatField(null=True)
    facts = models.JSONField()
    lines = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    suspect = models.PositiveIntegerField()
    undecided = models.PositiveIntegerField()
    inspected_at = models.DateTimeField()

    class Meta:
        """One inspection a contact: the latest."""

        db_table = "dialogue_contact_inspection"
        indexes = [
            models.Index(fields=["organisation", "-contact"], name="dialogue_contact_inspected"),
        ]


class Finding(models.Model):
    """A verdict on a contact, and what a person said of it.

    ``turns`` are the ``seq`` of lines, ``person`` is whoever it is about: the agent of those
    lines. ``why`` is the reason by language. A review is a ``domain.reviewing.Review``; where it
    changed the finding, ``said_clause`` and ``said_outcome`` are what the reviewer says instead.
    """

    contact = models.ForeignKey("contacts.Contact", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("org.Person", on_delete=models.PROTECT, null=True, related_name="+")
    clause = models.CharField(max_length=40)
    rule = models.CharField(max_length=80)
    outcome = models.CharField(max_length=20)
    turns = models.JSONField(default=list)
    quote = models.TextField(blank=True)
    at_seconds = models.FloatField(null=True)
    why = models.JSONField(default=dict)
    review = models.CharField(max_length=10, blank=True)
    said_clause = models.CharField(max_length=40, blank=True)
    said_outcome = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=500, blank=True)
    reviewed_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Looked for by contact; what is to be reviewed, and what was confirmed of a person."""

        db_table = "dialogue_finding"
        indexes = [
            models.Index(
                fields=["contact"],
                condition=Q(review="", outcome__in=["missed", "suspect"]),
                name="dialogue_finding_open",
            ),
            models.Index(
                fields=["person", "reviewed_at"],
                condition=~Q(review=""),
                name="dialogue_finding_reviewed",
            ),
        ]

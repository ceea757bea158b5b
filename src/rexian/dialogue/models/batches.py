"""Tables of conversations that were sent in, and of what a standard says of them."""

from __future__ import annotations

from django.db import models


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
    """A version that may judge a batch, chosen when it was sent in; ``place`` 0 is the fallback.

    ``doubted`` are the rules whose misses were told as suspicions then.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="standards")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    version = models.ForeignKey("standard.Version", on_delete=models.PROTECT, related_name="+")
    doubted = models.JSONField(default=list)

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

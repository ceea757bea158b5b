"""Tables of recordings that are to be heard: sent in together or alone, and what it took."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rexian.clockwork.domain.work import Priority
from rexian.speech.domain.batches import CallState


class RecordingBatch(models.Model):
    """Recordings sent in together, from an upload or from a folder on the server.

    ``version`` judges them all; without one, that which was in force at the ``hotline``.
    ``folder`` is the random name under which uploaded files lie until they are taken in,
    ``place`` the folder of the server that they are read from, ``sent_as`` what its sender called
    the sending. ``opens`` and ``closes`` are times of day at the organisation. ``round`` counts
    how often its hearing was begun, so that what was ordered before a stop is void.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    hotline = models.ForeignKey("contacts.Hotline", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        "standard.Version", on_delete=models.PROTECT, null=True, related_name="+"
    )
    title = models.CharField(max_length=120)
    folder = models.CharField(max_length=32, blank=True)
    place = models.TextField(blank=True)
    channels = models.CharField(max_length=20)
    wants = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=10)
    priority = models.SmallIntegerField(default=Priority.NORMAL.value)
    not_before = models.DateTimeField(null=True)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    round = models.PositiveIntegerField(default=0)
    job = models.BigIntegerField(null=True)
    sent_as = models.CharField(max_length=64, null=True)
    sent_by = models.CharField(max_length=80)
    sent_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        """Batches are listed by organisation, the latest first."""

        db_table = "speech_batch"
        indexes = [models.Index(fields=["organisation", "-id"], name="speech_batch_latest")]
        constraints = [
            models.UniqueConstraint(fields=["sent_by", "sent_as"], name="speech_batch_sent_once"),
        ]


class Hearing(models.Model):
    """A recording that is to be heard, in a batch or alone.

    ``job`` is the work that may hear it now: whatever else comes to it is void. ``seconds`` is how
    long it sounds, ``heard`` up to where it was heard, ``core`` how many seconds a core was busy
    with it. ``problem`` is the code of why it cannot be heard, ``values`` fill its ``sentence``;
    ``remarks`` are what was odd about its facts, each a sentence and what fills it. What a standard
    says of its contact (``score``, ``missed``, ``suspect``) is here to sort by.
    """

    batch = models.ForeignKey(
        RecordingBatch, on_delete=models.CASCADE, null=True, related_name="hearings"
    )
    place = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200)
    recording = models.ForeignKey(
        "speech.Recording", on_delete=models.SET_NULL, null=True, related_name="hearings"
    )
    contact = models.ForeignKey(
        "contacts.Contact", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    agent = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10)
    round = models.PositiveIntegerField(default=0)
    job = models.BigIntegerField(null=True)
    seconds = models.FloatField(default=0)
    heard = models.FloatField(default=0)
    core = models.FloatField(default=0)
    problem = models.CharField(max_length=40, blank=True)
    sentence = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    score = models.FloatField(null=True)
    missed = models.PositiveIntegerField(default=0)
    suspect = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        """A batch has each of its places once; a recording is to be heard once at a time."""

        db_table = "speech_hearing"
        indexes = [
            models.Index(fields=["batch", "state"], name="speech_hearing_state"),
            models.Index(
                fields=["batch", "round", "place"],
                condition=Q(state=CallState.WAITING.value),
                name="speech_hearing_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="speech_hearing_place"),
            models.UniqueConstraint(
                fields=["recording"],
                condition=Q(state__in=[CallState.WAITING.value, CallState.HEARING.value]),
                name="speech_hearing_once",
            ),
        ]


class EnginePace(models.Model):
    """What hearing took here with one engine (``domain.costs.Pace``); "" is voices alone."""

    engine = models.CharField(max_length=200, unique=True)
    calls = models.PositiveIntegerField(default=0)
    sound = models.FloatField(default=0)
    core = models.FloatField(default=0)
    squares = models.FloatField(default=0)
    products = models.FloatField(default=0)
    sound_squares = models.FloatField(default=0)
    measured_at = models.DateTimeField(null=True)

    class Meta:
        """The table's name."""

        db_table = "speech_engine_pace"

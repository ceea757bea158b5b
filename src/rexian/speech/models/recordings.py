"""Tables of recordings, and of what was read and heard in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Recording(models.Model):
    """A recording of a contact, its bytes sealed in the store under ``stored_as``.

    ``digest`` is the SHA-256 and ``size`` the bytes of what was sent. ``data_key`` is its own key,
    wrapped by the organisation's (``key_id`` says which); it is ``None`` once it is destroyed.
    ``facts`` are the ``CallFacts`` that came with it, ``roles`` who speaks on each channel.
    ``kind`` is empty where what its contact was decides. ``format`` is the ``SoundFormat`` once it
    is known; ``problem`` says why it is unreadable, with its values. ``rule`` is what it was
    removed by.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey("contacts.Contact", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    stored_as = models.CharField(max_length=64, unique=True)
    data_key = models.BinaryField(null=True)
    key_id = models.CharField(max_length=16, blank=True)
    facts = models.JSONField(default=dict)
    roles = models.JSONField(default=list)
    format = models.JSONField(null=True)
    seconds = models.FloatField(null=True)
    state = models.CharField(max_length=10)
    problem = models.CharField(max_length=40, blank=True)
    problem_values = models.JSONField(default=dict)
    sent_as = models.CharField(max_length=64, blank=True)
    received_by = models.CharField(max_length=80)
    received_at = models.DateTimeField()
    held_by = models.ForeignKey("org.Person", on_delete=models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    held_why = models.CharField(max_length=500, blank=True)
    removed_by = models.CharField(max_length=80, blank=True)
    removed_at = models.DateTimeField(null=True)
    rule = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The same sound is kept once; looked for by contact, by what is kept, by the latest."""

        db_table = "speech_recording"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "digest"],
                condition=Q(removed_at=None),
                name="speech_recording_once",
            ),
            models.UniqueConstraint(
                fields=["received_by", "sent_as"],
                condition=~Q(sent_as=""),
                name="speech_recording_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="speech_recording_latest"),
            models.Index(
                fields=["organisation", "received_at"],
                condition=Q(removed_at=None),
                name="speech_recording_kept",
            ),
        ]


class Reading(models.Model):
    """The words of one passage of a channel, as a recogniser read them.

    Whoever was killed in the middle of a recording goes on behind the last of these. ``start`` and
    ``end`` count samples (``speech.ports.RATE`` a second); ``words`` are text, start, end and
    confidence, timed from the beginning of the recording.
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="readings")
    recogniser = models.CharField(max_length=120)
    channel = models.PositiveSmallIntegerField()
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    words = models.JSONField(default=list)
    read_at = models.DateTimeField()

    class Meta:
        """A passage is read once by a recogniser."""

        db_table = "speech_reading"
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "recogniser", "channel", "start", "end"],
                name="speech_reading_once",
            ),
        ]


class Heard(models.Model):
    """All that was heard of a recording: a ``HeardCall`` as ``speech.domain.keeping`` writes it."""

    recording = models.OneToOneField(
        Recording, on_delete=models.CASCADE, primary_key=True, related_name="heard"
    )
    recogniser = models.CharField(max_length=120, blank=True)
    content = models.BinaryField()
    heard_at = models.DateTimeField()

    class Meta:
        """A recording is heard once: the latest hearing counts."""

        db_table = "speech_heard"


class Listening(models.Model):
    """An opening of a recording: by whom, for which reason, how long it lasts.

    Who and why stand in the journal too, but for ``note``: it is free text.
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="listenings")
    listener = models.CharField(max_length=80)
    reason = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)
    masked = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        """Looked for by recording, the latest first."""

        db_table = "speech_listening"
        indexes = [models.Index(fields=["recording", "-id"], name="speech_listening_latest")]

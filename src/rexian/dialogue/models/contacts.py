"""Tables of what a standard says of contacts, while they last and when they are over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


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


class HeardConversation(models.Model):
    """What was heard in the recording of a contact; it is inspected from this and not from lines.

    ``content`` is a conversation as ``dialogue.domain.keeping`` writes it, its turns numbered by
    the ``seq`` of their lines, with real times and how they sounded.
    """

    contact = models.OneToOneField(
        "contacts.Contact", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()
    heard_at = models.DateTimeField()

    class Meta:
        """One conversation a contact: as it was heard last."""

        db_table = "dialogue_heard_conversation"


class ContactInspection(models.Model):
    """What the standard says of a contact that is over, up to its line ``lines``.

    ``facts`` are those that it was judged by; ``met`` and the like count its findings. ``day`` is
    the organisation's day on which it ended, ``doubted`` are the rules whose misses were told as
    suspicions when it was first inspected. Since ``forgotten_at`` its words are gone, and what was
    found stays as it was.
    """

    contact = models.OneToOneField(
        "contacts.Contact", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("standard.Version", on_delete=models.PROTECT, related_name="+")
    score = models.FloatField(null=True)
    facts = models.JSONField()
    day = models.DateField()
    doubted = models.JSONField(default=list)
    lines = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    suspect = models.PositiveIntegerField()
    undecided = models.PositiveIntegerField()
    inspected_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        """One inspection a contact: the latest."""

        db_table = "dialogue_contact_inspection"
        indexes = [
            models.Index(fields=["organisation", "-contact"], name="dialogue_contact_inspected"),
            models.Index(fields=["organisation", "day"], name="dialogue_contact_day"),
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
            models.Index(
                fields=["organisation", "clause", "outcome", "-contact"],
                name="dialogue_finding_clause",
            ),
        ]

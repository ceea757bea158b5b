"""Tables of samples, of the contacts in them, and of what inspectors said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Sample(models.Model):
    """Contacts drawn from a period to be listened to, blind.

    ``seed`` draws the same again; ``candidates`` is how many there were to draw from; ``clauses``
    are those that are asked; ``trusted_from`` is the kappa that the organisation asks for.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    standard = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField()
    method = models.CharField(max_length=10)
    seed = models.CharField(max_length=40)
    candidates = models.PositiveIntegerField()
    clauses = models.JSONField()
    trusted_from = models.FloatField()
    sent_as = models.CharField(max_length=64, null=True)
    drawn_by = models.CharField(max_length=80)
    drawn_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Samples are listed by organisation, the latest first."""

        db_table = "quality_sample"
        indexes = [models.Index(fields=["organisation", "-id"], name="quality_sample_latest")]
        constraints = [
            models.UniqueConstraint(fields=["drawn_by", "sent_as"], name="quality_sample_once")
        ]


class SampledContact(models.Model):
    """A contact of a sample: its ``place`` in the draw, and who listens to it."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="contacts")
    contact = models.ForeignKey("contacts.Contact", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    taken_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A contact is drawn once; whoever listens has what is theirs found by person."""

        db_table = "quality_sampled_contact"
        constraints = [
            models.UniqueConstraint(fields=["sample", "place"], name="quality_sampled_place"),
            models.UniqueConstraint(fields=["sample", "contact"], name="quality_sampled_once"),
        ]
        indexes = [
            models.Index(
                fields=["taken_by", "contact"],
                condition=Q(answered_at=None),
                name="quality_sampled_blind",
            )
        ]


class Answer(models.Model):
    """What an inspector said of a clause, and what the machine said of it at that moment."""

    sampled = models.ForeignKey(SampledContact, on_delete=models.CASCADE, related_name="answers")
    clause = models.CharField(max_length=40)
    said = models.CharField(max_length=12)
    note = models.CharField(max_length=500, blank=True)
    machine = models.CharField(max_length=12, blank=True)

    class Meta:
        """A clause is answered once."""

        db_table = "quality_answer"
        constraints = [
            models.UniqueConstraint(fields=["sampled", "clause"], name="quality_answer_once")
        ]

"""Tables of what is filled in, signed and attached."""

from __future__ import annotations

from django.db import models

from rexian.cases.models.case import Case, Step


class Slip(models.Model):
    """A form of a case as it stands: filled in by one, signed by another (HW-2.7).

    ``signature`` is a drawing as SVG, empty where it was confirmed with a password.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="slips")
    form = models.CharField(max_length=60)
    round = models.PositiveIntegerField(default=1)
    values = models.JSONField(default=dict)
    missing = models.JSONField(default=dict)
    filled_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    filled_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    signed_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=80, blank=True)
    signature = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One slip of a form in a round."""

        db_table = "cases_slip"
        constraints = [
            models.UniqueConstraint(fields=["case", "form", "round"], name="cases_slip_one")
        ]


class SlipVersion(models.Model):
    """An earlier version of a slip: nothing that was written down goes without trace (OP-3)."""

    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    missing = models.JSONField(default=dict)
    filled_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    filled_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    signed_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=80, blank=True)
    signature = models.TextField(blank=True)

    class Meta:
        """Versions are counted."""

        db_table = "cases_slip_version"
        constraints = [
            models.UniqueConstraint(fields=["slip", "version"], name="cases_slip_version_nth")
        ]


class File(models.Model):
    """A picture or file of a case, stored and checked as those of contacts are."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    step = models.ForeignKey(Step, on_delete=models.SET_NULL, null=True, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_as = models.CharField(max_length=120, unique=True)
    stored_at = models.DateTimeField()
    person = models.ForeignKey(
        "org.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        """The table's name."""

        db_table = "cases_file"


class SlipPaper(models.Model):
    """A file of the case that is a slip on paper, scanned or by fax (HW-2.7)."""

    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="papers")
    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """The table's name."""

        db_table = "cases_slip_paper"

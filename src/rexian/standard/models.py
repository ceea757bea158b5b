"""Tables of published standards: versions, and the very files that each is put together from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Blob(models.Model):
    """The content of a file, found by its hash (SHA-256), and kept once whoever uses it."""

    hash = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    class Meta:
        """The table's name."""

        db_table = "standard_blob"


class Version(models.Model):
    """One version of a standard in one organisation; its content never changes.

    ``number`` is what the pack calls its version; ``parameters`` are the values that it was put
    together with; ``effective_on`` is the first day on which it is in force, in the organisation's
    own days, and none as long as it is only imported.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    title = models.JSONField()
    parameters = models.JSONField()
    origin = models.CharField(max_length=200)
    imported_by = models.CharField(max_length=80)
    imported_at = models.DateTimeField()
    effective_on = models.DateField(null=True)
    published_by = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        """The same content is imported once, and on a day one version comes into force."""

        db_table = "standard_version"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "content_hash"], name="standard_version_content"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name", "effective_on"],
                condition=Q(effective_on__isnull=False),
                name="standard_version_day",
            ),
        ]


class SourceFile(models.Model):
    """A file of a version: of which pack (in the order of building on), under which path."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="files")
    place = models.PositiveSmallIntegerField()
    pack = models.CharField(max_length=100)
    path = models.CharField(max_length=300)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT)

    class Meta:
        """A path is once in a pack."""

        db_table = "standard_source_file"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "place", "path"], name="standard_source_file_path"
            ),
        ]

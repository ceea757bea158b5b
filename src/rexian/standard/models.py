"""Tables of standards: versions with the very files they are put together from, and drafts."""

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


class Draft(models.Model):
    """A standard that somebody is writing: a version changed, or one begun from a document.

    ``bases`` pins the packs that it builds on, in order, as ``[[folder, {path: hash}], ...]``;
    ``revision`` counts its changes, and who changes it says which one was read. ``questions`` are
    what is uncertain in it. ``taken_as`` is the version that it has become: then it is closed.
    """

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    folder = models.CharField(max_length=100)
    title = models.JSONField()
    based_on = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, related_name="+")
    bases = models.JSONField()
    questions = models.JSONField()
    revision = models.PositiveIntegerField()
    origin = models.CharField(max_length=200)
    begun_by = models.CharField(max_length=80)
    begun_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField()
    taken_as = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        """The table's name, and how the open drafts of an organisation are found."""

        db_table = "standard_draft"
        indexes = [
            models.Index(fields=["organisation", "taken_at"], name="standard_draft_open"),
        ]


class DraftRevision(models.Model):
    """What a draft held after a change: the files of its own pack, by hash, and its parameters.

    ``before`` is the revision that undoing this one goes back to; ``change`` says in codes what
    was changed, for the list of changes.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    before = models.PositiveIntegerField(null=True)
    files = models.JSONField()
    parameters = models.JSONField()
    change = models.JSONField()
    changed_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField()

    class Meta:
        """A draft has one revision of each number."""

        db_table = "standard_draft_revision"
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "number"], name="standard_draft_revision_number"
            ),
        ]

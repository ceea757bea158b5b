"""Tables of roads and of the points on them, and the list that somebody is about to import.

``version`` grows with every change of a row: whoever changes one compares it and sets the next.
What is no longer there is retired and kept, so that an old record can be explained.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Road(models.Model):
    """A road from one stake to another, in metres; other names are joined by 、."""

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    aliases = models.CharField(max_length=300, blank=True)
    initials = models.CharField(max_length=200, blank=True)
    begin = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    rising = models.CharField(max_length=400)
    falling = models.CharField(max_length=400)
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A code is one road's at a time in its organisation."""

        db_table = "places_road"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=Q(retired_at=None),
                name="places_road_code",
            ),
        ]


class Point(models.Model):
    """Something on a road at a stake; ``way`` is the one direction that it serves, or empty."""

    organisation = models.ForeignKey("org.Organisation", on_delete=models.PROTECT, related_name="+")
    road = models.ForeignKey(Road, on_delete=models.PROTECT, related_name="points")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    aliases = models.CharField(max_length=300, blank=True)
    initials = models.CharField(max_length=200, blank=True)
    metres = models.PositiveIntegerField()
    line = models.CharField(max_length=1, blank=True)
    way = models.CharField(max_length=10, blank=True)
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A name is one point's at a time on its road and side; a road is read in order."""

        db_table = "places_point"
        constraints = [
            models.UniqueConstraint(
                fields=["road", "name", "way"],
                condition=Q(retired_at=None),
                name="places_point_name",
            ),
        ]
        indexes = [
            models.Index(fields=["road", "metres"], name="places_point_along"),
            models.Index(fields=["organisation", "name"], name="places_point_by_name"),
        ]


class ListDraft(models.Model):
    """The rows of a file that somebody is looking at before they are carried out."""

    person = models.OneToOneField("org.Person", on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=120)
    rows = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        """The table's name; nobody has more than one draft."""

        db_table = "places_list_draft"

"""Tables of organisations, units, people and the posts that they hold."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class Organisation(models.Model):
    """One that answers to the public; what is another organisation's is not even to be seen."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=60, default="Asia/Shanghai")
    language = models.CharField(max_length=10, default="zh-Hans")
    founded_at = models.DateTimeField()

    class Meta:
        """The table's name."""

        db_table = "org_organisation"


class Unit(models.Model):
    """A unit of some tier; ``path`` is the ids from the top down, as ``/1/4/17/``."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    path = models.CharField(max_length=250, db_index=True)
    tier = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """A unit's code is its own in its organisation, and an organisation has one top."""

        db_table = "org_unit"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="org_unit_code"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(parent=None), name="org_unit_one_top"
            ),
        ]


class People(BaseUserManager["Person"]):
    """People as Django's sign-in looks for them: by the name under which they sign in."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return whoever signs in under ``username``."""
        return self.get(sign_in=username)


class Person(AbstractBaseUser):
    """Somebody who signs in; ``left_at`` is when they left the organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    sign_in = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    agent_number = models.CharField(max_length=20, null=True)
    extension = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=10, default="auto")
    density = models.CharField(max_length=12, default="comfortable")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "sign_in"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = People()

    class Meta:
        """An agent number is one person's at a time in its organisation."""

        db_table = "org_person"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "agent_number"],
                condition=Q(left_at=None),
                name="org_person_agent_number",
            ),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Tell whether the person still belongs to the organisation."""
        return self.left_at is None


class Post(models.Model):
    """A role that a person holds in a unit, from ``since_at`` until ``until_at``."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        """Nobody holds the same role in the same unit twice at a time."""

        db_table = "org_post"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"],
                condition=Q(until_at=None),
                name="org_post_once",
            ),
        ]

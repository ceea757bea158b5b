"""Tables of organisations, units and people; of the posts they hold and of how they sign in.

``version`` grows with every change of a row: whoever changes one compares it and sets the next, so
that a lost race shows itself.
"""

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
    administrators_need_codes = models.BooleanField(default=False)
    founded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

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
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

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
    """Somebody who signs in; ``unit`` is where they belong, ``left_at`` when they left.

    ``initials`` are those of the name's syllables, to search by. ``password_is_known`` marks the
    passwords of a demonstration, which anybody can read; ``password_is_given`` those that
    somebody else chose, to be changed at the first sign-in.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    sign_in = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=80, blank=True)
    agent_number = models.CharField(max_length=20, null=True)
    extension = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=10, default="auto")
    density = models.CharField(max_length=12, default="comfortable")
    password_is_known = models.BooleanField(default=False)
    password_is_given = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

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
        indexes = [models.Index(fields=["organisation", "name"], name="org_person_name")]

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


class Session(models.Model):
    """Where somebody is signed in; ``key`` is that of Django's session, which holds the rest."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        """The table's name; what has ended is no longer in it."""

        db_table = "org_session"


class Attempts(models.Model):
    """Failed attempts in a row of one kind (password, code, link) under one ``key``.

    The key is a keyed digest of a name or an address: neither is kept.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until_at = models.DateTimeField(null=True)

    class Meta:
        """One row for each kind and key."""

        db_table = "org_attempts"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="org_attempts_once")]


class PasswordLink(models.Model):
    """A link by which a person sets a password, once; of its secret only the digest is kept.

    ``entry`` is the entry of the journal that asked for it to be mailed, if it was.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    entry = models.BigIntegerField(null=True, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """The table's name."""

        db_table = "org_password_link"


class SecondFactor(models.Model):
    """The secret that a person's telephone makes codes from, encrypted.

    It counts once it is confirmed; ``last_step`` is the time step of the last code that was used,
    so that no code is good twice.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.TextField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        """The table's name."""

        db_table = "org_second_factor"


class BackupCode(models.Model):
    """A code on paper for whoever has lost their telephone, as a keyed digest; good once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="backup_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """A person's codes differ."""

        db_table = "org_backup_code"
        constraints = [
            models.UniqueConstraint(fields=["person", "digest"], name="org_backup_code_once")
        ]


class Token(models.Model):
    """What a machine shows to act for a person, as a digest; ``scopes`` are rights it may use."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    start = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """The table's name."""

        db_table = "org_token"


class RosterDraft(models.Model):
    """The rows of a workbook that somebody is looking at before it is carried out."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE)
    file_name = models.CharField(max_length=120)
    rows = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        """The table's name; nobody has more than one draft."""

        db_table = "org_roster_draft"

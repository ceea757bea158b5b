"""Count attempts before they are made, so that many at once are not more than one after another."""

from __future__ import annotations

import hmac
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org import events, models
from rexian.org.domain.lockout import PATIENCE, Attempt, is_forgotten, minutes_left, wait_after
from rexian.org.domain.refusals import SignInLocked
from rexian.org.services.loading import managed_person

DOOR = Actor.system("door")


def digest_of(kind: str, text: str) -> str:
    """Return a name, an address or a code as it is kept: a digest that needs our own secret."""
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, f"rexian.org.{kind}:{text}".encode(), "sha256").hexdigest()


@transaction.atomic
def count_attempt(
    kind: Attempt, text: str, *, person: models.Person | None = None, at: datetime
) -> None:
    """Count an attempt as failed before it is made; raise ``SignInLocked`` where none is allowed.

    ``forget_attempts`` takes it back when it has succeeded.
    """
    row = _counted(kind, digest_of(kind, text), at)
    if row.locked_until_at and row.locked_until_at > at:
        raise SignInLocked(
            mark("Too many attempts have failed. Try again in {minutes} minutes."),
            minutes=minutes_left(row.locked_until_at, at),
        )
    wait = wait_after(row.failures, PATIENCE[kind])
    until = at + wait if wait else None
    models.Attempts.objects.filter(pk=row.pk).update(last_at=at, locked_until_at=until)
    if until:
        _tell(row, person, minutes_left(until, at), at)


def forget_attempts(kind: Attempt, text: str) -> None:
    """Begin to count anew: an attempt has succeeded."""
    models.Attempts.objects.filter(kind=kind, key=digest_of(kind, text)).delete()


def take_back_attempt(kind: Attempt, text: str) -> None:
    """Take one back that has succeeded, where others have failed under the same key."""
    models.Attempts.objects.filter(kind=kind, key=digest_of(kind, text), failures__gt=0).update(
        failures=F("failures") - 1, locked_until_at=None
    )


@transaction.atomic
def unlock_sign_in(person_id: int, *, actor: Actor, at: datetime) -> None:
    """Let somebody try again at once."""
    person = managed_person(person_id, actor=actor)
    forget_attempts(Attempt.PASSWORD_OF_NAME, person.sign_in)
    forget_attempts(Attempt.CODE_OF_PERSON, str(person_id))
    told = events.SignInUnlocked(subject_id=person_id, organisation=person.organisation_id)
    record(told, actor=actor, at=at)


def _counted(kind: Attempt, key: str, at: datetime) -> models.Attempts:
    """Return the row with one failure more; it is this transaction's until it ends.

    Between a create that found the row there and the next look at it, an attempt that succeeded may
    have taken it away: then it is created once more.
    """
    rows = models.Attempts.objects.filter(kind=kind, key=key)
    while not rows.update(failures=F("failures") + 1):
        with suppress(IntegrityError), transaction.atomic():
            return models.Attempts.objects.create(kind=kind, key=key, failures=1, last_at=at)
    row = rows.get()
    if is_forgotten(row.last_at, at, PATIENCE[kind]):
        rows.update(failures=1, locked_until_at=None)
        row.failures, row.locked_until_at = 1, None
    return row


def _tell(row: models.Attempts, person: models.Person | None, minutes: int, at: datetime) -> None:
    """Write down that a key is locked; an unknown name costs as much time as a known one."""
    told = (
        events.SignInLocked(
            subject_id=person.pk,
            organisation=person.organisation_id,
            kind=row.kind,
            failures=row.failures,
            minutes=minutes,
        )
        if person
        else events.KeyLocked(
            subject_id=row.key[:16],
            organisation=None,
            kind=row.kind,
            failures=row.failures,
            minutes=minutes,
        )
    )
    record(told, actor=DOOR, at=at)

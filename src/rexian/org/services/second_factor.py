"""A second factor: codes from a telephone, and codes on paper for whoever has lost it."""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp
from django.contrib.auth.hashers import check_password
from django.db import transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org import events, models
from rexian.org.adapters.fernet import seal, unseal
from rexian.org.domain.lockout import Attempt
from rexian.org.domain.refusals import Changed, Taken, WrongField, WrongSignIn, nothing_there
from rexian.org.domain.second_factor import (
    BACKUP_CODES,
    BACKUP_LETTERS,
    is_backup_code,
    matching_step,
    typed_code,
)
from rexian.org.queries.access import SECOND_FACTOR
from rexian.org.services.attempts import count_attempt, digest_of, forget_attempts
from rexian.org.services.loading import managed_person, themselves


@transaction.atomic
def begin_second_factor(person_id: int, *, actor: Actor, at: datetime) -> None:
    """Make a new secret for one's own telephone; it counts once a code has confirmed it."""
    person = themselves(person_id, actor=actor)
    if models.SecondFactor.objects.filter(person=person).exclude(confirmed_at=None).exists():
        raise Taken(mark("You have a second factor already. Remove it first."))
    values = {
        "secret": seal(pyotp.random_base32(), purpose=SECOND_FACTOR),
        "made_at": at,
        "last_step": 0,
    }
    models.SecondFactor.objects.update_or_create(person=person, defaults=values)


def confirm_second_factor(
    person_id: int, *, code: str, actor: Actor, at: datetime
) -> tuple[str, ...]:
    """Take the telephone's first code, and return the backup codes, which nobody sees again."""
    person = themselves(person_id, actor=actor)
    factor = models.SecondFactor.objects.filter(person=person, confirmed_at=None).first()
    if factor is None:
        raise nothing_there(f"person:{person_id}")
    count_attempt(Attempt.CODE_OF_PERSON, str(person_id), person=person, at=at)
    step = _step(factor, typed_code(code), at)
    if step is None:
        raise WrongField(mark("This is not the code that the telephone shows now."), field="code")
    with transaction.atomic():
        rows = models.SecondFactor.objects.filter(pk=factor.pk, secret=factor.secret)
        if not rows.filter(confirmed_at=None).update(confirmed_at=at, last_step=step):
            raise Changed
        forget_attempts(Attempt.CODE_OF_PERSON, str(person_id))
        told = events.SecondFactorAdded(subject_id=person_id, organisation=person.organisation_id)
        record(told, actor=actor, at=at)
        return _new_backup_codes(person, actor=actor, at=at)


@transaction.atomic
def make_backup_codes(person_id: int, *, actor: Actor, at: datetime) -> tuple[str, ...]:
    """Make one's backup codes anew and return them; the earlier ones are void."""
    person = themselves(person_id, actor=actor)
    _confirmed(person_id)
    return _new_backup_codes(person, actor=actor, at=at)


def remove_own_second_factor(person_id: int, *, password: str, actor: Actor, at: datetime) -> None:
    """Sign in without a code again; asks for the password, since somebody else may sit there."""
    person = themselves(person_id, actor=actor)
    count_attempt(Attempt.PASSWORD_OF_NAME, person.sign_in, person=person, at=at)
    if not check_password(password, person.password):
        raise WrongField(mark("This is not your password."), field="password")
    forget_attempts(Attempt.PASSWORD_OF_NAME, person.sign_in)
    _remove(person, actor=actor, at=at)


def remove_second_factor(person_id: int, *, actor: Actor, at: datetime) -> None:
    """Remove the second factor of somebody whom the actor manages: their telephone is lost."""
    _remove(managed_person(person_id, actor=actor), actor=actor, at=at)


def recognise_code(person_id: int, *, code: str, at: datetime) -> None:
    """Let pass whoever has the code of the moment or a backup code; each is good once.

    Raises ``WrongSignIn``, or ``SignInLocked`` after too many.
    """
    factor = _confirmed(person_id)
    typed = typed_code(code)
    count_attempt(Attempt.CODE_OF_PERSON, str(person_id), person=factor.person, at=at)
    use = _use_backup_code if is_backup_code(typed) else _use_step
    if not use(factor, typed, at):
        raise WrongSignIn(mark("This code is wrong, or it has been used already."))
    forget_attempts(Attempt.CODE_OF_PERSON, str(person_id))


def _use_step(factor: models.SecondFactor, code: str, at: datetime) -> bool:
    step = _step(factor, code, at)
    if step is None:
        return False
    rows = models.SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return bool(rows.update(last_step=step))


@transaction.atomic
def _use_backup_code(factor: models.SecondFactor, code: str, at: datetime) -> bool:
    person = factor.person
    codes = models.BackupCode.objects.filter(person=person, used_at=None)
    if not codes.filter(digest=_digest(person.pk, code)).update(used_at=at):
        return False
    told = events.BackupCodeUsed(
        subject_id=person.pk, organisation=person.organisation_id, left=codes.count()
    )
    record(told, actor=Actor(f"person:{person.pk}"), at=at)
    return True


def _step(factor: models.SecondFactor, code: str, at: datetime) -> int | None:
    secret = unseal(factor.secret, purpose=SECOND_FACTOR)
    return matching_step(secret, code, at=at, last_step=factor.last_step)


def _confirmed(person_id: int) -> models.SecondFactor:
    factors = models.SecondFactor.objects.select_related("person").exclude(confirmed_at=None)
    factor = factors.filter(person=person_id, person__left_at=None).first()
    if factor is None:
        raise nothing_there(f"person:{person_id}")
    return factor


def _new_backup_codes(person: models.Person, *, actor: Actor, at: datetime) -> tuple[str, ...]:
    codes = tuple(_random_code() for _ in range(BACKUP_CODES))
    models.BackupCode.objects.filter(person=person).delete()
    models.BackupCode.objects.bulk_create(
        models.BackupCode(person=person, digest=_digest(person.pk, typed_code(one)))
        for one in codes
    )
    told = events.BackupCodesMade(subject_id=person.pk, organisation=person.organisation_id)
    record(told, actor=actor, at=at)
    return codes


def _random_code() -> str:
    letters = "".join(secrets.choice(BACKUP_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _digest(person_id: int, code: str) -> str:
    return digest_of(f"backup-code.{person_id}", code)


@transaction.atomic
def _remove(person: models.Person, *, actor: Actor, at: datetime) -> None:
    models.BackupCode.objects.filter(person=person).delete()
    if not models.SecondFactor.objects.filter(person=person).delete()[0]:
        raise nothing_there(f"person:{person.pk}")
    told = events.SecondFactorRemoved(subject_id=person.pk, organisation=person.organisation_id)
    record(told, actor=actor, at=at)

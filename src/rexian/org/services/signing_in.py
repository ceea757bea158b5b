"""Sign in: a name with its password, then a code where the person has a second factor.

Nobody learns from an answer, or from how long it takes, whether a name exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from rexian.kernel.language import mark
from rexian.org import models
from rexian.org.domain.clients import Client
from rexian.org.domain.lockout import Attempt
from rexian.org.domain.people import normal_sign_in
from rexian.org.domain.refusals import KnownPassword, WrongSignIn
from rexian.org.services.attempts import count_attempt, forget_attempts, take_back_attempt


@dataclass(frozen=True, slots=True)
class Recognised:
    """Somebody whose password was right; with ``needs_code`` they are not signed in yet."""

    person: int
    needs_code: bool


def recognise_person(sign_in: str, *, password: str, client: Client, at: datetime) -> Recognised:
    """Return who this is, or raise ``WrongSignIn``, ``SignInLocked`` or ``KnownPassword``.

    The attempt is counted first, in a transaction of its own; the slow work on the password is
    done outside any.
    """
    name = normal_sign_in(sign_in)
    person = models.Person.objects.filter(sign_in=name, left_at=None).first()
    _count(name, person, client, at)
    if not _is_password_of(person, password):
        raise WrongSignIn(mark("The name or the password is wrong."))
    assert person is not None  # noqa: S101 - nobody has no password
    if person.password_is_known and not client.is_here:
        raise KnownPassword(
            mark(
                "This is a demonstration's password, which anybody can read. It only works on the "
                "computer that the server runs on."
            )
        )
    forget_attempts(Attempt.PASSWORD_OF_NAME, name)
    take_back_attempt(Attempt.PASSWORD_FROM_ADDRESS, client.address)
    return Recognised(person.pk, needs_code=_has_second_factor(person))


@transaction.atomic
def _count(name: str, person: models.Person | None, client: Client, at: datetime) -> None:
    count_attempt(Attempt.PASSWORD_FROM_ADDRESS, client.address, at=at)
    count_attempt(Attempt.PASSWORD_OF_NAME, name, person=person, at=at)


def _is_password_of(person: models.Person | None, password: str) -> bool:
    """Compare, and do as much work where there is nobody, or nobody with a password."""
    if person is None or not person.has_usable_password():
        make_password(password)
        return False
    return check_password(password, person.password)


def _has_second_factor(person: models.Person) -> bool:
    return models.SecondFactor.objects.filter(person=person).exclude(confirmed_at=None).exists()

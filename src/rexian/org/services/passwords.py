"""Passwords: given by a link that is good once, changed by whoever knows the old one.

Nobody but the person ever knows a password. An administrator hands out a link; a link by mail is
made when the mail is, by the worker, so that its secret is never anywhere but in the mail.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org import events, models
from rexian.org.domain.clients import Client
from rexian.org.domain.lockout import Attempt
from rexian.org.domain.people import normal_sign_in
from rexian.org.domain.refusals import Changed, LinkExpired, SignInLocked, WrongField
from rexian.org.queries.access import link_digest
from rexian.org.services.attempts import count_attempt, forget_attempts
from rexian.org.services.loading import managed_person, only_the_machine, themselves
from rexian.org.services.sessions import close_sessions

GIVEN_FOR = timedelta(days=7)  # time enough to hand a slip of paper to somebody on leave
MAILED_FOR = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """The secret of a link, known only now, and until when it is good."""

    person: int
    token: str
    expires_at: datetime


@transaction.atomic
def give_password_link(person_id: int, *, actor: Actor, at: datetime) -> PasswordLink:
    """Make the way to a password for somebody whom the actor manages; earlier ways are void."""
    person = managed_person(person_id, actor=actor)
    link = _new_link(person, lasts=GIVEN_FOR, at=at)
    told = events.PasswordLinkGiven(subject_id=person_id, organisation=person.organisation_id)
    record(told, actor=actor, at=at)
    return link


def ask_password_link(who: str, *, client: Client, actor: Actor, at: datetime) -> None:
    """Have a link mailed to whoever signs in under this name or has this address, if anybody.

    The answer is the same for all; so is having asked too often.
    """
    try:
        with transaction.atomic():
            count_attempt(Attempt.LINK_FROM_ADDRESS, client.address, at=at)
            count_attempt(Attempt.LINK_OF_NAME, normal_sign_in(who), at=at)
            _ask(who, actor=actor, at=at)
    except SignInLocked:
        return


def _ask(who: str, *, actor: Actor, at: datetime) -> None:
    people = models.Person.objects.filter(left_at=None).exclude(email="")
    found = list(people.filter(sign_in=normal_sign_in(who))) or list(
        people.filter(email__iexact=who.strip())[:2]
    )
    if len(found) == 1:  # an address that several share says nothing about who asks
        told = events.PasswordLinkAsked(
            subject_id=found[0].pk, organisation=found[0].organisation_id
        )
        record(told, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class MailedLink:
    """A link, and what the mail with it says, to whom and in which language."""

    link: PasswordLink
    email: str
    name: str
    sign_in: str
    language: str


@transaction.atomic
def make_mailed_link(person_id: int, *, entry_id: int, at: datetime) -> MailedLink | None:
    """Make the link that an entry asks for; ``None`` where it has been sent, or nobody is there."""
    people = models.Person.objects.select_related("organisation").filter(left_at=None)
    person = people.filter(pk=person_id).exclude(email="").first()
    sent = models.PasswordLink.objects.filter(entry=entry_id).exclude(sent_at=None)
    if person is None or sent.exists():
        return None
    models.PasswordLink.objects.filter(entry=entry_id).delete()
    link = _new_link(person, lasts=MAILED_FOR, entry=entry_id, at=at)
    language = person.language or person.organisation.language
    return MailedLink(link, person.email, person.name, person.sign_in, language)


def note_mailed_link(entry_id: int, *, at: datetime) -> None:
    """Note that the mail with the link has gone out, so that it is not sent again."""
    models.PasswordLink.objects.filter(entry=entry_id).update(sent_at=at)


def set_password_by_link(token: str, *, password: str, actor: Actor, at: datetime) -> int:
    """Set the password of whom the link was made for, once; return their id.

    They are signed out everywhere, and may try to sign in at once.
    """
    link = models.PasswordLink.objects.select_related("person").filter(digest=link_digest(token))
    found = link.filter(used_at=None, expires_at__gt=at, person__left_at=None).first()
    if found is None:
        raise LinkExpired
    encoded = _encoded(password, found.person)
    with transaction.atomic():
        if not link.filter(used_at=None).update(used_at=at):
            raise LinkExpired
        _set(found.person, encoded, by="link", actor=actor, at=at)
        close_sessions(found.person_id, actor=actor, at=at)
    forget_attempts(Attempt.PASSWORD_OF_NAME, found.person.sign_in)
    return found.person_id


def change_password(
    person_id: int, *, old: str, new: str, kept_key: str, actor: Actor, at: datetime
) -> None:
    """Change one's own password, and end one's sessions but the one with ``kept_key``."""
    person = themselves(person_id, actor=actor)
    count_attempt(Attempt.PASSWORD_OF_NAME, person.sign_in, person=person, at=at)
    if not check_password(old, person.password):
        raise WrongField(mark("This is not your password."), field="old")
    forget_attempts(Attempt.PASSWORD_OF_NAME, person.sign_in)
    if old == new:
        raise WrongField(mark("This is the password that you have already."), field="new")
    encoded = _encoded(new, person)
    with transaction.atomic():
        _set(person, encoded, by="password", actor=actor, at=at)
        close_sessions(person_id, but=kept_key, actor=actor, at=at)


def confirm_password(person_id: int, *, password: str, actor: Actor, at: datetime) -> None:
    """See that it is the person themselves who sits there; raise ``WrongField`` if not."""
    person = themselves(person_id, actor=actor)
    count_attempt(Attempt.PASSWORD_OF_NAME, person.sign_in, person=person, at=at)
    if not check_password(password, person.password):
        raise WrongField(mark("This is not your password."), field="password")
    forget_attempts(Attempt.PASSWORD_OF_NAME, person.sign_in)


@transaction.atomic
def give_password(person_id: int, *, password: str, actor: Actor, at: datetime) -> None:
    """Give somebody whom the actor manages a password, to be changed at their first sign-in."""
    person = managed_person(person_id, actor=actor)
    _set(person, _encoded(password, person), by="manager", actor=actor, at=at)
    models.Person.objects.filter(pk=person_id).update(password_is_given=True)
    close_sessions(person_id, actor=actor, at=at)


@transaction.atomic
def give_known_password(organisation_id: int, *, password: str, actor: Actor, at: datetime) -> None:
    """Give everybody in a demonstration's organisation one password, which anybody may know.

    It opens the door from this computer alone.
    """
    only_the_machine(actor)
    models.Person.objects.filter(organisation=organisation_id, left_at=None).update(
        password=_known(password), password_is_known=True
    )
    told = events.DemonstrationOpened(subject_id=organisation_id, organisation=organisation_id)
    record(told, actor=actor, at=at)


@cache
def _known(password: str) -> str:
    return make_password(password)


def _new_link(
    person: models.Person, *, lasts: timedelta, entry: int | None = None, at: datetime
) -> PasswordLink:
    models.PasswordLink.objects.filter(person=person, used_at=None, expires_at__gt=at).update(
        expires_at=at
    )
    token = secrets.token_urlsafe(32)
    models.PasswordLink.objects.create(
        person=person, digest=link_digest(token), entry=entry, made_at=at, expires_at=at + lasts
    )
    return PasswordLink(person.pk, token, at + lasts)


def _encoded(password: str, person: models.Person) -> str:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WrongField(" ".join(error.messages), field="new") from None
    return make_password(password)


def _set(person: models.Person, encoded: str, *, by: str, actor: Actor, at: datetime) -> None:
    rows = models.Person.objects.filter(pk=person.pk, password=person.password, left_at=None)
    changed = rows.update(
        password=encoded,
        password_is_known=False,
        password_is_given=False,
        version=F("version") + 1,
    )
    if not changed:
        raise Changed
    models.PasswordLink.objects.filter(person=person, used_at=None, expires_at__gt=at).update(
        expires_at=at
    )
    told = events.PasswordChanged(subject_id=person.pk, organisation=person.organisation_id, by=by)
    record(told, actor=actor, at=at)

"""Tokens: let a machine act for oneself, within some of one's own rights, for some time."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark
from rexian.org import events, models
from rexian.org.domain.refusals import WrongField, nothing_there
from rexian.org.queries.tokens import good_token, token_digest
from rexian.org.services.loading import managed_person, themselves

LONGEST = timedelta(days=366)
MOST = 20
_START = "rx_"
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token's number, and its text, known only now."""

    id: int
    text: str


@transaction.atomic
def make_token(
    person_id: int,
    *,
    name: str,
    scopes: Collection[str],
    lasts: timedelta,
    actor: Actor,
    at: datetime,
) -> MadeToken:
    """Make a token that may use the rights in ``scopes``, all of them one's own."""
    person = themselves(person_id, actor=actor)
    name = _checked(person, name, scopes, lasts, at)
    for right in scopes:
        authorise(actor, right)
    text = _START + secrets.token_urlsafe(32)
    token = models.Token.objects.create(
        person=person,
        name=name,
        start=text[:9],
        digest=token_digest(text),
        scopes=sorted(set(scopes)),
        made_at=at,
        expires_at=at + lasts,
    )
    told = events.TokenMade(
        subject_id=person_id,
        organisation=person.organisation_id,
        token=token.pk,
        scopes=tuple(token.scopes),
    )
    record(told, actor=actor, at=at)
    return MadeToken(token.pk, text)


@transaction.atomic
def revoke_token(token_id: int, *, actor: Actor, at: datetime) -> None:
    """Make a token worthless: one's own, or that of somebody whom the actor manages."""
    token = models.Token.objects.select_related("person").filter(pk=token_id).first()
    if token is None:
        raise nothing_there(f"token:{token_id}")
    if actor.person != token.person_id:
        managed_person(token.person_id, actor=actor)
    if not models.Token.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=at):
        return
    told = events.TokenRevoked(
        subject_id=token.person_id, organisation=token.person.organisation_id, token=token_id
    )
    record(told, actor=actor, at=at)


def use_token(text: str, *, at: datetime) -> Actor | None:
    """Return the actor that a token lets act, if it is good, and note that it was used."""
    found = good_token(text, at)
    if found is None:
        return None
    if found.used_at is None or found.used_at < at - _NOTED_EVERY:
        models.Token.objects.filter(pk=found.id).update(used_at=at)
    return found.actor


def _checked(
    person: models.Person, name: str, scopes: Collection[str], lasts: timedelta, at: datetime
) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise WrongField(mark("A name has 1 to 80 characters."), field="name")
    if not scopes:
        raise WrongField(mark("Choose at least one right."), field="scopes")
    if not timedelta() < lasts <= LONGEST:
        raise WrongField(mark("A token lasts a year at most."), field="lasts")
    good = models.Token.objects.filter(person=person, revoked_at=None, expires_at__gt=at)
    if good.count() >= MOST:
        raise WrongField(
            mark("You have {count} tokens. Revoke one first."), count=MOST, field="name"
        )
    return name

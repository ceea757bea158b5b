"""Tokens: whom one lets act, and which ones somebody has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from rexian.kernel.authority import Actor
from rexian.org import models
from rexian.org.domain.roles import grants_of
from rexian.org.queries.persons import posts_of
from rexian.prepared import Prepared


@dataclass(frozen=True, slots=True)
class TokenShown:
    """A token as its owner sees it: ``start`` is how its text begins."""

    id: int
    name: str
    start: str
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class GoodToken:
    """A token that is good now: for whom it acts, and when it was last noted to be used."""

    id: int
    actor: Actor
    used_at: datetime | None


def good_token(text: str, at: datetime) -> GoodToken | None:
    """Return a token that is good now, or ``None``.

    Its rights are those of the person's roles at this moment, as far as they are in its scopes.
    """
    found = _good.first(token_digest(text), at)
    if found is None:
        return None
    grants = grants_of(posts_of(found.person_id))
    actor = Actor(
        f"token:{found.pk}",
        found.person.organisation_id,
        found.person_id,
        {right: paths for right, paths in grants.items() if right in found.scopes},
    )
    return GoodToken(found.pk, actor, found.used_at)


_good = Prepared(
    lambda digest, at: models.Token.objects.filter(
        digest=digest, revoked_at=None, expires_at__gt=at, person__left_at=None
    ).select_related("person")
)


def actor_of_token(text: str, at: datetime) -> Actor | None:
    """Return the actor that a token lets act now, or ``None`` where it is no good (any more)."""
    found = good_token(text, at)
    return found.actor if found else None


def tokens_of(person_id: int, *, at: datetime) -> tuple[TokenShown, ...]:
    """Return the tokens of a person that are good now, the newest first."""
    rows = models.Token.objects.filter(person=person_id, revoked_at=None, expires_at__gt=at)
    return tuple(
        TokenShown(
            id=one.pk,
            name=one.name,
            start=one.start,
            scopes=tuple(one.scopes),
            made_at=one.made_at,
            expires_at=one.expires_at,
            used_at=one.used_at,
        )
        for one in rows.order_by("-made_at", "-pk")
    )


def token_digest(text: str) -> str:
    """Return what is kept of a token; it is random enough for a plain digest."""
    return sha256(text.encode()).hexdigest()

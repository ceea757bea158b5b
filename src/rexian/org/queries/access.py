"""How somebody gets in: their sessions, their second factor, a link for their password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings

from rexian.org import models
from rexian.org.adapters.fernet import unseal
from rexian.org.domain.refusals import LinkExpired
from rexian.org.domain.second_factor import address_for_telephone

SECOND_FACTOR = "second-factor"


@dataclass(frozen=True, slots=True)
class SessionShown:
    """Where somebody is signed in; ``is_this`` marks the session that asks."""

    id: int
    address: str
    browser: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def sessions_of(person_id: int, *, key: str, at: datetime) -> tuple[SessionShown, ...]:
    """Return where a person is signed in, the session with ``key`` first."""
    lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = models.Session.objects.filter(person=person_id, seen_at__gt=at - lasts)
    found = [
        SessionShown(
            id=one.pk,
            address=one.address,
            browser=one.browser,
            began_at=one.began_at,
            seen_at=one.seen_at,
            is_this=one.key == key,
        )
        for one in rows.order_by("-seen_at", "-pk")
    ]
    return tuple(sorted(found, key=lambda one: not one.is_this))


@dataclass(frozen=True, slots=True)
class SecondFactorShown:
    """A person's second factor: since when it counts, and how many backup codes are left.

    Until it counts, ``secret`` and ``address`` are what the telephone is to be told.
    """

    confirmed_at: datetime | None
    backup_codes: int
    secret: str = ""
    address: str = ""


def second_factor_of(person_id: int) -> SecondFactorShown | None:
    """Return a person's second factor, begun or confirmed, or ``None``."""
    row = (
        models.SecondFactor.objects.select_related("person__organisation")
        .filter(person=person_id)
        .first()
    )
    if row is None:
        return None
    if row.confirmed_at:
        left = models.BackupCode.objects.filter(person=person_id, used_at=None).count()
        return SecondFactorShown(row.confirmed_at, left)
    secret = unseal(row.secret, purpose=SECOND_FACTOR)
    issuer = f"Rexian {row.person.organisation.name}"
    address = address_for_telephone(secret, sign_in=row.person.sign_in, issuer=issuer)
    return SecondFactorShown(None, 0, secret, address)


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """Whose password a link sets."""

    name: str
    sign_in: str


def owner_of_link(token: str, *, at: datetime) -> LinkOwner:
    """Return whose password a link sets; raise ``LinkExpired`` where it is no good (any more)."""
    rows = models.PasswordLink.objects.select_related("person").filter(
        digest=link_digest(token), used_at=None, expires_at__gt=at, person__left_at=None
    )
    link = rows.first()
    if link is None:
        raise LinkExpired
    return LinkOwner(link.person.name, link.person.sign_in)


def link_digest(token: str) -> str:
    """Return what is kept of a link's secret; it is random enough for a plain digest."""
    return sha256(token.encode()).hexdigest()

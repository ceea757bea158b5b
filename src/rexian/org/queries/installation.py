"""What a whole installation holds, for whoever starts it; no organisation is asked."""

from __future__ import annotations

from dataclasses import dataclass

from rexian.org import models
from rexian.org.domain.roles import Role


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """Somebody of a demonstration, whose password anybody may know."""

    sign_in: str
    name: str
    role: Role


def has_organisation() -> bool:
    """Tell whether any organisation has been founded."""
    return models.Organisation.objects.exists()


def known_accounts() -> tuple[KnownAccount, ...]:
    """Return everybody whose password anybody may know, with the first of their roles."""
    posts = models.Post.objects.filter(
        person__password_is_known=True, person__left_at=None, until_at=None
    ).order_by("person_id", "id")
    found: dict[str, KnownAccount] = {}
    for sign_in, name, role in posts.values_list("person__sign_in", "person__name", "role"):
        found.setdefault(sign_in, KnownAccount(sign_in, name, Role(role)))
    order = list(Role)
    return tuple(sorted(found.values(), key=lambda one: order.index(one.role)))

"""Reads about people and units, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from rexian.kernel.authority import Actor
from rexian.kernel.language import DEFAULT
from rexian.org import models
from rexian.org.domain.roles import Role, grants_of


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whoever a session belongs to, with what every page needs of them."""

    id: int
    sign_in: str
    name: str
    organisation_id: int
    organisation_name: str
    time_zone: str
    language: str
    theme: str
    density: str
    roles: tuple[Role, ...]
    actor: Actor


def signed_in(person_id: int) -> SignedIn | None:
    """Return the person with their rights as they are now, or ``None`` for one who has left."""
    person = (
        models.Person.objects.select_related("organisation")
        .filter(pk=person_id, left_at=None)
        .first()
    )
    if person is None:
        return None
    posts = [
        (Role(role), path)
        for role, path in models.Post.objects.filter(
            person=person, until_at=None, unit__closed_at=None
        ).values_list("role", "unit__path")
    ]
    organisation = person.organisation
    return SignedIn(
        id=person.id,
        sign_in=person.sign_in,
        name=person.name,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        time_zone=organisation.time_zone,
        language=person.language or organisation.language or DEFAULT,
        theme=person.theme,
        density=person.density,
        roles=tuple(sorted({role for role, _ in posts})),
        actor=Actor(f"person:{person.id}", organisation.id, person.id, grants_of(posts)),
    )

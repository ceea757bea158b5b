"""Whoever is signed in, with what every page needs of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef

from rexian.kernel.authority import Actor
from rexian.kernel.language import DEFAULT
from rexian.org import models
from rexian.org.domain.roles import Role, grants_of


class Owed(StrEnum):
    """What somebody has to do before anything else."""

    PASSWORD = "password"  # noqa: S105 - a page, not a secret
    SECOND_FACTOR = "second-factor"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whoever a session belongs to; ``owes`` is what they have to do before anything else."""

    id: int
    sign_in: str
    name: str
    agent_number: str
    organisation_id: int
    organisation_name: str
    unit_name: str
    time_zone: str
    language: str
    theme: str
    density: str
    roles: tuple[Role, ...]
    owes: Owed | None
    actor: Actor


def signed_in(person_id: int) -> SignedIn | None:
    """Return the person with their rights as they are now, or ``None`` for one who has left."""
    confirmed = models.SecondFactor.objects.filter(person=OuterRef("pk")).exclude(confirmed_at=None)
    person = (
        models.Person.objects.select_related("organisation", "unit")
        .annotate(has_second_factor=Exists(confirmed))
        .filter(pk=person_id, left_at=None)
        .first()
    )
    if person is None:
        return None
    posts = posts_of(person_id)
    organisation = person.organisation
    roles = tuple(sorted({role for role, _ in posts}))
    return SignedIn(
        id=person.id,
        sign_in=person.sign_in,
        name=person.name,
        agent_number=person.agent_number or "",
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        unit_name=person.unit.name,
        time_zone=organisation.time_zone,
        language=person.language or organisation.language or DEFAULT,
        theme=person.theme,
        density=person.density,
        roles=roles,
        owes=_owed(person, roles, has_second_factor=person.has_second_factor),
        actor=Actor(f"person:{person.id}", organisation.id, person.id, grants_of(posts)),
    )


def posts_of(person_id: int) -> list[tuple[Role, str]]:
    """Return the roles that somebody holds now, each with the path of its unit."""
    posts = models.Post.objects.filter(person=person_id, until_at=None, unit__closed_at=None)
    return [(Role(role), path) for role, path in posts.values_list("role", "unit__path")]


def _owed(
    person: models.Person, roles: tuple[Role, ...], *, has_second_factor: bool
) -> Owed | None:
    if person.password_is_given:
        return Owed.PASSWORD
    asked = person.organisation.administrators_need_codes and Role.ADMINISTRATOR in roles
    return Owed.SECOND_FACTOR if asked and not has_second_factor else None


def agent_numbers_of(people: Collection[int]) -> dict[int, str]:
    """Return the number of each of some agents, which customers are told; asks for no right."""
    rows = models.Person.objects.filter(pk__in=people).values_list("pk", "agent_number")
    return {person: number or "" for person, number in rows}


def languages_of(people: Collection[int]) -> dict[int, str]:
    """Return the language that each of some people is spoken to in."""
    rows = models.Person.objects.filter(pk__in=people).values_list(
        "pk", "language", "organisation__language"
    )
    return {person: own or common or DEFAULT for person, own, common in rows}

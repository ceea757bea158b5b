"""Whoever is signed in, with what every page needs of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, QuerySet

from rexian.kernel.authority import Actor
from rexian.kernel.language import DEFAULT
from rexian.org import models
from rexian.org.domain.roles import Role, grants_of
from rexian.prepared import Prepared


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
    person = _there.first(person_id)
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
        owes=_owed(person, roles),
        actor=Actor(f"person:{person.id}", organisation.id, person.id, grants_of(posts)),
    )


def posts_of(person_id: int) -> list[tuple[Role, str]]:
    """Return the roles that somebody holds now, each with the path of its unit."""
    return [(Role(role), path) for role, path in _posts.all(person_id)]


def _people(person_id: int) -> QuerySet[models.Person]:
    confirmed = models.SecondFactor.objects.filter(person=OuterRef("pk")).exclude(confirmed_at=None)
    rows = models.Person.objects.select_related("organisation", "unit")
    return rows.annotate(has_second_factor=Exists(confirmed)).filter(pk=person_id, left_at=None)


_there = Prepared(_people)
_posts: Prepared[tuple[str, str]] = Prepared(
    lambda person: models.Post.objects.filter(
        person=person, until_at=None, unit__closed_at=None
    ).values_list("role", "unit__path")
)
_numbers: Prepared[tuple[int, str | None]] = Prepared(
    lambda people: models.Person.objects.filter(pk__in=people).values_list("pk", "agent_number")
)
_languages: Prepared[tuple[int, str, str]] = Prepared(
    lambda people: models.Person.objects.filter(pk__in=people).values_list(
        "pk", "language", "organisation__language"
    )
)


def _owed(person: models.Person, roles: tuple[Role, ...]) -> Owed | None:
    if person.password_is_given:
        return Owed.PASSWORD
    asked = person.organisation.administrators_need_codes and Role.ADMINISTRATOR in roles
    return Owed.SECOND_FACTOR if asked and not getattr(person, "has_second_factor", False) else None


def agent_numbers_of(people: Collection[int]) -> dict[int, str]:
    """Return the number of each of some agents, which customers are told; asks for no right."""
    return {person: number or "" for person, number in _numbers.all(people)}


def person_of_agent_number(organisation_id: int, number: str) -> int | None:
    """Return whose number as an agent it is, or was last, in an organisation; asks for no right."""
    said = number.strip()
    rows = models.Person.objects.filter(organisation=organisation_id, agent_number=said)
    latest = rows.order_by(F("left_at").desc(nulls_first=True), "-pk")
    return latest.values_list("pk", flat=True).first() if said else None


def languages_of(people: Collection[int]) -> dict[int, str]:
    """Return the language that each of some people is spoken to in."""
    return {person: own or common or DEFAULT for person, own, common in _languages.all(people)}

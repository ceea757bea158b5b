"""People, as far as somebody sees them: the list, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from rexian.kernel.authority import Actor, authorise
from rexian.org import models
from rexian.org.domain import rights
from rexian.org.domain.refusals import nothing_there
from rexian.org.domain.roles import Role, roles_with
from rexian.org.queries.units import paths_within


class Presence(StrEnum):
    """Whether somebody still belongs to the organisation."""

    HERE = "here"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class PostShown:
    """A role in a unit, since when and until when."""

    role: Role
    unit: int
    unit_name: str
    unit_path: str
    since_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person as a list shows them, with the posts that they hold now."""

    id: int
    name: str
    sign_in: str
    agent_number: str
    extension: str
    unit: int
    unit_name: str
    left_at: datetime | None
    posts: tuple[PostShown, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person with all that is written down of them; ``earlier`` are the posts that ended.

    ``manageable`` tells whether whoever looks may change them.
    """

    person: PersonShown
    email: str
    unit_path: str
    joined_at: datetime
    last_signed_in_at: datetime | None
    earlier: tuple[PostShown, ...]
    has_password: bool
    has_second_factor: bool
    sessions: int
    version: int
    manageable: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people are asked for; ``within`` is the path of a unit, with all below it.

    ``text`` is part of a name, or the beginning of its initials, of a number or a sign-in name;
    ``right`` is one that their posts give them there; ``besides`` are those who are left out.
    """

    text: str = ""
    within: str = ""
    role: Role | None = None
    presence: Presence = Presence.HERE
    right: str = ""
    besides: frozenset[int] = frozenset()


def people_count(actor: Actor, wanted: Wanted) -> int:
    """Return how many people the actor sees who were asked for."""
    authorise(actor, rights.SEE)
    return _matching(_seen(actor), wanted).count()


def people(actor: Actor, wanted: Wanted, *, offset: int, limit: int) -> tuple[PersonShown, ...]:
    """Return some of the people whom the actor sees and who were asked for, by name."""
    authorise(actor, rights.SEE)
    rows = _with_posts(_matching(_seen(actor), wanted)).order_by("name", "pk")
    return tuple(_shown(one) for one in rows[offset : offset + limit])


def person(person_id: int, *, actor: Actor) -> PersonPage:
    """Return all about a person whom the actor sees."""
    rows = _seen(actor).filter(pk=person_id)
    factor = models.SecondFactor.objects.filter(person=OuterRef("pk")).exclude(confirmed_at=None)
    row = _with_posts(rows).annotate(has_factor=Exists(factor)).first()
    if row is None:
        raise nothing_there(f"person:{person_id}")
    shown = _shown(row)
    ended = models.Post.objects.select_related("unit").filter(person=row).exclude(until_at=None)
    paths = {row.unit.path, *(post.unit_path for post in shown.posts)}
    return PersonPage(
        person=shown,
        email=row.email,
        unit_path=row.unit.path,
        joined_at=row.joined_at,
        last_signed_in_at=row.last_login,
        earlier=_posts(ended.order_by("-until_at", "-pk")),
        has_password=row.has_usable_password(),
        has_second_factor=row.has_factor,
        sessions=row.sessions.count(),
        version=row.version,
        manageable=row.left_at is None and all(actor.may(rights.MANAGE, one) for one in paths),
    )


def people_by_id(ids: Iterable[int], *, actor: Actor) -> Mapping[int, PersonShown]:
    """Return those of some people whom the actor sees, by their ids."""
    rows = _with_posts(_seen(actor).filter(pk__in=list(ids)))
    return {one.pk: _shown(one) for one in rows}


def successors(person_id: int, *, actor: Actor) -> tuple[PersonShown, ...]:
    """Return those who could take over what somebody holds open: whoever else the actor sees."""
    rows = _seen(actor).filter(left_at=None).exclude(pk=person_id)
    return tuple(_shown(one) for one in _with_posts(rows).order_by("name", "pk"))


def _seen(actor: Actor) -> QuerySet[models.Person]:
    """Return the rows of those who belong to, or have a post in, a unit that the actor sees."""
    posts = models.Post.objects.filter(
        paths_within(actor, rights.SEE, "unit__"), person=OuterRef("pk"), until_at=None
    )
    rows = models.Person.objects.filter(paths_within(actor, rights.SEE, "unit__") | Exists(posts))
    return rows if actor.organisation is None else rows.filter(organisation=actor.organisation)


def _matching(rows: QuerySet[models.Person], wanted: Wanted) -> QuerySet[models.Person]:
    rows = rows.filter(left_at__isnull=wanted.presence is Presence.HERE).exclude(
        pk__in=wanted.besides
    )
    text = " ".join(wanted.text.split())
    if text:
        rows = rows.filter(
            Q(name__icontains=text)
            | Q(initials__startswith=text.casefold())
            | Q(initials__contains=f" {text.casefold()}")
            | Q(agent_number__startswith=text)
            | Q(sign_in__startswith=text.casefold())
        )
    posts = models.Post.objects.filter(person=OuterRef("pk"), until_at=None)
    if wanted.within:
        inside = posts.filter(unit__path__startswith=wanted.within)
        rows = rows.filter(Q(unit__path__startswith=wanted.within) | Exists(inside))
    if wanted.role:
        rows = rows.filter(Exists(posts.filter(role=wanted.role)))
    if wanted.right:
        able = posts.filter(role__in=roles_with(wanted.right))
        rows = rows.filter(Exists(able.filter(unit__path__startswith=wanted.within)))
    return rows


def _with_posts(rows: QuerySet[models.Person]) -> QuerySet[models.Person]:
    current = models.Post.objects.select_related("unit").filter(until_at=None)
    held = Prefetch("posts", queryset=current.order_by("since_at", "pk"), to_attr="held")
    return rows.select_related("unit").prefetch_related(held)


def _shown(row: models.Person) -> PersonShown:
    return PersonShown(
        id=row.pk,
        name=row.name,
        sign_in=row.sign_in,
        agent_number=row.agent_number or "",
        extension=row.extension,
        unit=row.unit_id,
        unit_name=row.unit.name,
        left_at=row.left_at,
        posts=_posts(getattr(row, "held", ())),
    )


def _posts(rows: Iterable[models.Post]) -> tuple[PostShown, ...]:
    return tuple(
        PostShown(
            role=Role(one.role),
            unit=one.unit_id,
            unit_name=one.unit.name,
            unit_path=one.unit.path,
            since_at=one.since_at,
            until_at=one.until_at,
        )
        for one in rows
    )

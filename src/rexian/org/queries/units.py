"""The tree of units, as far as somebody sees it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from rexian.kernel.authority import EVERYWHERE, Actor, authorise
from rexian.org import models
from rexian.org.domain import rights
from rexian.org.domain.refusals import nothing_there


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit as a list or its page shows it; ``people`` counts those who belong to it itself."""

    id: int
    organisation: int
    parent: int | None
    path: str
    code: str
    name: str
    tier: str
    people: int
    opened_at: datetime
    closed_at: datetime | None
    version: int

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return self.path.count("/") - 2


@dataclass(frozen=True, slots=True)
class UnitBranch:
    """A unit with the ones below it."""

    unit: UnitShown
    below: tuple[UnitBranch, ...]

    @property
    def people(self) -> int:
        """How many belong to it or to a unit below it."""
        return self.unit.people + sum(one.people for one in self.below)


def paths_within(actor: Actor, right: str, prefix: str = "") -> Q:
    """Return the condition that a unit lies where the actor has the right; ``prefix`` leads there.

    Nobody reaches beyond their organisation: paths begin with units of their own.
    """
    reach = actor.reach(right)
    if EVERYWHERE in reach:
        return Q()
    condition = Q(pk__in=())
    for path in reach:
        condition |= Q(**{f"{prefix}path__startswith": path})
    return condition


def unit_tree(actor: Actor) -> tuple[UnitBranch, ...]:
    """Return the open units that the actor sees, each below its parent as far as that is seen."""
    authorise(actor, rights.SEE)
    rows = models.Unit.objects.filter(
        paths_within(actor, rights.SEE), closed_at=None, **_of_their_organisation(actor)
    )
    counts = _people_of(rows)
    return _grown([_shown(one, counts.get(one.pk, 0)) for one in rows.order_by("tier", "code")])


def units_for(actor: Actor, right: str = rights.SEE) -> tuple[UnitShown, ...]:
    """Return the open units where the actor has a right, each after the one above it."""
    rows = models.Unit.objects.filter(
        paths_within(actor, right), closed_at=None, **_of_their_organisation(actor)
    )
    tree = _grown([_shown(one, 0) for one in rows.order_by("tier", "code")])
    return tuple(_flattened(tree))


def unit(unit_id: int, *, actor: Actor) -> UnitShown:
    """Return a unit that the actor sees, also when it is closed."""
    rows = models.Unit.objects.filter(pk=unit_id)
    row = rows.first()
    if row is None or not actor.may(rights.SEE, row.path):
        raise nothing_there(f"unit:{unit_id}")
    return _shown(row, _people_of(rows).get(unit_id, 0))


def units_above(path: str, *, actor: Actor) -> tuple[UnitShown, ...]:
    """Return the units above the one at ``path`` that the actor sees, from the top down."""
    ids = [int(one) for one in path.strip("/").split("/")[:-1]]
    rows = models.Unit.objects.filter(pk__in=ids).order_by("path")
    found = [_shown(one, 0) for one in rows if actor.may(rights.SEE, one.path)]
    return tuple(sorted(found, key=lambda one: one.depth))


def _people_of(rows: QuerySet[models.Unit]) -> dict[int, int]:
    """Return how many people belong to each unit that has any."""
    present = models.Person.objects.filter(unit__in=rows, left_at=None).order_by()
    return dict(present.values_list("unit").annotate(Count("pk")))


def _of_their_organisation(actor: Actor) -> dict[str, int]:
    return {} if actor.organisation is None else {"organisation": actor.organisation}


def _shown(row: models.Unit, people: int) -> UnitShown:
    return UnitShown(
        id=row.pk,
        organisation=row.organisation_id,
        parent=row.parent_id,
        path=row.path,
        code=row.code,
        name=row.name,
        tier=row.tier,
        people=people,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        version=row.version,
    )


def _grown(units: list[UnitShown]) -> tuple[UnitBranch, ...]:
    seen = {one.id for one in units}
    below: dict[int | None, list[UnitShown]] = {}
    for one in units:
        below.setdefault(one.parent if one.parent in seen else None, []).append(one)

    def grow(parent: int | None) -> tuple[UnitBranch, ...]:
        return tuple(UnitBranch(one, grow(one.id)) for one in below.get(parent, ()))

    return grow(None)


def _flattened(branches: tuple[UnitBranch, ...]) -> list[UnitShown]:
    found = []
    for one in branches:
        found += [one.unit, *_flattened(one.below)]
    return found


def units_by_id(ids: Collection[int]) -> dict[int, UnitShown]:
    """Return units by their ids, also closed ones, for services that ask for rights themselves."""
    rows = models.Unit.objects.filter(pk__in=set(ids))
    return {row.pk: _shown(row, 0) for row in rows}


def units_of(organisation_id: int) -> tuple[UnitShown, ...]:
    """Return the open units of an organisation, each after the one above it; asks for no right."""
    rows = models.Unit.objects.filter(organisation=organisation_id, closed_at=None)
    return tuple(_flattened(_grown([_shown(one, 0) for one in rows.order_by("tier", "code")])))

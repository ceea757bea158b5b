"""The plan of a roster that somebody has uploaded, against what is there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from rexian.kernel.authority import Actor
from rexian.org import models
from rexian.org.domain import rights
from rexian.org.domain.people import PersonDetails, UnitDetails, normal_sign_in
from rexian.org.domain.refusals import nothing_there
from rexian.org.domain.roles import Role
from rexian.org.domain.roster import (
    PersonThere,
    Plan,
    Present,
    Row,
    Sheet,
    UnitThere,
    plan_roster,
)
from rexian.org.queries.holdings import holdings_of
from rexian.org.queries.units import paths_within


@dataclass(frozen=True, slots=True)
class Draft:
    """A roster as it was uploaded, and what it would change now."""

    file_name: str
    made_at: datetime
    plan: Plan


def roster_draft(actor: Actor) -> Draft:
    """Return the draft of whoever asks; raise ``NotFound`` where there is none."""
    row = models.RosterDraft.objects.filter(person=actor.person).first()
    if row is None:
        raise nothing_there("roster")
    rows = rows_of(row)
    return Draft(row.file_name, row.made_at, plan_roster(rows, present_for(actor, rows)))


def rows_of(draft: models.RosterDraft) -> list[Row]:
    """Return the rows that a draft keeps."""
    return [Row(Sheet(sheet), number, cells) for sheet, number, cells in draft.rows]


def present_for(actor: Actor, rows: Sequence[Row]) -> Present:
    """Return what the actor manages, and which of the names in the rows are somebody else's."""
    within = paths_within(actor, rights.MANAGE)
    units = list(
        models.Unit.objects.select_related("parent")
        .filter(within, organisation=actor.organisation, closed_at=None)
        .order_by("path")
    )
    if not units:
        raise nothing_there("roster")
    people = _people(actor, {unit.path for unit in units})
    written = {normal_sign_in(row.cell("sign_in")) for row in rows if row.sheet is Sheet.PEOPLE}
    codes = {row.cell("code") for row in rows if row.sheet is Sheet.UNITS}
    managed = {unit.code for unit in units}
    there = models.Unit.objects.filter(organisation=actor.organisation, code__in=codes - managed)
    taken = models.Person.objects.filter(sign_in__in=written - people.keys())
    return Present(
        top=min(units, key=lambda unit: unit.path.count("/")).code,
        units={unit.code: _unit(unit) for unit in units},
        people=people,
        taken=frozenset(taken.values_list("sign_in", flat=True)),
        taken_codes=frozenset(there.values_list("code", flat=True)),
    )


def _unit(unit: models.Unit) -> UnitThere:
    details = UnitDetails(code=unit.code, name=unit.name, tier=unit.tier)
    return UnitThere(details, unit.parent.code if unit.parent else None)


def _people(actor: Actor, managed: set[str]) -> dict[str, PersonThere]:
    """Return those of the organisation all of whose units the actor manages."""
    people = models.Person.objects.select_related("unit").filter(
        organisation=actor.organisation, left_at=None
    )
    posts = _posts_by_person(people)
    return {
        person.sign_in: _person(person, posts.get(person.pk, []))
        for person in people
        if person.unit.path in managed
        and all(path in managed for _, _, path in posts.get(person.pk, []))
    }


def _person(person: models.Person, posts: list[tuple[Role, str, str]]) -> PersonThere:
    details = PersonDetails(
        sign_in=person.sign_in,
        name=person.name,
        agent_number=person.agent_number or "",
        extension=person.extension,
        email=person.email,
    )
    held = frozenset((role, code) for role, code, _ in posts)
    return PersonThere(details, person.unit.code, held, holds_open=bool(holdings_of(person.pk)))


def _posts_by_person(
    people: QuerySet[models.Person],
) -> dict[int, list[tuple[Role, str, str]]]:
    found: dict[int, list[tuple[Role, str, str]]] = {}
    posts = models.Post.objects.filter(Q(until_at=None), person__in=people)
    for person, role, code, path in posts.values_list("person", "role", "unit__code", "unit__path"):
        found.setdefault(person, []).append((Role(role), code, path))
    return found

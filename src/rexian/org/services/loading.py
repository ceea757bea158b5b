"""Load what a service is to change, for whoever may change it; hold what must not move meanwhile.

What another organisation owns, or what lies outside the units that the actor sees, is not found;
what is seen and not the actor's to change is refused.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import F, Model, QuerySet

from rexian.kernel.authority import EVERYWHERE, Actor, authorise
from rexian.org import models
from rexian.org.domain import rights
from rexian.org.domain.refusals import Changed, nothing_there

Row = TypeVar("Row", bound=Model)


def managed_unit(unit_id: int, *, actor: Actor) -> models.Unit:
    """Return an open unit that the actor may change."""
    unit = models.Unit.objects.filter(pk=unit_id, closed_at=None).first()
    if unit is None or not actor.may(rights.SEE, unit.path):
        raise nothing_there(f"unit:{unit_id}")
    authorise(actor, rights.MANAGE, within=unit.path)
    return unit


def managed_person(person_id: int, *, actor: Actor) -> models.Person:
    """Return a person whom the actor may change: every unit they have a post in is the actor's.

    Whoever manages one station does not manage somebody who also has a post above it.
    """
    person = (
        models.Person.objects.select_related("unit", "organisation")
        .filter(pk=person_id, left_at=None)
        .first()
    )
    if person is None:
        raise nothing_there(f"person:{person_id}")
    paths = {person.unit.path, *paths_of(person)}
    if not any(actor.may(rights.SEE, path) for path in paths):
        raise nothing_there(f"person:{person_id}")
    for path in paths:
        authorise(actor, rights.MANAGE, within=path)
    return person


def paths_of(person: models.Person) -> list[str]:
    """Return the paths of the units in which a person holds posts."""
    posts = models.Post.objects.filter(person=person, until_at=None)
    return list(posts.values_list("unit__path", flat=True))


def themselves(person_id: int, *, actor: Actor) -> models.Person:
    """Return the person if they are the actor: what is one's own is nobody else's."""
    person = models.Person.objects.filter(pk=person_id, left_at=None).first()
    if person is None or (actor.person != person_id and not actor.is_system):
        raise nothing_there(f"person:{person_id}")
    return person


def hold_organisation(organisation_id: int) -> None:
    """Keep others from changing the tree, or who manages it, until this transaction ends.

    Setting a column to itself is a lock that every database knows.
    """
    models.Organisation.objects.filter(pk=organisation_id).update(code=F("code"))


def hold_open(unit: models.Unit) -> None:
    """Keep a unit from being closed until this transaction ends; it must be open."""
    if not models.Unit.objects.filter(pk=unit.pk, closed_at=None).update(closed_at=None):
        raise Changed


def change_row(rows: QuerySet[Row], *, version: int, **values: object) -> None:
    """Change the one row as long as it has this version, else raise ``Changed``."""
    if not rows.filter(version=version).update(version=version + 1, **values):
        raise Changed


def only_the_machine(actor: Actor) -> None:
    """Let nobody through but the machine itself (a command, a first start)."""
    authorise(actor, rights.MANAGE, within=EVERYWHERE)

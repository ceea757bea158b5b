"""Let people join, and keep what is written down of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org import events, models
from rexian.org.domain.people import PersonDetails, checked_person, initials_of
from rexian.org.domain.refusals import Taken
from rexian.org.domain.roles import Role
from rexian.org.services.loading import change_row, hold_open, managed_person, managed_unit
from rexian.org.services.posts import refuse_beyond_reach, take_post


@transaction.atomic
def join_person(
    unit_id: int,
    *,
    details: PersonDetails,
    roles: Collection[Role],
    actor: Actor,
    at: datetime,
) -> int:
    """Let somebody join the organisation in a unit, with roles there, and return their id.

    They have no password yet: ``give_password_link`` makes them the way to one.
    """
    unit = managed_unit(unit_id, actor=actor)
    details = checked_person(details)
    hold_open(unit)
    _refuse_taken(details, unit.organisation_id)
    person = models.Person(
        organisation_id=unit.organisation_id,
        unit=unit,
        initials=initials_of(details.name),
        joined_at=at,
        **_columns(details),
    )
    person.set_unusable_password()
    _save_new(person)
    told = events.PersonJoined(
        subject_id=person.pk, organisation=unit.organisation_id, unit=unit.pk
    )
    record(told, actor=actor, at=at)
    for role in sorted(set(roles)):
        refuse_beyond_reach(role, unit, actor=actor)
        take_post(person, unit, role=role, actor=actor, at=at)
    return person.pk


@transaction.atomic
def change_person(
    person_id: int, *, details: PersonDetails, version: int, actor: Actor, at: datetime
) -> None:
    """Change what is written down of a person; what stays as it was is no change."""
    person = managed_person(person_id, actor=actor)
    details = checked_person(details)
    wanted = _columns(details)
    changed = tuple(sorted(name for name in wanted if wanted[name] != getattr(person, name)))
    if not changed:
        return
    _refuse_taken(details, person.organisation_id, but=person_id)
    rows = models.Person.objects.filter(pk=person_id, left_at=None)
    try:
        with transaction.atomic():
            change_row(rows, version=version, initials=initials_of(details.name), **wanted)
    except IntegrityError:
        raise _taken() from None
    told = events.PersonChanged(
        subject_id=person_id, organisation=person.organisation_id, changed=changed
    )
    record(told, actor=actor, at=at)


def _columns(details: PersonDetails) -> dict[str, str | None]:
    return {
        "sign_in": details.sign_in,
        "name": details.name,
        "agent_number": details.agent_number or None,
        "extension": details.extension,
        "email": details.email,
    }


def _save_new(person: models.Person) -> None:
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise _taken() from None


def _taken() -> Taken:
    return Taken(mark("The sign-in name or the agent number is somebody else's."), field="sign_in")


def _refuse_taken(details: PersonDetails, organisation: int, but: int | None = None) -> None:
    others = models.Person.objects.exclude(pk=but or 0)
    if others.filter(sign_in=details.sign_in).exists():
        raise Taken(
            mark("The sign-in name {name} is somebody else's."),
            name=details.sign_in,
            field="sign_in",
        )
    number = details.agent_number
    present = others.filter(organisation=organisation, left_at=None)
    if number and present.filter(agent_number=number).exists():
        raise Taken(
            mark("The agent number {number} is somebody else's."),
            number=number,
            field="agent_number",
        )

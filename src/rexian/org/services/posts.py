"""Appoint people to roles in units, and relieve them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark
from rexian.org import events, models
from rexian.org.domain import rights
from rexian.org.domain.refusals import (
    AppointedAtTheTop,
    LastAdministrator,
    Taken,
    nothing_there,
)
from rexian.org.domain.roles import Role, is_appointed_at_the_top
from rexian.org.domain.tree import top_of
from rexian.org.services.loading import hold_open, hold_organisation, managed_unit


@transaction.atomic
def appoint_person(person_id: int, *, role: Role, unit_id: int, actor: Actor, at: datetime) -> None:
    """Give somebody of the organisation a role in a unit that the actor manages."""
    unit = managed_unit(unit_id, actor=actor)
    person = models.Person.objects.filter(
        pk=person_id, organisation=unit.organisation_id, left_at=None
    ).first()
    if person is None:
        raise nothing_there(f"person:{person_id}")
    hold_open(unit)
    refuse_beyond_reach(role, unit, actor=actor)
    take_post(person, unit, role=role, actor=actor, at=at)


@transaction.atomic
def relieve_person(person_id: int, *, role: Role, unit_id: int, actor: Actor, at: datetime) -> None:
    """Take a role in a unit from somebody; the last administrator keeps theirs."""
    post = (
        models.Post.objects.select_related("unit", "person")
        .filter(person=person_id, unit=unit_id, role=role, until_at=None)
        .first()
    )
    if post is None or not actor.may(rights.SEE, post.unit.path):
        raise nothing_there(f"person:{person_id}")
    authorise(actor, rights.MANAGE, within=post.unit.path)
    leave_post(post, actor=actor, at=at)
    refuse_without_administrator(post.person.organisation_id)


def refuse_beyond_reach(role: Role, unit: models.Unit, *, actor: Actor) -> None:
    """Raise ``AppointedAtTheTop`` where a branch gives a role that reaches beyond it."""
    if is_appointed_at_the_top(role) and not actor.may(rights.MANAGE, top_of(unit.path)):
        raise AppointedAtTheTop(role)


def take_post(
    person: models.Person, unit: models.Unit, *, role: Role, actor: Actor, at: datetime
) -> None:
    """Write down a post and its entry, within whatever else is done."""
    try:
        with transaction.atomic():
            models.Post.objects.create(person=person, unit=unit, role=role, since_at=at)
    except IntegrityError:
        raise Taken(mark("They hold this role in this unit already."), field="role") from None
    told = events.PersonAppointed(
        subject_id=person.pk, organisation=person.organisation_id, unit=unit.pk, role=role
    )
    record(told, actor=actor, at=at)


def leave_post(post: models.Post, *, actor: Actor, at: datetime) -> None:
    """End a post and write its entry, within whatever else is done.

    Whoever ends an administrator's asks ``refuse_without_administrator`` before it commits.
    """
    hold_organisation(post.unit.organisation_id)
    if not models.Post.objects.filter(pk=post.pk, until_at=None).update(until_at=at):
        raise nothing_there(f"post:{post.pk}")
    told = events.PersonRelieved(
        subject_id=post.person_id,
        organisation=post.unit.organisation_id,
        unit=post.unit_id,
        role=post.role,
    )
    record(told, actor=actor, at=at)


def refuse_without_administrator(organisation_id: int) -> None:
    """Raise ``LastAdministrator`` where nobody is left who manages the organisation's top."""
    administrators = models.Post.objects.filter(
        role=Role.ADMINISTRATOR,
        until_at=None,
        unit__organisation=organisation_id,
        unit__parent=None,
        person__left_at=None,
    )
    if not administrators.exists():
        raise LastAdministrator

"""Let people move to another unit or leave, with what they hold open in somebody else's hands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.org import events, models
from rexian.org.domain.refusals import Changed, StillHolding, WrongField
from rexian.org.domain.roles import Role
from rexian.org.queries.holdings import holdings, holdings_of
from rexian.org.services.loading import hold_open, managed_person, managed_unit
from rexian.org.services.posts import leave_post, refuse_without_administrator, take_post
from rexian.org.services.sessions import close_sessions


@transaction.atomic
def move_person(
    person_id: int, *, unit_id: int, successor_id: int | None = None, actor: Actor, at: datetime
) -> None:
    """Move somebody to another unit, where they take the roles that they had in the old one.

    What they hold open goes to the successor; without one the move is refused while there is any.
    """
    person = managed_person(person_id, actor=actor)
    unit = managed_unit(unit_id, actor=actor)
    if person.unit_id == unit.pk:
        raise WrongField(mark("They belong to this unit already."), field="unit")
    hold_open(unit)
    _hand_over(person, successor_id, actor, at)
    rows = models.Person.objects.filter(pk=person_id, unit=person.unit_id, left_at=None)
    if not rows.update(unit=unit, version=F("version") + 1):
        raise Changed
    told = events.PersonMoved(
        subject_id=person_id,
        organisation=person.organisation_id,
        from_unit=person.unit_id,
        to_unit=unit.pk,
    )
    record(told, actor=actor, at=at)
    _take_posts_along(person, unit, actor, at)
    refuse_without_administrator(person.organisation_id)


@transaction.atomic
def let_person_leave(
    person_id: int, *, successor_id: int | None = None, actor: Actor, at: datetime
) -> None:
    """Let somebody leave the organisation: their posts, sessions, links and tokens end now.

    What they hold open goes to the successor; without one they cannot leave while there is any.
    """
    person = managed_person(person_id, actor=actor)
    _hand_over(person, successor_id, actor, at)
    for post in _posts(person):
        leave_post(post, actor=actor, at=at)
    rows = models.Person.objects.filter(pk=person_id, left_at=None)
    if not rows.update(left_at=at, version=F("version") + 1):
        raise Changed
    refuse_without_administrator(person.organisation_id)
    close_sessions(person_id, actor=actor, at=at)
    models.Token.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
    models.PasswordLink.objects.filter(person=person, used_at=None).delete()
    models.BackupCode.objects.filter(person=person).delete()
    models.SecondFactor.objects.filter(person=person).delete()
    told = events.PersonLeft(subject_id=person_id, organisation=person.organisation_id)
    record(told, actor=actor, at=at)


def _posts(person: models.Person) -> list[models.Post]:
    return list(models.Post.objects.select_related("unit").filter(person=person, until_at=None))


def _take_posts_along(person: models.Person, unit: models.Unit, actor: Actor, at: datetime) -> None:
    posts = _posts(person)
    there = {post.role for post in posts if post.unit_id == unit.pk}
    for post in posts:
        if post.unit_id == person.unit_id:
            leave_post(post, actor=actor, at=at)
            if post.role not in there:
                take_post(person, unit, role=Role(post.role), actor=actor, at=at)


def _hand_over(person: models.Person, successor_id: int | None, actor: Actor, at: datetime) -> None:
    held = holdings_of(person.pk)
    if not held:
        return
    if successor_id is None:
        raise StillHolding(
            mark("{name} still has {count} things open. Say who takes them over."),
            name=person.name,
            count=sum(len(one.things) for one in held),
            held=held,
            field="successor",
        )
    successor = _successor(person, successor_id)
    for holding in holdings():
        count = holding.hand_over(person.pk, successor_id=successor.pk, actor=actor, at=at)
        if count:
            told = events.HoldingsHandedOver(
                subject_id=person.pk,
                organisation=person.organisation_id,
                successor=successor.pk,
                kind=holding.kind,
                count=count,
            )
            record(told, actor=actor, at=at)


def _successor(person: models.Person, successor_id: int) -> models.Person:
    others = models.Person.objects.filter(organisation=person.organisation_id, left_at=None)
    successor = others.exclude(pk=person.pk).filter(pk=successor_id).first()
    if successor is None:
        raise WrongField(mark("Choose somebody else of the organisation."), field="successor")
    return successor

"""Set up hotlines and their queues, and say who serves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from rexian.contacts import events, models
from rexian.contacts.domain.hotlines import GENERAL, BadHotline, HotlineDetails, checked
from rexian.contacts.domain.refusals import NoSuchQueue
from rexian.contacts.domain.rights import MANAGE
from rexian.contacts.queries.hotlines import QueueShown, hours_of
from rexian.contacts.services.holding_rows import turn_of, turns_of
from rexian.contacts.services.routing import route
from rexian.contacts.services.there import hotlines_of, leave
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.language import mark
from rexian.org.queries import person, unit


@in_one_transaction
def set_up_hotline(
    unit_id: int,
    *,
    details: HotlineDetails,
    queues: Sequence[QueueShown],
    actor: Actor,
    at: datetime,
) -> int:
    """Set up a hotline for a unit, and return its id; there is a general queue in any case."""
    shown = unit(unit_id, actor=actor)
    authorise(actor, MANAGE, within=shown.path)
    row = models.Hotline(
        organisation_id=shown.organisation, unit_id=unit_id, **asdict(checked(details))
    )
    hours_of(row)
    _save(row)
    _write_queues(row, queues)
    _record(row, actor, at)
    return row.pk


@in_one_transaction
def change_hotline(
    hotline_id: int,
    *,
    details: HotlineDetails,
    queues: Sequence[QueueShown],
    actor: Actor,
    at: datetime,
) -> None:
    """Change a hotline; a queue that is no longer named keeps those who wait in it till they go."""
    row = _managed(hotline_id, actor)
    for name, value in asdict(checked(details)).items():
        setattr(row, name, value)
    hours_of(row)
    row.version += 1
    _save(row)
    _write_queues(row, queues)
    _record(row, actor, at)


@in_one_transaction
def assign_agent(
    person_id: int,
    *,
    hotline: int,
    queues: Sequence[str],
    capacity: int | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Have somebody serve some queues of a hotline, with room for so many chats at once.

    Without any queue they serve it no longer, and what they have goes back; so it does when they
    change to another hotline. With less room than before they keep what they have, and are offered
    nothing until there is room. Said again, it changes nothing.
    """
    served = models.Presence.objects.filter(pk=person_id).values_list("hotline", flat=True)
    turns = turns_of([_known(hotline, actor), *served, *hotlines_of(person_id)])
    row = turns[hotline]
    authorise(actor, MANAGE, within=row.unit.path)
    known = set(row.queues.values_list("code", flat=True))
    if unknown := set(queues) - known:
        raise NoSuchQueue(mark("There is no queue of that name."), queue=min(unknown))
    whom = person(person_id, actor=actor).person.id
    room = row.chat_capacity if capacity is None else capacity
    presence, is_new = models.Presence.objects.get_or_create(
        person_id=whom,
        defaults={
            "organisation_id": row.organisation_id,
            "hotline": row,
            "capacity": room,
            "since": at,
            "idle_since": at,
        },
    )
    wanted = (row.pk, sorted(queues), room)
    if not is_new and (presence.hotline_id, presence.skills, presence.capacity) == wanted:
        return
    if not queues or presence.hotline_id != row.pk:
        leave(turns, presence, actor=actor, at=at)
    presence.hotline, presence.skills, presence.capacity = row, sorted(queues), room
    presence.save(update_fields=["hotline", "skills", "capacity"])
    _record_assignment(presence, actor, at)
    route(row, at=at)


@in_one_transaction
def dismiss_agent(person_id: int, *, actor: Actor, at: datetime) -> None:
    """Have somebody serve no hotline any more, as when they have left: the machine's doing."""
    served = models.Presence.objects.filter(pk=person_id).values_list("hotline", flat=True)
    turns = turns_of([*served, *hotlines_of(person_id)])
    presence = models.Presence.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if presence is None or not actor.is_system:
        return
    leave(turns, presence, actor=actor, at=at)
    if presence.skills:
        presence.skills = []
        presence.save(update_fields=["skills"])
        _record_assignment(presence, actor, at)


def _record_assignment(presence: models.Presence, actor: Actor, at: datetime) -> None:
    assigned = events.AgentAssigned(
        subject_id=presence.pk,
        organisation=presence.organisation_id,
        hotline=presence.hotline_id,
        queues=tuple(presence.skills),
        capacity=presence.capacity,
    )
    record(assigned, actor=actor, at=at)


def _known(hotline_id: int, actor: Actor) -> int:
    found = models.Hotline.objects.filter(pk=hotline_id).first()
    belongs(actor, found.organisation_id if found else -1, code=f"hotline:{hotline_id}")
    return hotline_id


def _managed(hotline_id: int, actor: Actor) -> models.Hotline:
    row = turn_of(_known(hotline_id, actor))
    authorise(actor, MANAGE, within=row.unit.path)
    return row


def _save(row: models.Hotline) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise BadHotline(mark("This code is taken."), field="code") from None


def _write_queues(row: models.Hotline, queues: Sequence[QueueShown]) -> None:
    wanted = list(queues)
    if not any(one.code == GENERAL for one in wanted):
        wanted.append(QueueShown(GENERAL, row.name, emergency=False))
    for number, one in enumerate(wanted):
        models.Queue.objects.update_or_create(
            hotline=row,
            code=one.code,
            defaults={"name": one.name, "emergency": one.emergency, "order": number},
        )
    row.queues.exclude(code__in=[one.code for one in wanted]).delete()


def _record(row: models.Hotline, actor: Actor, at: datetime) -> None:
    set_up = events.HotlineSetUp(subject_id=row.pk, organisation=row.organisation_id)
    record(set_up, actor=actor, at=at)

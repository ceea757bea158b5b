"""Keep the roster: who is on duty in which unit, copied from a day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from rexian.cases import events, models
from rexian.cases.domain.duties import LONGEST_DUTY
from rexian.cases.domain.helping import BadHelper
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.domain.rights import SUPERVISE
from rexian.cases.queries.directory import helpers_by_id
from rexian.cases.queries.duty import day_spell, duty
from rexian.contacts.domain.words import one_line
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark
from rexian.org.queries import UnitShown, people_by_id, units_by_id

_READER = Actor.system("cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDetails:
    """Who is on duty from when until when: a person of the house, or a helper."""

    begins_at: datetime
    ends_at: datetime
    person: int | None = None
    helper: int | None = None
    role: str = ""
    telephone: str = ""


@in_one_transaction
def set_duty(unit_id: int, *, details: DutyDetails, actor: Actor, at: datetime) -> int:
    """Have somebody be on duty in a unit, and return the line's id; the same again is the same.

    Raises ``BadHelper``, which names the field.
    """
    unit = _unit(unit_id, actor)
    authorise(actor, SUPERVISE, within=unit.path)
    _see_that_it_makes_sense(details, unit)
    return _set(unit, details, actor, at)


@in_one_transaction
def remove_duty(duty_id: int, *, actor: Actor, at: datetime) -> None:
    """Take somebody off the roster."""
    shown = duty(duty_id, actor=actor)
    authorise(actor, SUPERVISE, within=shown.unit_path)
    if models.Duty.objects.filter(pk=shown.id).delete()[0]:
        told = events.DutyRemoved(
            subject_id=shown.unit,
            organisation=shown.organisation,
            duty=shown.id,
            begins_at=shown.begins_at.isoformat(),
            ends_at=shown.ends_at.isoformat(),
            person=shown.person,
            helper=shown.helper,
        )
        record(told, actor=actor, at=at)


@in_one_transaction
def copy_duties(
    unit_id: int, *, source: date, to: date, zone: str, actor: Actor, at: datetime
) -> int:
    """Copy who begins their duty on one day to another, and return how many lines are new.

    Who has left meanwhile, or stands there already, is not copied.
    """
    unit = _unit(unit_id, actor)
    authorise(actor, SUPERVISE, within=unit.path)
    spell, by = day_spell(source, zone), timedelta(days=(to - source).days)
    rows = models.Duty.objects.filter(
        unit=unit_id, begins_at__gte=spell.begins_at, begins_at__lt=spell.ends_at
    )
    copied = 0
    for one in rows.order_by("begins_at", "pk"):
        details = DutyDetails(
            begins_at=one.begins_at + by,
            ends_at=one.ends_at + by,
            person=one.person_id,
            helper=one.helper_id,
            role=one.role,
            telephone=one.telephone,
        )
        if _is_there(details, unit) and not _same(unit, details).exists():
            _set(unit, details, actor, at)
            copied += 1
    return copied


def _set(unit: UnitShown, details: DutyDetails, actor: Actor, at: datetime) -> int:
    same = _same(unit, details).values_list("pk", flat=True).first()
    if same is not None:
        return same
    row = models.Duty.objects.create(
        organisation_id=unit.organisation,
        unit_id=unit.id,
        person_id=details.person,
        helper_id=details.helper,
        role=one_line(details.role, most=40),
        telephone=one_line(details.telephone, most=30),
        begins_at=details.begins_at,
        ends_at=details.ends_at,
    )
    told = events.DutySet(
        subject_id=unit.id,
        organisation=unit.organisation,
        duty=row.pk,
        begins_at=details.begins_at.isoformat(),
        ends_at=details.ends_at.isoformat(),
        person=details.person,
        helper=details.helper,
    )
    record(told, actor=actor, at=at)
    return row.pk


def _same(unit: UnitShown, details: DutyDetails) -> QuerySet[models.Duty]:
    return models.Duty.objects.filter(
        unit=unit.id,
        person=details.person,
        helper=details.helper,
        role=one_line(details.role, most=40),
        begins_at=details.begins_at,
        ends_at=details.ends_at,
    )


def _unit(unit_id: int, actor: Actor) -> UnitShown:
    unit = units_by_id([unit_id]).get(unit_id)
    if unit is None or not (actor.is_system or actor.organisation == unit.organisation):
        raise nothing_there(f"unit:{unit_id}")
    return unit


def _see_that_it_makes_sense(details: DutyDetails, unit: UnitShown) -> None:
    if (details.person is None) == (details.helper is None):
        raise BadHelper(mark("Choose who is on duty."), field="who")
    if not timedelta(0) < details.ends_at - details.begins_at <= LONGEST_DUTY:
        raise BadHelper(mark("A duty ends after it begins, within two days."), field="ends_at")
    if unit.closed_at is not None:
        raise BadHelper(mark("There is no such unit."), field="unit")
    if not _is_there(details, unit):
        raise BadHelper(mark("Choose who is on duty."), field="who")


def _is_there(details: DutyDetails, unit: UnitShown) -> bool:
    """Tell whether whoever is to be on duty is of the house, and there still."""
    if details.helper is not None:
        found = helpers_by_id([details.helper], organisation=unit.organisation)
        return any(one.retired_at is None for one in found.values())
    person = people_by_id([details.person or 0], actor=_READER).get(details.person or 0)
    if person is None or person.left_at is not None:
        return False
    home = units_by_id([person.unit]).get(person.unit)
    return home is not None and home.organisation == unit.organisation

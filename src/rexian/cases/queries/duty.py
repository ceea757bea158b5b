"""Who is on duty: the roster of a day by units, with what it leaves uncovered, and who is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from rexian.cases import models
from rexian.cases.domain.duties import LONGEST_DUTY, Spell, gaps
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.domain.rights import DISPATCH
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.calendar.instants import instant_at
from rexian.org.queries import people_by_id, units_of

ROSTERED = timedelta(days=14)
"""A unit that had anybody on duty within this time is expected to have somebody every day."""

_READER = Actor.system("cases")


@dataclass(frozen=True, slots=True)
class DutyShown:
    """Somebody on duty: a person of the house or a helper, with the telephone to call."""

    id: int
    organisation: int
    unit: int
    unit_name: str
    unit_path: str
    person: int | None
    helper: int | None
    name: str
    role: str
    telephone: str
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class UnitDay:
    """A unit on a day: who is on duty, and the times when nobody is."""

    unit: int
    unit_name: str
    duties: tuple[DutyShown, ...]
    gaps: tuple[Spell, ...]


def day_spell(day: date, zone: str) -> Spell:
    """Return a day of a time zone as instants."""
    where = ZoneInfo(zone)
    return Spell(
        instant_at(day, time(0), where), instant_at(day + timedelta(days=1), time(0), where)
    )


def roster(actor: Actor, *, day: date, zone: str) -> tuple[UnitDay, ...]:
    """Return for each unit that has a roster who is on duty on a day, and what is uncovered."""
    authorise(actor, DISPATCH)
    if actor.organisation is None:
        return ()
    spell = day_spell(day, zone)
    rows = _overlapping(actor.organisation, spell)
    recent = models.Duty.objects.filter(
        organisation=actor.organisation,
        begins_at__gte=spell.begins_at - ROSTERED,
        begins_at__lt=spell.ends_at + ROSTERED,
    )
    expected = set(recent.order_by().values_list("unit", flat=True).distinct())
    shown = duties_shown(rows)
    return tuple(
        _unit_day(one.id, one.name, [each for each in shown if each.unit == one.id], spell)
        for one in units_of(actor.organisation)
        if one.id in expected
    )


def on_duty(organisation: int, *, at: datetime) -> tuple[DutyShown, ...]:
    """Return who is on duty at an instant, by unit."""
    rows = _overlapping(organisation, Spell(at, at + timedelta(microseconds=1)))
    return duties_shown(rows)


def duty(duty_id: int, *, actor: Actor) -> DutyShown:
    """Return a line of the roster of the actor's house; raise ``NotFound``."""
    authorise(actor, DISPATCH)
    rows = models.Duty.objects.filter(pk=duty_id)
    rows = rows if actor.is_system else rows.filter(organisation=actor.organisation)
    found = duties_shown(rows)
    if not found:
        raise nothing_there(f"duty:{duty_id}")
    return found[0]


def duties_shown(rows: QuerySet[models.Duty]) -> tuple[DutyShown, ...]:
    """Return lines of the roster with the names and numbers by which they are called."""
    found = list(rows.select_related("unit", "helper").order_by("unit__path", "begins_at", "pk"))
    people = people_by_id({one.person_id for one in found if one.person_id}, actor=_READER)
    told = []
    for one in found:
        person = people.get(one.person_id or 0)
        name = one.helper.name if one.helper else person.name if person else ""
        usual = one.helper.telephone if one.helper else person.extension if person else ""
        told.append(
            DutyShown(
                one.pk, one.organisation_id, one.unit_id, one.unit.name, one.unit.path,
                one.person_id, one.helper_id, name, one.role, one.telephone or usual,
                one.begins_at, one.ends_at,
            )
        )  # fmt: skip
    return tuple(told)


def _overlapping(organisation: int, spell: Spell) -> QuerySet[models.Duty]:
    """Return what covers a part of a time; nothing lasts longer than ``LONGEST_DUTY``."""
    return models.Duty.objects.filter(
        organisation=organisation,
        begins_at__gt=spell.begins_at - LONGEST_DUTY - timedelta(seconds=1),
        begins_at__lt=spell.ends_at,
        ends_at__gt=spell.begins_at,
    )


def _unit_day(unit: int, name: str, duties: Iterable[DutyShown], spell: Spell) -> UnitDay:
    ours = tuple(duties)
    return UnitDay(
        unit, name, ours, gaps(spell, [Spell(one.begins_at, one.ends_at) for one in ours])
    )

"""Tell people of a case: the unit that has it, its supervisors, those above, the whole house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from rexian.cases import events, models
from rexian.cases.domain import rights
from rexian.cases.domain.clocks import BREACH, WARN, Happening, rung_to, told_at
from rexian.cases.queries.alerts import alert_for
from rexian.cases.services.stepping import MACHINE, about
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.calendar.calendars import Calendar
from rexian.standard.domain.pack.casework import ClockSpec


def _above(row: models.Case) -> int:
    return row.unit.parent_id or row.unit_id


def _top(row: models.Case) -> int:
    return int(row.unit.path.split("/")[1])


_MEANT: Mapping[str, tuple[str, Callable[[models.Case], int]]] = {
    WARN: (rights.HANDLE, lambda row: row.unit_id),
    BREACH: (rights.HANDLE, lambda row: row.unit_id),
    "press": (rights.HANDLE, lambda row: row.unit_id),
    "supervise": (rights.SUPERVISE, lambda row: row.unit_id),
    "escalate": (rights.SUPERVISE, _above),
    "circulate": (rights.SUPERVISE, _top),
}


def tell_people(row: models.Case, clock: ClockSpec, one: Happening, calendar: Calendar) -> None:
    """Tell those whom a happening is meant for, at night only where the clock is urgent."""
    right, unit_of = _MEANT[one.what]
    unit = unit_of(row)
    urgent = clock.urgent or row.urgent
    alert(row, one.what, unit=unit, right=right, clock=clock.id, at=one.at,
          told=told_at(one.at, calendar, urgent=urgent))  # fmt: skip
    if rung_to(one.what) is not None:
        climbed = events.LadderClimbed(**about(row), clock=clock.id, rung=one.what, told_unit=unit)
        record(climbed, actor=MACHINE, at=one.at)
    elif one.what == WARN:
        record(events.ClockWarned(**about(row), clock=clock.id), actor=MACHINE, at=one.at)


def alert(
    row: models.Case,
    what: str,
    *,
    unit: int,
    right: str,
    at: datetime,
    told: datetime,
    clock: str = "",
) -> None:
    """Put something up for those who have a right in a unit."""
    models.Alert.objects.create(
        organisation_id=row.organisation_id,
        case=row,
        unit_id=unit,
        right=right,
        what=what,
        clock=clock,
        at=at,
        told_at=told,
    )


@in_one_transaction
def see_alert(alert_id: int, *, actor: Actor, at: datetime) -> None:
    """Say that one knows; the first who does is noted, said again it changes nothing."""
    shown = alert_for(alert_id, actor=actor)
    rows = models.Alert.objects.filter(pk=shown.id, seen_at=None)
    rows.update(seen_by=actor.person, seen_at=at)

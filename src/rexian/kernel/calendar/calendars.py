"""The calendar of one organisation: what kind of day a day is, and when it is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from rexian.kernel.calendar.errors import NeverOpen
from rexian.kernel.calendar.holidays import UNKNOWN_HOLIDAYS, Holiday, HolidayKind, Holidays
from rexian.kernel.calendar.hours import ServiceHours
from rexian.kernel.calendar.instants import day_ends_at, in_utc, local_day
from rexian.kernel.calendar.openings import Openings, Weekday
from rexian.kernel.language import mark

MONDAY_TO_FRIDAY = frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY}

Spell = tuple[datetime, datetime]
"""From one instant to another, in UTC, the last not included."""


class Reason(StrEnum):
    """Why a day counts in a sum or does not."""

    EVERY_DAY = "every-day"
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP_DAY = "make-up-day"
    SPECIAL_DAY = "special-day"
    CLOSED = "closed"
    OUT_OF_HOURS = "out-of-hours"
    START_DAY = "start-day"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Day:
    """What one day is: whether it counts (as a workday, or as a day of service), and why.

    ``unpublished`` is the year whose notice is still to come and may change the answer. A day of
    service has its ``openings`` and the same as ``spells`` in UTC.
    """

    day: date
    counts: bool
    reason: Reason
    name: str = ""
    unpublished: int | None = None
    openings: Openings = ()
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """Time zone, service hours, weekdays worked, and public holidays, as one value.

    A service may be open on days on which nobody works (a hotline round the clock) and a workday
    may see it closed; working days go by ``workdays`` and ``holidays``, service time by ``hours``.
    """

    zone: ZoneInfo
    hours: ServiceHours = field(default_factory=ServiceHours.always)
    holidays: Holidays = UNKNOWN_HOLIDAYS
    workdays: frozenset[Weekday] = MONDAY_TO_FRIDAY

    # A day is asked for again by every deadline that passes it.
    _working: dict[date, Day] = field(default_factory=dict, init=False, repr=False, compare=False)
    _service: dict[date, Day] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.workdays:
            raise NeverOpen(mark("A calendar needs a weekday on which somebody works."))

    def local_day(self, instant: datetime) -> date:
        """Return the day that an instant falls on here."""
        return local_day(in_utc(instant), self.zone)

    def working_day(self, day: date) -> Day:
        """Return whether that day is a working day, and why."""
        found = self._working.get(day)
        if found is None:
            found = self._working[day] = self._as_working_day(day)
        return found

    def service_day(self, day: date) -> Day:
        """Return when the service is open on that day, and if it is not, why."""
        found = self._service.get(day)
        if found is None:
            found = self._service[day] = self._as_service_day(day)
        return found

    def closes_at(self, day: date) -> datetime:
        """Return when the service closes on that day, else, if it does not open, the day's end."""
        spells = self.service_day(day).spells
        return spells[-1][1] if spells else day_ends_at(day, self.zone)

    def is_open(self, instant: datetime) -> bool:
        """Return whether the service is open at that instant."""
        at = in_utc(instant)
        today = local_day(at, self.zone)
        days = (date.fromordinal(today.toordinal() - 1), today)
        spells = (spell for day in days for spell in self.service_day(day).spells)
        return any(opens <= at < closes for opens, closes in spells)

    def _as_working_day(self, day: date) -> Day:
        special = self.hours.special(day)
        if special and special.works is not None:
            return Day(day, special.works, Reason.SPECIAL_DAY, special.name)
        counts, reason, name = self._kind(day, self._notice(day))
        return Day(day, counts, reason, name, self.holidays.unpublished_for(day))

    def _as_service_day(self, day: date) -> Day:
        notice = self._notice(day)
        openings = self.hours.openings(day, notice)
        spells = tuple(_apart(opening.spell(day, self.zone) for opening in openings))
        unpublished = self.holidays.unpublished_for(day) if self.hours.heeds_holidays(day) else None
        special = self.hours.special(day)
        if special and special.openings is not None:
            reason, name = Reason.SPECIAL_DAY, special.name
        else:
            works, reason, name = self._kind(day, notice)
            reason = Reason.CLOSED if works and not spells else reason
        return Day(day, bool(spells), reason, name, unpublished, openings, spells)

    def _notice(self, day: date) -> Holiday | None:
        """Return what a notice changes about that day, which may be a workday anyway."""
        notice = self.holidays.on(day)
        if notice and notice.kind is HolidayKind.WORK and day.weekday() in self.workdays:
            return None
        return notice

    def _kind(self, day: date, notice: Holiday | None) -> tuple[bool, Reason, str]:
        worked = day.weekday() in self.workdays
        if notice and notice.kind is HolidayKind.OFF:
            return False, Reason.HOLIDAY, notice.name
        if notice:
            return True, Reason.MAKE_UP_DAY, notice.name
        return worked, Reason.WORKDAY if worked else Reason.WEEKEND, ""


def _apart(spells: Iterable[Spell]) -> Iterator[Spell]:
    """Yield what is left of the spells, in order, where a changed clock makes them overlap."""
    covered = None
    for opens, closes in spells:
        begins = max(opens, covered) if covered else opens
        if begins < closes:
            yield begins, closes
            covered = closes

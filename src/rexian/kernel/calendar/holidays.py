"""Public holidays and the workdays that make up for them, and which years are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from enum import StrEnum
from functools import cached_property

from rexian.kernel.calendar.errors import BadCalendar
from rexian.kernel.language import mark

# The notice of a year arranges the days around its 1 January: those of 2008, 2012 and 2019 ordered
# workdays and days off in the December before, whose own year's notice had long been out.
_ARRANGED_BY_THE_NEXT_YEAR = (12, 25)


class HolidayKind(StrEnum):
    """What a notice makes of a day."""

    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """One day that a notice names: a day off, or a workday that makes up for one."""

    day: date
    kind: HolidayKind
    name: str = ""


@dataclass(frozen=True)
class Holidays:
    """The days that notices name, in order, and the years whose notice is published.

    A day belongs to its date, never to the file or the year in which it was announced.
    """

    days: tuple[Holiday, ...]
    published: frozenset[int] | range

    def __post_init__(self) -> None:
        if len(self._by_day) != len(self.days):
            raise BadCalendar(mark("A day is named twice among the public holidays."))

    def on(self, day: date) -> Holiday | None:
        """Return what a notice makes of that day, if any names it."""
        return self._by_day.get(day)

    def unpublished_for(self, day: date) -> int | None:
        """Return the year whose notice is still to come and may change what that day is."""
        if day.year not in self.published:
            return day.year
        late = (day.month, day.day) >= _ARRANGED_BY_THE_NEXT_YEAR
        return day.year + 1 if late and day.year + 1 not in self.published else None

    def updated_with(self, newer: Holidays) -> Holidays:
        """Return both together; where they speak of the same day, the newer one holds.

        Days are replaced one by one, not by years: the file of a year may lack days of its own
        December, which the file of the next year carries.
        """
        days = self._by_day | newer._by_day
        published = frozenset(self.published) | frozenset(newer.published)
        everything = NO_HOLIDAYS.published
        both = everything if everything in (self.published, newer.published) else published
        return Holidays(tuple(sorted(days.values())), both)

    @cached_property
    def _by_day(self) -> dict[date, Holiday]:
        return {one.day: one for one in self.days}


NO_HOLIDAYS = Holidays((), range(MINYEAR, MAXYEAR + 1))
"""Where no public holidays are observed: every year is known to have none."""

UNKNOWN_HOLIDAYS = Holidays((), frozenset())
"""Where public holidays are observed, and none has been published yet."""

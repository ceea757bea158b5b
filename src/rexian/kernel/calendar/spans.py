"""Spans in the units that people promise in, each a type, so that none is taken for another.

Two hours, two hours of service, two days and two working days have nothing in common but the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from rexian.kernel.calendar.errors import BadCalendar
from rexian.kernel.calendar.instants import in_utc
from rexian.kernel.calendar.openings import see_that_it_is_a_full_minute
from rexian.kernel.language import mark

LONGEST = timedelta(days=36_525)
"""A span of more than a century is a slip of the keyboard."""


class Finish(StrEnum):
    """When on its last day a span of days is over, unless a time of day is given."""

    END_OF_DAY = "end-of-day"
    CLOSING = "closing"
    SAME_TIME = "same-time"


class FirstDay(StrEnum):
    """Whether the day on which a span of days starts is its first day, or the one after it."""

    NEXT = "next"
    SAME = "same"


class OnRestDay(StrEnum):
    """What becomes of a span of calendar days whose last day is no working day."""

    STAYS = "stays"
    ROLLS = "rolls"


@dataclass(frozen=True, slots=True)
class NaturalTime:
    """Hours and minutes as the world counts them, day and night."""

    length: timedelta

    def __post_init__(self) -> None:
        _see_that_length_is_fit(self.length)


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """Hours and minutes that pass only while the service is open."""

    length: timedelta

    def __post_init__(self) -> None:
        _see_that_length_is_fit(self.length)


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Days, one like the other; 0 is the day of the start itself.

    By default as the Civil Code counts (articles 201 and 203): the day of the start does not count,
    and the last day lasts until 24:00. That a last day of rest is made up for is for a standard to
    say: ``OnRestDay.ROLLS``.
    """

    days: int
    finish: Finish | time = Finish.END_OF_DAY
    first_day: FirstDay = FirstDay.NEXT
    on_rest_day: OnRestDay = OnRestDay.STAYS

    def __post_init__(self) -> None:
        _see_that_days_are_fit(self.days, self.finish, self.first_day)
        if self.finish is Finish.SAME_TIME and self.on_rest_day is OnRestDay.ROLLS:
            # What starts later would be due earlier: Sunday's 10:00 before Saturday's 15:00.
            raise BadCalendar(
                mark("Days that end at the same time of day cannot roll to the next working day.")
            )


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Days on which the organisation works; 0 is the working day under way, else the next one."""

    days: int
    finish: Finish | time = Finish.END_OF_DAY
    first_day: FirstDay = FirstDay.NEXT

    def __post_init__(self) -> None:
        _see_that_days_are_fit(self.days, self.finish, self.first_day)


TimeSpan = NaturalTime | ServiceTime
DaySpan = CalendarDays | WorkingDays
Span = NaturalTime | ServiceTime | CalendarDays | WorkingDays


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch during which a clock stands still, such as waiting for the customer; in UTC."""

    begins_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins_at", in_utc(self.begins_at))
        object.__setattr__(self, "ends_at", in_utc(self.ends_at))
        if self.ends_at < self.begins_at:
            raise BadCalendar(mark("A pause cannot end before it begins."))


def _see_that_length_is_fit(length: timedelta) -> None:
    if not timedelta() <= length <= LONGEST:
        raise BadCalendar(
            mark("A span lasts from nothing to a hundred years, not {length}."), length=str(length)
        )


def _see_that_days_are_fit(days: int, finish: Finish | time, first_day: FirstDay) -> None:
    if type(days) is not int or not 0 <= days <= LONGEST.days:
        raise BadCalendar(
            mark("A span has a whole number of days, up to {most}, not {days}."),
            most=LONGEST.days,
            days=repr(days),
        )
    if isinstance(finish, time):
        see_that_it_is_a_full_minute(finish)
    if finish is Finish.SAME_TIME and first_day is FirstDay.SAME:
        raise BadCalendar(
            mark("Days that end at the same time of day cannot count the day of the start.")
        )

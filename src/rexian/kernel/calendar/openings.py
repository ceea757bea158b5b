"""One opening of a day, and the weekdays: the words in which service hours are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from rexian.kernel.calendar.errors import BadCalendar
from rexian.kernel.calendar.instants import DAY, MIDNIGHT, instant_at, last_instant_at
from rexian.kernel.language import mark

_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")
_DASHES = re.compile(r"\s*[-–—~～至]\s*")


class Weekday(IntEnum):
    """The days of the week, numbered as ``date.weekday`` numbers them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


def see_that_it_is_a_full_minute(clock: time) -> None:
    """Raise if a time of day could not be written as ``08:30``."""
    if clock != time(clock.hour, clock.minute):
        raise BadCalendar(mark("{clock} is no full minute."), clock=clock.isoformat())


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """Open from one time of day to another; to one that is not later means to that of the next day.

    From midnight to midnight is the whole day. An opening belongs to the day on which it begins.
    """

    begins: time
    ends: time

    def __post_init__(self) -> None:
        see_that_it_is_a_full_minute(self.begins)
        see_that_it_is_a_full_minute(self.ends)
        if self.begins == self.ends != MIDNIGHT:
            raise BadCalendar(
                mark("An opening cannot end when it begins: {hours}."), hours=str(self)
            )

    @property
    def passes_midnight(self) -> bool:
        """Whether part of it falls on the next day."""
        return MIDNIGHT != self.ends <= self.begins

    @property
    def length(self) -> timedelta:
        """How long it is on a day on which the clock is not changed."""
        return self._end - _since_midnight(self.begins)

    def spell(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return from when to when it is open on that day, in UTC.

        Where the clock is set back over an hour, it opens at the first and closes at the last
        time that the clock shows: in doubt it is open.
        """
        last = day + DAY if self.ends <= self.begins else day
        return instant_at(day, self.begins, zone), last_instant_at(last, self.ends, zone)

    @property
    def _end(self) -> timedelta:
        return _since_midnight(self.ends) + (DAY if self.ends <= self.begins else timedelta())

    def meets(self, later: Opening) -> bool:
        """Return whether it is still open when the ``later`` one of the same day begins."""
        return self._end > _since_midnight(later.begins)

    def __str__(self) -> str:
        ends = "24:00" if self.ends == MIDNIGHT else f"{self.ends:%H:%M}"
        return f"{self.begins:%H:%M}-{ends}"


Openings = tuple[Opening, ...]
"""The openings of one day, in order, apart from each other; none is a closed day."""

WHOLE_DAY: Openings = (Opening(MIDNIGHT, MIDNIGHT),)


def read_opening(text: str) -> Opening:
    """Return the opening that a text such as ``08:30-12:00`` or ``20:00-02:00`` writes."""
    parts = _DASHES.split(text.strip())
    if len(parts) != 2:
        raise BadCalendar(mark("{text} is no opening such as 08:30-12:00."), text=repr(text))
    begins, ends = map(read_clock, parts)
    return Opening(begins, ends)


def read_clock(text: str) -> time:
    """Return the time of day that a text such as ``08:30`` writes; ``24:00`` is midnight."""
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = map(int, found.groups()) if found else (99, 99)
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    if hour > 23 or minute > 59:
        raise BadCalendar(mark("{text} is no time of day such as 08:30."), text=repr(text))
    return time(hour, minute)


def in_order(openings: Iterable[Opening]) -> Openings:
    """Return the openings of a day in order, or raise if two of them overlap."""
    ordered = tuple(sorted(openings))
    for earlier, later in pairwise(ordered):
        if earlier.meets(later):
            raise BadCalendar(
                mark("{earlier} and {later} overlap."), earlier=str(earlier), later=str(later)
            )
    return ordered


def breaks_between(openings: Openings) -> Openings:
    """Return the breaks between the openings of a day."""
    return tuple(
        Opening(earlier.ends, later.begins)
        for earlier, later in pairwise(openings)
        if earlier.ends != later.begins
    )


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)

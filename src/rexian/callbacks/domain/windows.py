"""In which hours of the day customers are called: windows such as 9 to 12 and 14 to 20."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rexian.kernel.calendar.instants import day_ends_at, instant_at, local_day
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

Window = tuple[datetime, datetime]

_WRITTEN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)
_DAYS_AHEAD = 8


class BadWindow(Invalid):
    """Hours of the day that nobody can read (422)."""

    code = "bad-window"


def windows_on(lines: Iterable[str], day: date, zone: ZoneInfo) -> tuple[Window, ...]:
    """Return the windows of a day, each from an instant to another; none at all is the whole day.

    ``24:00`` is the end of the day.
    """
    found = tuple(sorted(_window(one, day, zone) for one in lines))
    return found or ((instant_at(day, time(), zone), day_ends_at(day, zone)),)


def may_call(lines: Iterable[str], at: datetime, zone: ZoneInfo) -> bool:
    """Tell whether customers may be called at an instant."""
    return any(opens <= at < ends for opens, ends in windows_on(lines, local_day(at, zone), zone))


def next_window(lines: Iterable[str], at: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant from ``at`` on at which customers may be called."""
    told = tuple(lines)
    today = local_day(at, zone)
    for day in (today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)):
        for opens, ends in windows_on(told, day, zone):
            if at < ends and opens < ends:
                return max(opens, at)
    raise BadWindow(mark("There are no hours in which to call."))


def next_days_window(lines: Iterable[str], at: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant of the next day at which customers may be called.

    Who may be called round the clock is called at the same hour of the next day.
    """
    told = tuple(lines)
    tomorrow = local_day(at, zone) + timedelta(days=1)
    if not told:
        return instant_at(tomorrow, at.astimezone(zone).time().replace(microsecond=0), zone)
    return next_window(told, instant_at(tomorrow, time(), zone), zone)


def _window(line: str, day: date, zone: ZoneInfo) -> Window:
    told = _WRITTEN.fullmatch(line.strip())
    if told is None:
        raise BadWindow(mark("Hours are written like 09:00-12:00, not {hours}."), hours=line)
    try:
        return _clock(told[1], told[2], day, zone), _clock(told[3], told[4], day, zone)
    except ValueError:
        raise BadWindow(
            mark("Hours are written like 09:00-12:00, not {hours}."), hours=line
        ) from None


def _clock(hour: str, minute: str, day: date, zone: ZoneInfo) -> datetime:
    if (int(hour), int(minute)) == (24, 0):
        return day_ends_at(day, zone)
    return instant_at(day, time(int(hour), int(minute)), zone)

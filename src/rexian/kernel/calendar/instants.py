"""Local time and UTC: every sum is made in UTC, every day and hour is read in a zone.

Two ``datetime`` of one zone compare by what the clock shows, not by when it is: on the night the
clock goes back that is wrong by an hour. Hence UTC for all that is compared or subtracted.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rexian.kernel.calendar.errors import BadCalendar, NaiveInstant
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

DAY = timedelta(days=1)
MIDNIGHT = time()

EARLIEST_YEAR, LATEST_YEAR = 1900, 2400
"""Instants outside these years are slips of a keyboard; inside them no sum leaves ``datetime``."""


def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of that IANA name, such as ``Asia/Shanghai``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadCalendar(mark("There is no time zone {name}."), name=name) from None


def in_utc(instant: datetime) -> datetime:
    """Return the instant in UTC, or raise ``NaiveInstant`` if it does not say its zone."""
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise NaiveInstant(mark("{instant} has no time zone."), instant=instant.isoformat())
    if not EARLIEST_YEAR <= instant.year < LATEST_YEAR:
        raise Invalid(
            mark("{instant} is not between the years {first} and {last}."),
            instant=instant.isoformat(),
            first=EARLIEST_YEAR,
            last=LATEST_YEAR - 1,
        )
    return instant.astimezone(UTC)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the day that a calendar on the wall in ``zone`` shows at that instant."""
    return instant.astimezone(zone).date()


def instant_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return when the clock in ``zone`` first shows that time of that day, in UTC.

    A time that the clock skips is the instant at which it skips.
    """
    return _resolved(datetime.combine(day, clock, zone).replace(fold=0))


def last_instant_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return when the clock shows that time for the last time, where it is set back over it."""
    return _resolved(datetime.combine(day, clock, zone).replace(fold=1))


def day_begins_at(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of that day in ``zone``, in UTC."""
    return instant_at(day, MIDNIGHT, zone)


def day_ends_at(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which that day is over, which is the first of the next."""
    return instant_at(day + DAY, MIDNIGHT, zone)


def _resolved(local: datetime) -> datetime:
    instant = local.astimezone(UTC)
    shown = instant.astimezone(local.tzinfo)
    return instant if shown.replace(tzinfo=None) == local.replace(tzinfo=None) else _change(local)


def _change(skipped: datetime) -> datetime:
    """Return the instant at which the clock jumps over ``skipped``.

    Read with the offset after the jump it lies before it, read with the offset before it, after it.
    """
    before = int(skipped.replace(fold=1).timestamp())
    after = int(skipped.replace(fold=0).timestamp())
    old = _offset(before, skipped)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(middle, skipped) == old else (before, middle)
    return datetime.fromtimestamp(after, UTC)


def _offset(timestamp: int, like: datetime) -> timedelta | None:
    return datetime.fromtimestamp(timestamp, like.tzinfo).utcoffset()

"""Months as a calendar on the wall of the organisation shows them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rexian.kernel.calendar.instants import day_begins_at, local_day


def month_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the first day of the month that it is in a zone."""
    return local_day(at, zone).replace(day=1)


def month_after(first: date) -> date:
    """Return the first day of the next month."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_span(first: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first instant of a month in a zone, and the first one after it."""
    return day_begins_at(first, zone), day_begins_at(month_after(first), zone)

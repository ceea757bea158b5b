"""The calendar of a hotline, read once a process."""

from __future__ import annotations

import json
from functools import lru_cache
from zoneinfo import ZoneInfo

from rexian.contacts.queries import HotlineShown
from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.descriptions import read_calendar
from rexian.kernel.calendar.holiday_files import mainland_china


def calendar_of(hotline: HotlineShown) -> Calendar:
    """Return when a hotline is open, and which days are holidays there."""
    return _read(json.dumps(hotline.calendar, sort_keys=True), hotline.time_zone)


@lru_cache(maxsize=64)
def _read(described: str, time_zone: str) -> Calendar:
    return read_calendar(json.loads(described), holidays=mainland_china(), zone=ZoneInfo(time_zone))

"""The standard under which a case runs, and the calendar by which its clocks are reckoned."""

from __future__ import annotations

import json
from collections.abc import Container
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from rexian.cases.domain.refusals import NoFlow
from rexian.contacts.queries import HotlineShown
from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.descriptions import read_calendar
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.kernel.language import mark
from rexian.standard.domain.flows import Flow
from rexian.standard.queries.published import load_version, ruling_version


def flow_of(version_id: int, flow: str) -> Flow:
    """Return the flow of a case as its standard had it when it was taken."""
    return load_version(version_id).casework.flows[flow]


def version_now(hotline: HotlineShown, at: datetime) -> int:
    """Return the version of the hotline's standard that is in force; raise ``NoFlow`` for none."""
    found = ruling_version(hotline.organisation, hotline.standard, day_of(hotline, at))
    if found is None:
        raise NoFlow(mark("No standard is in force there."), standard=hotline.standard)
    return found


def day_of(hotline: HotlineShown, at: datetime) -> date:
    """Return the day that it is at a hotline."""
    return at.astimezone(ZoneInfo(hotline.time_zone)).date()


def calendar_of(hotline: HotlineShown) -> Calendar:
    """Return when a hotline is open, and on which days its organisation works."""
    return _calendar(json.dumps(hotline.calendar, sort_keys=True), hotline.time_zone)


def published_years() -> Container[int]:
    """Return the years whose public holidays are known."""
    return mainland_china().published


@lru_cache(maxsize=64)
def _calendar(described: str, zone: str) -> Calendar:
    return read_calendar(json.loads(described), holidays=mainland_china(), zone=ZoneInfo(zone))

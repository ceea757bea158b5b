"""Calendars as a pack or a settings page describes them: plain values in, a calendar out.

::

    zone: Asia/Shanghai
    workdays: mon-fri
    hours:
      mon-fri: [08:30-12:00, 13:30-17:30]
      sat: 09:00-12:00
    seasons:
      - {name: 夏季, from: 06-01, to: 09-30, hours: {mon-fri: [08:30-12:00, 15:00-18:30]}}
    holidays: closed              # or: as usual, or hours
    make_up_days: mon             # the weekday whose hours they take, or: as usual, or hours
    special_days:
      - {date: 2026-02-16, hours: closed, works: false, name: 除夕}

The hours of a day are one opening or several, ``closed``, or ``always``; so are those of a week,
whose days may also be named. What is wrong raises ``BadCalendar`` with the ``field`` in question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rexian.kernel.calendar.calendars import MONDAY_TO_FRIDAY, Calendar
from rexian.kernel.calendar.errors import BadCalendar
from rexian.kernel.calendar.fields import Fields, each, mapping, one_of, text, within
from rexian.kernel.calendar.holidays import UNKNOWN_HOLIDAYS, Holidays
from rexian.kernel.calendar.hours import Season, ServiceHours, SpecialDay, Usual, Week
from rexian.kernel.calendar.instants import zone_named
from rexian.kernel.calendar.openings import WHOLE_DAY, Openings, Weekday, in_order, read_opening
from rexian.kernel.language import mark

FIELDS = ("zone", "workdays", "hours", "seasons", "holidays", "make_up_days", "special_days")
"""The fields that a description may have."""

_WEEKDAYS = {day.name[:3].lower(): day for day in Weekday}
_DAILY = "daily"
_AS_USUAL = "as usual"
_CLOSED, _ALWAYS = "closed", "always"
_COMMA = re.compile(r"[,，、]")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")
_TRUTH = {"true": True, "false": False}


def read_calendar(
    described: Mapping[str, Any],
    *,
    holidays: Holidays = UNKNOWN_HOLIDAYS,
    zone: ZoneInfo | None = None,
) -> Calendar:
    """Return the calendar described, with the holidays of the place; ``zone`` if it names none.

    Raise ``BadCalendar`` that names the field, or ``NeverOpen``.
    """
    fields = Fields(described, FIELDS)
    here = zone if zone and "zone" not in fields else fields.need("zone", _zone)
    return Calendar(
        here, _service_hours(fields), holidays, fields.read("workdays", _workdays, MONDAY_TO_FRIDAY)
    )


def _service_hours(fields: Fields) -> ServiceHours:
    always = ServiceHours.always()
    week = fields.read("hours", _week, always.week)
    round_the_clock = week == always.week
    return ServiceHours(
        week,
        fields.read("seasons", each(_season), ()),
        fields.read("holidays", _on_holidays, Usual.AS_USUAL if round_the_clock else ()),
        fields.read(
            "make_up_days",
            _on_make_up_days,
            Usual.AS_USUAL if round_the_clock else Weekday.MONDAY,
        ),
        fields.read("special_days", each(_special_day), ()),
    )


def _zone(value: object) -> ZoneInfo:
    return zone_named(text(value))


def _week(value: object) -> Week:
    if not isinstance(value, Mapping):
        return Week((_hours(value),) * len(Weekday))
    openings: dict[Weekday, Openings] = {}
    for names, hours in mapping(value).items():
        for day in within(str(names), _weekdays, names):
            if day in openings:
                raise BadCalendar(mark("A weekday is named twice."), field=str(names))
            openings[day] = within(str(names), _hours, hours)
    return Week.of(openings)


def _hours(value: object) -> Openings:
    parts = [part.strip() for part in _COMMA.split(value)] if isinstance(value, str) else value
    if parts is None or parts == [_CLOSED]:
        return ()
    return WHOLE_DAY if parts == [_ALWAYS] else in_order(each(_opening)(parts))


def _opening(value: object) -> Any:
    return read_opening(text(value))


def _workdays(value: object) -> frozenset[Weekday]:
    return frozenset(_weekdays(value))


def _weekdays(value: object) -> tuple[Weekday, ...]:
    """Return the weekdays of a text such as ``mon-fri, sun``; a range may pass Sunday."""
    days: list[Weekday] = []
    for part in _COMMA.split(text(value)):
        first, dash, last = part.partition("-")
        if part.strip().lower() == _DAILY:
            first, dash, last = "mon", "-", "sun"
        begins = _weekday(first)
        many = (_weekday(last) - begins) % len(Weekday) if dash else 0
        days += [Weekday((begins + number) % len(Weekday)) for number in range(many + 1)]
    return tuple(days)


_weekday = one_of(_WEEKDAYS)


def _on_holidays(value: object) -> Openings | Usual:
    return Usual.AS_USUAL if value == _AS_USUAL else _hours(value)


def _on_make_up_days(value: object) -> Openings | Weekday | Usual:
    known = _WEEKDAYS.get(value.strip().lower()) if isinstance(value, str) else None
    return _on_holidays(value) if known is None else known


def _season(value: object) -> Season:
    fields = Fields(value, ("name", "from", "to", "hours"))
    return Season(
        fields.need("from", _month_and_day),
        fields.need("to", _month_and_day),
        fields.need("hours", _week),
        fields.read("name", text, ""),
    )


def _special_day(value: object) -> SpecialDay:
    fields = Fields(value, ("date", "name", "hours", "works"))
    if "hours" not in fields and "works" not in fields:
        raise BadCalendar(mark("A special day has hours, or says whether it works."))
    return SpecialDay(
        fields.need("date", _date),
        fields.read("hours", _hours, None),
        fields.read("works", one_of(_TRUTH), None),
        fields.read("name", text, ""),
    )


def _month_and_day(value: object) -> tuple[int, int]:
    found = _MONTH_AND_DAY.fullmatch(text(value))
    if not found:
        raise BadCalendar(mark("{value} is no day of a year such as 06-01."), value=repr(value))
    return int(found[1]), int(found[2])


def _date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(text(value))
    except ValueError:
        message = mark("{value} is no date such as 2026-01-31.")
        raise BadCalendar(message, value=repr(value)) from None

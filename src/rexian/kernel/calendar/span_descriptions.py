"""Spans as a pack or a row writes them: ``{working_days: 5, finish: closing}``.

| unit | options |
|---|---|
| hours, minutes, seconds | |
| service_hours, service_minutes, service_seconds | |
| calendar_days | finish, first_day, on_rest_day |
| working_days | finish, first_day |

``finish`` is end-of-day, closing, same-time or a time of day such as "12:00"; ``first_day`` is next
or same; ``on_rest_day`` is stays or rolls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from enum import Enum
from typing import Any, TypeVar

from rexian.kernel.calendar.errors import BadCalendar
from rexian.kernel.calendar.fields import Fields, mapping, one_of
from rexian.kernel.calendar.openings import read_clock
from rexian.kernel.calendar.spans import (
    CalendarDays,
    DaySpan,
    Finish,
    FirstDay,
    NaturalTime,
    OnRestDay,
    ServiceTime,
    Span,
    WorkingDays,
)
from rexian.kernel.language import mark

E = TypeVar("E", bound=Enum)

_TIMES: dict[str, tuple[type[NaturalTime | ServiceTime], timedelta]] = {
    "hours": (NaturalTime, timedelta(hours=1)),
    "minutes": (NaturalTime, timedelta(minutes=1)),
    "seconds": (NaturalTime, timedelta(seconds=1)),
    "service_hours": (ServiceTime, timedelta(hours=1)),
    "service_minutes": (ServiceTime, timedelta(minutes=1)),
    "service_seconds": (ServiceTime, timedelta(seconds=1)),
}
_DAYS = ("calendar_days", "working_days")
_OPTIONS = ("finish", "first_day")


def read_span(described: Mapping[str, Any]) -> Span:
    """Return the span described, or raise ``BadCalendar`` that names the field."""
    units = [unit for unit in (*_TIMES, *_DAYS) if unit in mapping(described)]
    if len(units) != 1:
        message = mark("A span has one unit of {units}.")
        raise BadCalendar(message, units=", ".join((*_TIMES, *_DAYS)))
    [unit] = units
    if unit in _TIMES:
        kind, length = _TIMES[unit]
        return Fields(described, (unit,)).need(unit, lambda value: kind(_times(value, length)))
    rolls = ("on_rest_day",) if unit == "calendar_days" else ()
    return _days(Fields(described, (unit, *_OPTIONS, *rolls)), unit)


def describe_span(span: Span) -> dict[str, Any]:
    """Return the description from which ``read_span`` reads the same span."""
    match span:
        case NaturalTime() | ServiceTime():
            prefix = "service_" if isinstance(span, ServiceTime) else ""
            unit, amount = _amount(span.length)
            return {f"{prefix}{unit}": amount}
        case CalendarDays():
            return {"calendar_days": span.days} | _options(span) | _rolling(span)
        case WorkingDays():
            return {"working_days": span.days} | _options(span)


def _days(fields: Fields, unit: str) -> DaySpan:
    finish = fields.read("finish", _finish, Finish.END_OF_DAY)
    first_day = fields.read("first_day", _choice(FirstDay), FirstDay.NEXT)
    on_rest_day = fields.read("on_rest_day", _choice(OnRestDay), OnRestDay.STAYS)
    days = fields.need(unit, lambda value: value)
    if unit == "calendar_days":
        return CalendarDays(days, finish, first_day, on_rest_day)
    return WorkingDays(days, finish, first_day)


def _finish(value: object) -> Finish | time:
    if isinstance(value, str) and ":" in value:
        return read_clock(value)
    return _choice(Finish)(value)


def _choice(kind: type[E]) -> Callable[[object], E]:
    return one_of({str(one.value): one for one in kind})


def _times(value: object, length: timedelta) -> timedelta:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value * length
    except (OverflowError, ValueError):
        pass  # infinity and its like are no amounts either
    raise BadCalendar(mark("{value} is no number."), value=repr(value))


def _amount(length: timedelta) -> tuple[str, float]:
    """Return the length in the largest unit that takes it whole."""
    for unit in ("hours", "minutes"):
        whole, rest = divmod(length, _TIMES[unit][1])
        if not rest:
            return unit, whole
    return "seconds", length.total_seconds()


def _options(span: DaySpan) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if span.finish is not Finish.END_OF_DAY:
        finish = span.finish
        options["finish"] = f"{finish:%H:%M}" if isinstance(finish, time) else finish.value
    if span.first_day is not FirstDay.NEXT:
        options["first_day"] = span.first_day.value
    return options


def _rolling(span: CalendarDays) -> dict[str, Any]:
    stays = span.on_rest_day is OnRestDay.STAYS
    return {} if stays else {"on_rest_day": span.on_rest_day.value}

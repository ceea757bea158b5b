"""When a hotline opens next, as people say it."""

from __future__ import annotations

from datetime import datetime, timedelta

from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.language import mark, translate

_LOOK_AHEAD = 40
"""Days in which a hotline opens again, however long its holidays are."""


def opens_next(calendar: Calendar, at: datetime) -> datetime | None:
    """Return when a hotline that is closed now opens next, in its own time zone."""
    today = calendar.local_day(at)
    for ahead in range(_LOOK_AHEAD):
        for opens, _ in calendar.service_day(today + timedelta(days=ahead)).spells:
            if opens > at:
                return opens.astimezone(calendar.zone)
    return None


def said(opens: datetime, at: datetime, language: str) -> str:
    """Return an instant to come in words: today, tomorrow, or on which day."""
    days = (opens.date() - at.astimezone(opens.tzinfo).date()).days
    words = {0: mark("today at {time}"), 1: mark("tomorrow at {time}")}
    message = words.get(days, mark("on {day}/{month} at {time}"))
    clock = opens.strftime("%H:%M")
    return translate(message, language, time=clock, day=opens.day, month=opens.month)

"""When is it due, and how much has passed: the two questions asked of a calendar.

They answer each other: ``elapsed`` is the largest span of its kind that is over at the end, so that
``elapsed(start, due_at(start, span, calendar).at, span, calendar)`` is ``span`` again. The one
exception is a span that waits for a working day (it rolls, has 0 days, or was paused on its last
day until a day of rest): there a longer span is due at the same instant, and ``elapsed`` tells the
longest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from rexian.kernel.calendar.calendars import Calendar, Spell
from rexian.kernel.calendar.day_sums import DaySum
from rexian.kernel.calendar.explanations import DueAt
from rexian.kernel.calendar.instants import in_utc
from rexian.kernel.calendar.spans import NaturalTime, Pause, ServiceTime, Span
from rexian.kernel.calendar.time_sums import due_after_time, time_between

S = TypeVar("S", bound=Span)


def due_at(start: datetime, span: Span, calendar: Calendar, pauses: Iterable[Pause] = ()) -> DueAt:
    """Return when a span that starts at ``start`` is over, and how that was reached.

    While paused no time passes. In days, a pause moves the end by as many days (working days) as
    lie between the day it begins on and the day it ends on. Pauses that begin when the span is
    over change nothing.
    """
    begun = in_utc(start)
    stops = _in_order(pauses, begun)
    if isinstance(span, NaturalTime | ServiceTime):
        return due_after_time(begun, span, calendar, stops)
    return DaySum(begun, span, calendar, stops).due()


def elapsed(
    start: datetime, end: datetime, span: S, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> S:
    """Return how much has passed from ``start`` to ``end``, as a span of the kind of ``span``.

    Days are those that are over. If ``end`` lies before ``start``, nothing has passed.
    """
    begun, until = in_utc(start), in_utc(end)
    stops = _in_order(pauses, begun)
    if isinstance(span, NaturalTime | ServiceTime):
        return replace(span, length=time_between(begun, until, span, calendar, stops))
    return replace(span, days=DaySum(begun, span, calendar, stops).passed_by(until))


def _in_order(pauses: Iterable[Pause], begun: datetime) -> tuple[Spell, ...]:
    """Return the pauses from ``begun`` on, in order, those that overlap or touch as one."""
    merged: list[Spell] = []
    for pause in sorted(pauses, key=lambda one: one.begins_at):
        stops, resumes = max(pause.begins_at, begun), pause.ends_at
        if resumes <= stops:
            continue
        if merged and stops <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], resumes))
        else:
            merged.append((stops, resumes))
    return tuple(merged)

"""Sums of days: calendar days, and working days, which skip those on which nobody works.

A sum walks from day to day, beginning with the day of the start, and numbers the days that count. A
span of n days is over on the first day that has reached the number n and on which it may end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from rexian.kernel.calendar.calendars import Calendar, Day, Reason, Spell
from rexian.kernel.calendar.errors import NeverOpen
from rexian.kernel.calendar.explanations import DueAt, Step, Trail
from rexian.kernel.calendar.instants import DAY, day_ends_at, instant_at, local_day
from rexian.kernel.calendar.spans import CalendarDays, DaySpan, Finish, FirstDay, OnRestDay
from rexian.kernel.calendar.time_sums import HORIZON
from rexian.kernel.language import mark


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A day of the walk, the number reached on it, and the working day it was asked for."""

    step: Step
    number: int
    working: Day | None = None


class DaySum:
    """A sum of days from ``begun`` on, by the rules of ``span``, with pauses in order and apart."""

    def __init__(
        self, begun: datetime, span: DaySpan, calendar: Calendar, pauses: tuple[Spell, ...]
    ) -> None:
        self._begun, self._span, self._calendar, self._pauses = begun, span, calendar, pauses
        self._first = local_day(begun, calendar.zone)
        self._paused_days = tuple(
            (local_day(stops, calendar.zone), local_day(resumes, calendar.zone))
            for stops, resumes in pauses
        )
        self._by_working_days = not isinstance(span, CalendarDays)
        self._ends_on_working_days = (
            not isinstance(span, CalendarDays) or span.on_rest_day is OnRestDay.ROLLS
        )

    def due(self) -> DueAt:
        """Return when the span is over."""
        trail, idle = Trail(), 0
        for one in self._walk():
            trail.heed(one.working)
            step = one.step
            if one.number >= self._span.days:
                hindrance = self._hindrance(one.step.first, trail)
                if hindrance is None:
                    trail.add(self._last_step(one.step))
                    break
                step = hindrance
            trail.add(step)
            idle = 0 if step.counted or step.reason is Reason.PAUSED else idle + 1
            if idle > HORIZON:
                message = mark("There is no working day any more after {day}.")
                raise NeverOpen(message, day=step.last.isoformat())
        return trail.due(self._finish(step.last), step.last)

    def passed_by(self, end: datetime) -> int:
        """Return the largest number of days that are over at ``end``."""
        last, reached = local_day(end, self._calendar.zone), 0
        for one in self._walk():
            day = one.step.first
            if day > last:
                break
            if one.number > reached and self._is_over(day, end, last):
                reached = one.number
        return reached

    def _walk(self) -> Iterator[_Numbered]:
        day, number = self._first, 0
        if self._span.first_day is FirstDay.NEXT:
            yield _Numbered(_skipped(day, Reason.START_DAY), number)
            day += DAY
        while True:
            if any(stops < day <= resumes for stops, resumes in self._paused_days):
                yield _Numbered(_skipped(day, Reason.PAUSED), number)
            elif self._by_working_days:
                working = self._calendar.working_day(day)
                number += working.counts
                yield _Numbered(_step_of(working), number, working)
            else:
                number += 1
                yield _Numbered(_counted(day), number)
            day += DAY

    def _hindrance(self, day: date, trail: Trail) -> Step | None:
        """Return why the span cannot end on that day, though its number is reached."""
        if self._ends_on_working_days:
            working = self._calendar.working_day(day)
            trail.heed(working)
            if not working.counts:
                return _step_of(working)
        if self._span.finish is Finish.CLOSING:
            trail.heed(self._calendar.service_day(day))
        at = self._finish(day)
        if at < self._begun:
            return _skipped(day, Reason.START_DAY)
        return _skipped(day, Reason.PAUSED) if self._is_paused(at) else None

    def _last_step(self, step: Step) -> Step:
        if step.counted or step.reason is Reason.START_DAY:
            return step
        day = step.first
        return _step_of(self._calendar.working_day(day)) if self._by_working_days else _counted(day)

    def _is_over(self, day: date, end: datetime, last: date) -> bool:
        if self._ends_on_working_days and not self._calendar.working_day(day).counts:
            return False
        if not self._pauses and self._first < day < last - DAY:
            return True  # whatever day it ends on, it ends before the day after the next
        at = self._finish(day)
        return self._begun <= at <= end and not self._is_paused(at)

    def _is_paused(self, at: datetime) -> bool:
        return any(stops < at <= resumes for stops, resumes in self._pauses)

    def _finish(self, day: date) -> datetime:
        zone = self._calendar.zone
        match self._span.finish:
            case time() as clock:
                return instant_at(day, clock, zone)
            case Finish.CLOSING:
                return self._calendar.closes_at(day)
            case Finish.SAME_TIME if not self._starts_on_rest_day():
                return self._same_time(day)
            case _:
                return day_ends_at(day, zone)

    def _same_time(self, day: date) -> datetime:
        zone = self._calendar.zone
        clock = self._begun.astimezone(zone).time()
        return self._begun if day == self._first else instant_at(day, clock, zone)

    def _starts_on_rest_day(self) -> bool:
        """Return whether nobody worked at the start, so that working days count from midnight."""
        return self._by_working_days and not self._calendar.working_day(self._first).counts


def _counted(day: date) -> Step:
    return Step(day, day, counted=True, reason=Reason.EVERY_DAY)


def _skipped(day: date, reason: Reason) -> Step:
    return Step(day, day, counted=False, reason=reason)


def _step_of(working: Day) -> Step:
    return Step(working.day, working.day, working.counts, working.reason, working.name)

"""Sums of hours and minutes: natural time, which always passes, and service time, which waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count

from rexian.kernel.calendar.calendars import Calendar, Day, Reason, Spell
from rexian.kernel.calendar.errors import NeverOpen
from rexian.kernel.calendar.explanations import DueAt, Step, Trail
from rexian.kernel.calendar.instants import LATEST_YEAR, local_day
from rexian.kernel.calendar.spans import NaturalTime, ServiceTime, TimeSpan
from rexian.kernel.language import mark

HORIZON = 3_660
"""After so many days on end (ten years) that do not count, a sum gives up."""

_NOTHING = timedelta()
_FOREVER = datetime(LATEST_YEAR + 1_000, 1, 1, tzinfo=UTC)


def due_after_time(
    begun: datetime, span: TimeSpan, calendar: Calendar, pauses: tuple[Spell, ...]
) -> DueAt:
    """Return when that much time has passed since ``begun``."""
    if not span.length:
        return DueAt(begun, local_day(begun, calendar.zone))
    if isinstance(span, NaturalTime):
        return _due_naturally(begun, span, calendar, pauses)
    return _due_in_service(begun, span, calendar, pauses)


def time_between(
    begun: datetime, end: datetime, span: TimeSpan, calendar: Calendar, pauses: tuple[Spell, ...]
) -> timedelta:
    """Return how much time of the kind of ``span`` has passed from ``begun`` to ``end``."""
    if isinstance(span, NaturalTime):
        return _length(_running([(begun, end)], pauses))
    last = local_day(end, calendar.zone)
    passed = _NOTHING
    for day, spells in _service_days(begun, calendar):
        if day.day > last:
            break
        passed += _length(_running(_until(end, spells), pauses))
    return passed


def _due_naturally(
    begun: datetime, span: NaturalTime, calendar: Calendar, pauses: tuple[Spell, ...]
) -> DueAt:
    at, _ = _reached(_running([(begun, _FOREVER)], pauses), span.length, begun)
    first, last = local_day(begun, calendar.zone), local_day(at, calendar.zone)
    step = Step(first, last, counted=True, reason=Reason.EVERY_DAY, time=span.length)
    return DueAt(at, last, (), (step,))


def _due_in_service(
    begun: datetime, span: ServiceTime, calendar: Calendar, pauses: tuple[Spell, ...]
) -> DueAt:
    trail, left, idle = Trail(), span.length, 0
    today = local_day(begun, calendar.zone)
    for day, spells in _service_days(begun, calendar):
        at, passed = _reached(_running(spells, pauses), left, begun)
        left -= passed
        idle = 0 if day.counts else idle + 1
        trail.heed(day)
        if passed or day.day >= today:
            trail.add(_step(day, passed, paused=bool(spells and not passed)))
        if not left:
            return trail.due(at, local_day(at, calendar.zone))
        if idle > HORIZON:
            break
    raise NeverOpen(
        mark("The service does not open any more after {day}."), day=day.day.isoformat()
    )


def _step(day: Day, passed: timedelta, *, paused: bool) -> Step:
    """Return what a day gave to a sum; ``paused`` says that it would have given something."""
    if passed:
        return Step(day.day, day.day, True, day.reason, day.name, passed, day.openings)
    reason = Reason.PAUSED if paused else Reason.OUT_OF_HOURS if day.counts else day.reason
    return Step(day.day, day.day, counted=False, reason=reason, name=day.name)


def _service_days(begun: datetime, calendar: Calendar) -> Iterator[tuple[Day, list[Spell]]]:
    """Yield the days from ``begun`` on with what is left of their spells: each instant once.

    The evening before may still be open, and an opening over midnight may meet the next day's.
    """
    first = local_day(begun, calendar.zone).toordinal() - calendar.hours.passes_midnight
    covered = begun
    for ordinal in count(first):
        day = calendar.service_day(date.fromordinal(ordinal))
        spells = [(max(opens, covered), closes) for opens, closes in day.spells if closes > covered]
        covered = spells[-1][1] if spells else covered
        yield day, spells


def _reached(
    spells: Iterable[Spell], wanted: timedelta, begun: datetime
) -> tuple[datetime, timedelta]:
    """Return where in the spells the wanted time has passed, and how much of it has."""
    at, passed = begun, _NOTHING
    for begins, ends in spells:
        taken = min(ends - begins, wanted - passed)
        at, passed = begins + taken, passed + taken
        if passed == wanted:
            break
    return at, passed


def _running(spells: Iterable[Spell], pauses: tuple[Spell, ...]) -> Iterator[Spell]:
    """Yield what the pauses, in order and apart, leave of the spells."""
    for spell_begins, ends in spells:
        begins = spell_begins
        for stops, resumes in pauses:
            if resumes <= begins:
                continue
            if stops >= ends:
                break
            if stops > begins:
                yield begins, stops
            begins = resumes
        if begins < ends:
            yield begins, ends


def _until(end: datetime, spells: Iterable[Spell]) -> Iterator[Spell]:
    for begins, ends in spells:
        if begins < end:
            yield begins, min(ends, end)


def _length(spells: Iterable[Spell]) -> timedelta:
    return sum((ends - begins for begins, ends in spells), _NOTHING)

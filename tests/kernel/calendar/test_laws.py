"""What holds of every sum, whatever the calendar, the span and the start."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rexian.kernel.calendar.calendars import Calendar, Reason
from rexian.kernel.calendar.explanations import as_records, from_records
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.kernel.calendar.holidays import NO_HOLIDAYS
from rexian.kernel.calendar.hours import Season, ServiceHours, SpecialDay, Usual, Week
from rexian.kernel.calendar.instants import local_day
from rexian.kernel.calendar.openings import Weekday, read_opening
from rexian.kernel.calendar.span_descriptions import describe_span, read_span
from rexian.kernel.calendar.spans import (
    CalendarDays,
    DaySpan,
    Finish,
    FirstDay,
    NaturalTime,
    OnRestDay,
    Pause,
    ServiceTime,
    Span,
    WorkingDays,
)
from rexian.kernel.calendar.sums import due_at, elapsed

WORKDAYS = list(Weekday)[:5]
OFFICE = Week.alike(WORKDAYS, read_opening("08:30-12:00"), read_opening("13:30-17:30"))
NIGHTS = Week.alike(list(Weekday), read_opening("06:00-08:00"), read_opening("21:15-03:00"))
SEASONS = (
    Season((5, 1), (9, 30), Week.alike(WORKDAYS, read_opening("09:00-12:00"))),
    Season((12, 20), (1, 10), Week.alike(list(Weekday), read_opening("23:00-01:00"))),
)
SPECIAL = (SpecialDay(date(2026, 3, 4), (), works=False), SpecialDay(date(2026, 3, 8), works=True))

CALENDARS = {
    "office": Calendar(ZoneInfo("Asia/Shanghai"), ServiceHours(OFFICE), mainland_china()),
    "round-the-clock": Calendar(ZoneInfo("Asia/Shanghai"), ServiceHours.always(), mainland_china()),
    "nights-in-berlin": Calendar(
        ZoneInfo("Europe/Berlin"), ServiceHours(NIGHTS, on_holidays=Usual.AS_USUAL), NO_HOLIDAYS
    ),
    "seasons-in-new-york": Calendar(
        ZoneInfo("America/New_York"),
        ServiceHours(OFFICE, SEASONS, special_days=SPECIAL),
        mainland_china(),
        frozenset(Weekday) - {Weekday.SUNDAY},
    ),
}

calendars = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
starts = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001 - in UTC next
    lambda naive: naive.replace(tzinfo=UTC)
)
lengths = st.timedeltas(timedelta(), timedelta(days=9))
clocks = st.times(time(), time(23, 59)).map(lambda clock: clock.replace(second=0, microsecond=0))
finishes = st.sampled_from([Finish.END_OF_DAY, Finish.CLOSING]) | clocks
first_days = st.sampled_from(FirstDay)
times = st.builds(NaturalTime, lengths) | st.builds(ServiceTime, lengths)
counted_days: st.SearchStrategy[DaySpan] = st.builds(
    CalendarDays, st.integers(1, 40), finishes, first_days
) | st.builds(WorkingDays, st.integers(1, 40), finishes, first_days)
same_times: st.SearchStrategy[DaySpan] = st.builds(
    CalendarDays, st.integers(1, 40), st.just(Finish.SAME_TIME)
) | st.builds(WorkingDays, st.integers(1, 40), st.just(Finish.SAME_TIME))
waiting: st.SearchStrategy[DaySpan] = st.builds(
    CalendarDays, st.integers(0, 40), finishes, first_days, st.sampled_from(OnRestDay)
) | st.builds(WorkingDays, st.integers(0, 40), finishes, first_days)
pauses = st.tuples(
    st.timedeltas(timedelta(), timedelta(days=20)), st.timedeltas(timedelta(), timedelta(days=20))
)


def starts_on_time(start: datetime, span: Span, calendar: Calendar) -> bool:
    """Return whether the day of the start counts and its end has not gone by at the start."""
    if isinstance(span, NaturalTime | ServiceTime) or span.first_day is FirstDay.NEXT:
        return True
    today = local_day(start, calendar.zone)
    working = calendar.working_day(today).counts or isinstance(span, CalendarDays)
    return working and due_at(start, replace(span, days=1), calendar).day == today


@given(starts, times | counted_days | same_times, calendars)
def test_what_has_elapsed_when_it_is_due_is_the_span(
    start: datetime, span: Span, calendar: Calendar
) -> None:
    assume(starts_on_time(start, span, calendar))
    due = due_at(start, span, calendar).at
    assert elapsed(start, due, span, calendar) == span


@given(starts, times | counted_days | same_times, calendars)
def test_a_moment_before_it_is_due_less_has_elapsed(
    start: datetime, span: Span, calendar: Calendar
) -> None:
    due = due_at(start, span, calendar).at
    before = elapsed(start, due - timedelta(microseconds=1), span, calendar)
    if isinstance(before, NaturalTime | ServiceTime):
        assert isinstance(span, NaturalTime | ServiceTime)
        assert before.length < span.length or not span.length
    else:
        assert not isinstance(span, NaturalTime | ServiceTime)
        assert before.days < span.days


@given(starts, waiting, calendars, pauses)
def test_a_span_as_long_as_what_has_elapsed_is_due_at_the_same_instant(
    start: datetime, span: DaySpan, calendar: Calendar, pause: tuple[timedelta, timedelta]
) -> None:
    stops = [Pause(start + pause[0], start + pause[0] + pause[1])]
    due = due_at(start, span, calendar, stops).at
    passed = elapsed(start, due, span, calendar, stops)
    assert passed.days >= span.days
    assert due_at(start, passed, calendar, stops).at == due


@given(starts, lengths, times | counted_days | waiting, calendars)
def test_what_starts_later_is_not_due_earlier(
    start: datetime, later: timedelta, span: Span, calendar: Calendar
) -> None:
    assert due_at(start, span, calendar).at <= due_at(start + later, span, calendar).at


@given(starts, lengths, same_times)
def test_the_same_time_of_a_later_start_is_not_earlier_where_clocks_stand(
    start: datetime, later: timedelta, span: DaySpan
) -> None:
    calendar = CALENDARS["office"]
    assert due_at(start, span, calendar).at <= due_at(start + later, span, calendar).at


@given(starts, times | waiting | same_times, calendars)
def test_nothing_is_due_before_it_starts(start: datetime, span: Span, calendar: Calendar) -> None:
    assert due_at(start, span, calendar).at >= start


@given(starts, lengths, lengths, times | counted_days, calendars)
def test_as_time_goes_on_no_less_has_elapsed(
    start: datetime, first: timedelta, more: timedelta, span: Span, calendar: Calendar
) -> None:
    earlier = elapsed(start, start + first, span, calendar)
    later = elapsed(start, start + first + more, span, calendar)
    if isinstance(earlier, NaturalTime | ServiceTime):
        assert isinstance(later, NaturalTime | ServiceTime)
        assert earlier.length <= later.length
    else:
        assert not isinstance(later, NaturalTime | ServiceTime)
        assert earlier.days <= later.days


@given(starts, lengths, lengths, calendars)
def test_service_time_of_two_stretches_is_that_of_both(
    start: datetime, first: timedelta, second: timedelta, calendar: Calendar
) -> None:
    nothing, middle = ServiceTime(timedelta()), start + first
    both = elapsed(start, middle + second, nothing, calendar).length
    one = elapsed(start, middle, nothing, calendar).length
    other = elapsed(middle, middle + second, nothing, calendar).length
    assert both == one + other


@given(starts, times, calendars, pauses)
def test_a_pause_moves_a_clock_by_the_time_it_takes_from_it(
    start: datetime,
    span: NaturalTime | ServiceTime,
    calendar: Calendar,
    pause: tuple[timedelta, timedelta],
) -> None:
    stops = Pause(start + pause[0], start + pause[0] + pause[1])
    plain = due_at(start, span, calendar).at
    paused = due_at(start, span, calendar, [stops]).at
    if plain <= stops.begins_at:
        assert paused == plain
    else:
        left = span.length - elapsed(start, stops.begins_at, span, calendar).length
        assert paused == due_at(stops.ends_at, replace(span, length=left), calendar).at
    assert elapsed(start, paused, span, calendar, [stops]) == span


@given(starts, st.integers(1, 40), calendars, pauses)
def test_a_pause_moves_calendar_days_by_the_days_between(
    start: datetime, days: int, calendar: Calendar, pause: tuple[timedelta, timedelta]
) -> None:
    stops = Pause(start + pause[0], start + pause[0] + pause[1])
    plain = due_at(start, CalendarDays(days), calendar)
    paused = due_at(start, CalendarDays(days), calendar, [stops])
    between = local_day(stops.ends_at, calendar.zone) - local_day(stops.begins_at, calendar.zone)
    moved = (
        between if stops.begins_at < plain.at and stops.begins_at < stops.ends_at else timedelta()
    )
    # A pause that ends at the very instant at which its day begins has touched that day.
    assert paused.day - plain.day in {moved, moved - timedelta(days=1)}
    assert paused.day - plain.day == moved or stops.ends_at == plain.at


@given(starts, counted_days, calendars)
def test_the_days_of_an_explanation_follow_each_other_and_add_up(
    start: datetime, span: DaySpan, calendar: Calendar
) -> None:
    due = due_at(start, span, calendar)
    steps = due.explanation
    assert steps[0].first == local_day(start, calendar.zone)
    assert steps[-1].last == due.day
    assert all(
        later.first - earlier.last == timedelta(days=1) for earlier, later in pairwise(steps)
    )
    if starts_on_time(start, span, calendar):
        assert sum(step.days for step in steps if step.counted) == span.days


@given(starts, times, calendars)
def test_the_time_of_an_explanation_adds_up(
    start: datetime, span: NaturalTime | ServiceTime, calendar: Calendar
) -> None:
    steps = due_at(start, span, calendar).explanation
    assert sum((step.time for step in steps), timedelta()) == span.length


@given(starts, times | waiting, calendars)
def test_an_explanation_survives_being_written_down(
    start: datetime, span: Span, calendar: Calendar
) -> None:
    steps = due_at(start, span, calendar).explanation
    assert from_records(as_records(steps)) == steps


@given(times | waiting | same_times)
def test_a_span_survives_being_written_down(span: Span) -> None:
    assert read_span(describe_span(span)) == span


@pytest.mark.parametrize("name", sorted(CALENDARS))
def test_working_days_are_what_a_count_by_hand_says(name: str) -> None:
    calendar, start = CALENDARS[name], datetime(2025, 12, 30, 3, tzinfo=UTC)
    day, counted = local_day(start, calendar.zone), 0
    while counted < 60:
        day += timedelta(days=1)
        counted += calendar.working_day(day).counts
        if calendar.working_day(day).counts:
            found = due_at(start, WorkingDays(counted), calendar)
            assert found.day == day
            assert found.explanation[0].reason is Reason.START_DAY


@pytest.mark.parametrize("name", sorted(CALENDARS))
def test_service_time_is_what_a_count_minute_by_minute_says(name: str) -> None:
    calendar, minute = CALENDARS[name], timedelta(minutes=1)
    for begin in (datetime(2026, 3, 6, 15, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)):
        minutes = [begin + number * minute for number in range(3 * 24 * 60)]
        by_hand = sum(calendar.is_open(instant) for instant in minutes) * minute
        end = begin + timedelta(days=3)
        assert elapsed(begin, end, ServiceTime(minute), calendar).length == by_hand

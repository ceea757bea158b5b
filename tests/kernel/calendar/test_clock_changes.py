"""Days of 23, 25 or no hours: Shanghai 1986 to 1991, Berlin, New York, and stranger places."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.errors import BadCalendar
from rexian.kernel.calendar.holidays import NO_HOLIDAYS
from rexian.kernel.calendar.hours import ServiceHours, Week
from rexian.kernel.calendar.instants import (
    day_begins_at,
    day_ends_at,
    instant_at,
    last_instant_at,
    zone_named,
)
from rexian.kernel.calendar.openings import WHOLE_DAY, Weekday, read_opening
from rexian.kernel.calendar.spans import CalendarDays, Finish, NaturalTime, ServiceTime, Span
from rexian.kernel.calendar.sums import due_at, elapsed

HOUR = timedelta(hours=1)

SHANGHAI, BERLIN, NEW_YORK = "Asia/Shanghai", "Europe/Berlin", "America/New_York"


def utc(text: str) -> datetime:
    """Return an instant of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        pytest.param(SHANGHAI, "1986-05-04", 23, id="shanghai-spring-1986"),
        pytest.param(SHANGHAI, "1986-09-14", 25, id="shanghai-autumn-1986"),
        pytest.param(SHANGHAI, "1991-09-15", 25, id="shanghai-autumn-1991"),
        pytest.param(SHANGHAI, "1992-04-12", 24, id="shanghai-1992"),
        pytest.param(BERLIN, "2026-03-29", 23, id="berlin-spring"),
        pytest.param(BERLIN, "2026-10-25", 25, id="berlin-autumn"),
        pytest.param(NEW_YORK, "2026-03-08", 23, id="new-york-spring"),
        pytest.param(NEW_YORK, "2026-11-01", 25, id="new-york-autumn"),
        pytest.param("America/Sao_Paulo", "2018-11-04", 23, id="a-day-that-begins-at-one"),
        pytest.param("America/Sao_Paulo", "2018-02-17", 25, id="a-day-whose-last-hour-repeats"),
        pytest.param("America/Havana", "2026-11-01", 25, id="a-day-whose-midnight-repeats"),
        pytest.param("Australia/Lord_Howe", "2026-04-05", 24.5, id="half-an-hour"),
        pytest.param("Pacific/Apia", "2011-12-30", 0, id="a-day-that-never-was"),
    ],
)
def test_a_day_is_as_long_as_its_clock_makes_it(zone: str, day: str, hours: float) -> None:
    when, place = date.fromisoformat(day), ZoneInfo(zone)
    assert day_ends_at(when, place) - day_begins_at(when, place) == hours * HOUR
    calendar = Calendar(place, ServiceHours.always(), NO_HOLIDAYS)
    passed = sum((end - begin for begin, end in calendar.service_day(when).spells), timedelta())
    assert passed == hours * HOUR


@pytest.mark.parametrize(
    ("zone", "day", "clock", "first", "last"),
    [
        pytest.param(
            BERLIN, "2026-03-29", "02:30", "2026-03-29 01:00", "2026-03-29 01:00", id="skipped"
        ),
        pytest.param(
            BERLIN, "2026-03-29", "02:00", "2026-03-29 01:00", "2026-03-29 01:00", id="skip-begins"
        ),
        pytest.param(
            BERLIN, "2026-03-29", "03:00", "2026-03-29 01:00", "2026-03-29 01:00", id="skip-ends"
        ),
        pytest.param(
            BERLIN, "2026-10-25", "02:30", "2026-10-25 00:30", "2026-10-25 01:30", id="shown-twice"
        ),
        pytest.param(
            SHANGHAI, "1986-05-04", "02:59", "1986-05-03 18:00", "1986-05-03 18:00", id="shanghai"
        ),
        pytest.param(
            SHANGHAI, "1986-09-14", "01:10", "1986-09-13 16:10", "1986-09-13 17:10", id="and-back"
        ),
        pytest.param(
            NEW_YORK, "2026-07-01", "12:00", "2026-07-01 16:00", "2026-07-01 16:00", id="plain"
        ),
    ],
)
def test_a_time_that_is_skipped_is_the_change_and_one_shown_twice_has_two_instants(
    zone: str, day: str, clock: str, first: str, last: str
) -> None:
    when, shown, place = date.fromisoformat(day), time.fromisoformat(clock), ZoneInfo(zone)
    assert instant_at(when, shown, place) == utc(first)
    assert last_instant_at(when, shown, place) == utc(last)


SAME_TIME = CalendarDays(1, Finish.SAME_TIME)


@pytest.mark.parametrize(
    ("zone", "start", "span", "due"),
    [
        pytest.param(
            BERLIN, "2026-03-28 11:00", SAME_TIME, "2026-03-29 10:00", id="same-time-in-23-hours"
        ),
        pytest.param(
            BERLIN, "2026-10-24 10:00", SAME_TIME, "2026-10-25 11:00", id="same-time-in-25-hours"
        ),
        pytest.param(
            BERLIN, "2026-03-28 11:00", NaturalTime(24 * HOUR), "2026-03-29 11:00", id="24-hours"
        ),
        pytest.param(
            BERLIN, "2026-03-28 01:30", SAME_TIME, "2026-03-29 01:00", id="a-time-that-is-skipped"
        ),
        pytest.param(
            BERLIN, "2026-10-24 00:30", SAME_TIME, "2026-10-25 00:30", id="the-first-of-two"
        ),
        pytest.param(
            BERLIN, "2026-10-24 10:00", CalendarDays(1), "2026-10-25 23:00", id="a-long-day's-end"
        ),
        pytest.param(
            SHANGHAI, "1986-05-03 04:00", SAME_TIME, "1986-05-04 03:00", id="shanghai-spring"
        ),
        pytest.param(
            SHANGHAI, "1986-09-13 03:00", SAME_TIME, "1986-09-14 04:00", id="shanghai-autumn"
        ),
        pytest.param(
            NEW_YORK,
            "2026-03-07 12:00",
            CalendarDays(1, time(2, 30)),
            "2026-03-08 07:00",
            id="a-fixed-time-that-is-skipped",
        ),
    ],
)
def test_days_follow_the_clock_and_hours_do_not(
    zone: str, start: str, span: Span, due: str
) -> None:
    calendar = Calendar(ZoneInfo(zone), holidays=NO_HOLIDAYS)
    assert due_at(utc(start), span, calendar).at == utc(due)
    assert elapsed(utc(start), utc(due), span, calendar) == span


def test_the_start_of_a_repeated_hour_is_the_hour_it_says() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo(BERLIN))
    second = first.replace(fold=1)
    calendar = Calendar(ZoneInfo(BERLIN), holidays=NO_HOLIDAYS)
    passed = elapsed(first, second, NaturalTime(timedelta()), calendar)
    assert passed == NaturalTime(HOUR)
    assert due_at(first, NaturalTime(HOUR), calendar).at == second.astimezone(UTC)


@pytest.mark.parametrize(
    ("opening", "day", "hours"),
    [
        pytest.param("01:00-05:00", "2026-03-29", 3, id="spring"),
        pytest.param("01:00-05:00", "2026-10-25", 5, id="autumn"),
        pytest.param("01:00-02:30", "2026-03-29", 1, id="closes-in-the-gap"),
        pytest.param("02:15-02:45", "2026-03-29", 0, id="inside-the-gap"),
        pytest.param("02:30-04:00", "2026-10-25", 2.5, id="opens-at-the-first"),
        pytest.param("01:00-02:30", "2026-10-25", 2.5, id="closes-at-the-last"),
        pytest.param("22:00-06:00", "2026-10-24", 9, id="a-night-shift"),
    ],
)
def test_a_service_is_open_in_doubt(opening: str, day: str, hours: float) -> None:
    week = Week.alike(list(Weekday), read_opening(opening))
    calendar = Calendar(ZoneInfo(BERLIN), ServiceHours(week), NO_HOLIDAYS)
    spells = calendar.service_day(date.fromisoformat(day)).spells
    assert sum((end - begin for begin, end in spells), timedelta()) == hours * HOUR


def test_openings_that_meet_in_a_repeated_hour_count_it_once() -> None:
    two = (read_opening("00:00-02:30"), read_opening("02:30-05:00"))
    calendar = Calendar(
        ZoneInfo(BERLIN), ServiceHours(Week.alike(list(Weekday), *two)), NO_HOLIDAYS
    )
    start = instant_at(date(2026, 10, 25), time(), ZoneInfo(BERLIN))
    end = instant_at(date(2026, 10, 25), time(12), ZoneInfo(BERLIN))
    assert elapsed(start, end, ServiceTime(HOUR), calendar) == ServiceTime(6 * HOUR)


def test_round_the_clock_service_time_is_natural_time_over_a_clock_change() -> None:
    calendar = Calendar(ZoneInfo(NEW_YORK), ServiceHours.always(), NO_HOLIDAYS)
    assert calendar.hours.week.days[0] == WHOLE_DAY
    start = utc("2026-10-30 12:34")
    in_service = due_at(start, ServiceTime(100 * HOUR), calendar).at
    assert in_service == start + 100 * HOUR


@pytest.mark.parametrize("name", ["Middle/Earth", "", "../etc/passwd", "Asia"])
def test_a_zone_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(BadCalendar, match="no time zone"):
        zone_named(name)

"""Calendars and spans as a pack writes them, and errors that name the field."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rexian.kernel.calendar.calendars import MONDAY_TO_FRIDAY
from rexian.kernel.calendar.descriptions import read_calendar
from rexian.kernel.calendar.errors import BadCalendar, NeverOpen
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.kernel.calendar.hours import ServiceHours, Usual
from rexian.kernel.calendar.openings import WHOLE_DAY, Weekday
from rexian.kernel.calendar.sentences import sentences
from rexian.kernel.calendar.span_descriptions import read_span
from rexian.kernel.calendar.spans import (
    CalendarDays,
    Finish,
    FirstDay,
    NaturalTime,
    OnRestDay,
    ServiceTime,
    Span,
    WorkingDays,
)
from rexian.kernel.calendar.sums import due_at
from rexian.kernel.errors import Invalid

HOUR = timedelta(hours=1)

OFFICE: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "workdays": "mon-fri",
    "hours": {"mon-fri": ["08:30-12:00", "13:30-17:30"], "sat, sun": "09:00-12:00"},
    "seasons": [
        {"name": "夏季", "from": "06-01", "to": "09-30", "hours": {"mon-fri": "08:00-14:00"}}
    ],
    "holidays": "10:00-12:00",
    "make_up_days": "fri",
    "special_days": [
        {"date": date(2026, 2, 16), "hours": "closed", "works": False, "name": "除夕"},
        {"date": "2026-03-01", "hours": "always"},
    ],
}


def hours_on(described: dict[str, Any], day: str) -> str:
    """Return the openings that a described calendar has on a day."""
    calendar = read_calendar(described, holidays=mainland_china())
    return " ".join(map(str, calendar.service_day(date.fromisoformat(day)).openings))


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param("2026-03-02", "08:30-12:00 13:30-17:30", id="monday"),
        pytest.param("2026-03-07", "09:00-12:00", id="saturday"),
        pytest.param("2026-07-01", "08:00-14:00", id="season"),
        pytest.param("2026-07-04", "", id="a-season-has-a-whole-week-of-its-own"),
        pytest.param("2026-02-18", "10:00-12:00", id="holiday"),
        pytest.param("2026-02-14", "08:30-12:00 13:30-17:30", id="make-up-workday"),
        pytest.param("2026-02-16", "", id="closed"),
        pytest.param("2026-03-01", "00:00-24:00", id="always"),
    ],
)
def test_a_calendar_is_read_as_it_is_described(day: str, hours: str) -> None:
    assert hours_on(OFFICE, day) == hours


def test_a_calendar_that_says_nothing_is_open_round_the_clock_and_works_monday_to_friday() -> None:
    calendar = read_calendar({}, zone=ZoneInfo("Europe/Berlin"))
    assert calendar.hours == ServiceHours.always()
    assert calendar.workdays == MONDAY_TO_FRIDAY
    assert calendar.zone.key == "Europe/Berlin"


@pytest.mark.parametrize(
    ("hours", "weekday", "openings"),
    [
        pytest.param("08:30-12:00，13:30-17:30", 6, "08:30-12:00 13:30-17:30", id="chinese-comma"),
        pytest.param({"daily": "8:00-20:00"}, 6, "08:00-20:00", id="daily"),
        pytest.param({"sat-mon": "20:00-02:00"}, 0, "20:00-02:00", id="a-range-past-sunday"),
        pytest.param({"sat-mon": "20:00-02:00"}, 1, "", id="not-named-is-closed"),
        pytest.param(
            {"mon": ["13:30–17:30", "08:30–12:00"]}, 0, "08:30-12:00 13:30-17:30", id="order"
        ),
        pytest.param({"mon": "always", "tue": "closed"}, 0, "00:00-24:00", id="always"),
        pytest.param({"mon": "always", "tue": None}, 1, "", id="nothing-is-closed"),
    ],
)
def test_hours_are_written_in_several_ways(hours: object, weekday: int, openings: str) -> None:
    calendar = read_calendar({"zone": "Asia/Shanghai", "hours": hours})
    assert " ".join(map(str, calendar.hours.week.days[weekday])) == openings


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"zone": None}, "zone: This field is missing.", id="no-zone"),
        pytest.param({"zone": "Asia/Nowhere"}, "zone: There is no time zone", id="zone"),
        pytest.param({"hour": {}}, "hour: There is no such field", id="unknown-field"),
        pytest.param({"workdays": "mon-fry"}, "workdays: 'fry' is none of mon,", id="weekday"),
        pytest.param({"workdays": 5}, "workdays: 5 is no text.", id="weekday-number"),
        pytest.param(
            {"hours": {"mon-fri": "8-12"}}, "hours.mon-fri[0]: '8' is no time", id="clock"
        ),
        pytest.param(
            {"hours": {"mon": "08:00-25:00"}}, "hours.mon[0]: '25:00' is no", id="hour-25"
        ),
        pytest.param(
            {"hours": {"mon": "08:00"}}, "hours.mon[0]: '08:00' is no opening", id="opening"
        ),
        pytest.param({"hours": {"mon": 8}}, "hours.mon: 8 is no list.", id="number"),
        pytest.param({"hours": {"mon": [8]}}, "hours.mon[0]: 8 is no text.", id="number-in-a-list"),
        pytest.param(
            {"hours": {"mon": "08:00-08:00"}}, "hours.mon[0]: An opening cannot", id="empty"
        ),
        pytest.param(
            {"hours": {"mon": "08:00-12:00, 11:00-13:00"}},
            "hours.mon: 08:00-12:00 and 11:00-13:00 overlap.",
            id="overlap",
        ),
        pytest.param(
            {"hours": {"mon-fri": "08:00-12:00", "wed": "09:00-12:00"}},
            "hours.wed: A weekday is named twice.",
            id="twice",
        ),
        pytest.param({"seasons": {"from": "06-01"}}, "seasons: ", id="seasons-no-list"),
        pytest.param(
            {"seasons": [{"from": "06-31", "to": "07-01", "hours": "always"}]},
            "seasons[0]: There is no day 31 in month 6.",
            id="day-of-a-season",
        ),
        pytest.param(
            {"seasons": [{"from": "June", "to": "07-01", "hours": "always"}]},
            "seasons[0].from: 'June' is no day of a year",
            id="from",
        ),
        pytest.param({"seasons": [{"from": "06-01"}]}, "seasons[0].to: This field", id="no-end"),
        pytest.param({"seasons": ["summer"]}, "seasons[0]: 'summer' is no set", id="no-season"),
        pytest.param({"holidays": "shut"}, "holidays[0]: 'shut' is no opening", id="holidays"),
        pytest.param({"make_up_days": "no"}, "make_up_days[0]: 'no' is no opening", id="make-up"),
        pytest.param(
            {"special_days": [{"date": "soon"}]}, "special_days[0]: A special", id="empty-day"
        ),
        pytest.param(
            {"special_days": [{"date": "soon", "works": True}]},
            "special_days[0].date: 'soon' is no date",
            id="date",
        ),
        pytest.param(
            {"special_days": [{"date": "2026-01-01", "works": "perhaps"}]},
            "special_days[0].works: 'perhaps' is none of true, false.",
            id="truth",
        ),
        pytest.param(
            {"special_days": [{"date": "2026-01-01", "works": True}] * 2},
            "A special day is named twice.",
            id="special-day-twice",
        ),
    ],
)
def test_a_field_that_makes_no_sense_is_named(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(BadCalendar) as caught:
        read_calendar(OFFICE | changes)
    assert caught.value.message.startswith(says)


@pytest.mark.parametrize("hours", ["closed", {}, {"mon": None}])
def test_a_calendar_that_never_opens_is_an_error(hours: object) -> None:
    with pytest.raises(NeverOpen):
        read_calendar({"zone": "Asia/Shanghai", "hours": hours})


def test_rules_for_days_out_of_the_ordinary_default_by_the_hours() -> None:
    office = read_calendar({"zone": "Asia/Shanghai", "hours": "09:00-17:00"}).hours
    hotline = read_calendar({"zone": "Asia/Shanghai", "hours": "always"}).hours
    assert (office.on_holidays, office.on_make_up_days) == ((), Weekday.MONDAY)
    assert (hotline.on_holidays, hotline.on_make_up_days) == (Usual.AS_USUAL, Usual.AS_USUAL)
    assert hotline.week.days == (WHOLE_DAY,) * 7


@pytest.mark.parametrize(
    ("described", "span"),
    [
        pytest.param({"hours": 2}, NaturalTime(2 * HOUR), id="hours"),
        pytest.param({"hours": 0.5}, NaturalTime(HOUR / 2), id="half-an-hour"),
        pytest.param({"minutes": 30}, NaturalTime(HOUR / 2), id="minutes"),
        pytest.param({"service_hours": 4}, ServiceTime(4 * HOUR), id="service-hours"),
        pytest.param({"calendar_days": 3}, CalendarDays(3), id="calendar-days"),
        pytest.param(
            {"calendar_days": 1, "finish": "12:00"}, CalendarDays(1, time(12)), id="by-noon"
        ),
        pytest.param(
            {"calendar_days": 3, "on_rest_day": "rolls", "first_day": "same"},
            CalendarDays(3, first_day=FirstDay.SAME, on_rest_day=OnRestDay.ROLLS),
            id="rolls",
        ),
        pytest.param(
            {"working_days": 5, "finish": "closing"}, WorkingDays(5, Finish.CLOSING), id="closing"
        ),
    ],
)
def test_a_span_is_read_as_it_is_described(described: dict[str, Any], span: Span) -> None:
    assert read_span(described) == span


@pytest.mark.parametrize(
    ("described", "says"),
    [
        pytest.param({}, "A span has one unit of hours,", id="no-unit"),
        pytest.param({"hours": 1, "minutes": 30}, "A span has one unit", id="two-units"),
        pytest.param({"hours": "2"}, "hours: '2' is no number.", id="text"),
        pytest.param({"hours": float("inf")}, "hours: inf is no number.", id="infinity"),
        pytest.param({"hours": -1}, "hours: A span lasts from nothing", id="negative"),
        pytest.param({"hours": 2, "finish": "closing"}, "finish: There is no such", id="option"),
        pytest.param({"working_days": 2.5}, "A span has a whole number of days", id="half-a-day"),
        pytest.param(
            {"working_days": 5, "on_rest_day": "rolls"}, "on_rest_day: There is no", id="rolling"
        ),
        pytest.param(
            {"working_days": 5, "finish": "noon"},
            "finish: 'noon' is none of end-of-day",
            id="finish",
        ),
        pytest.param(
            {"working_days": 5, "finish": "12:60"}, "finish: '12:60' is no time", id="12:60"
        ),
    ],
)
def test_a_span_that_makes_no_sense_names_its_field(described: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_span(described)
    assert caught.value.message.startswith(says)


def test_a_sum_is_told_in_sentences() -> None:
    calendar = read_calendar(OFFICE, holidays=mainland_china())
    start = datetime(2026, 2, 12, 1, tzinfo=UTC)
    assert sentences(due_at(start, WorkingDays(3), calendar), "en") == [
        "2026-02-12, day of the start: does not count",
        "2026-02-13, workday: 1 day",
        "2026-02-14, make-up workday (Spring Festival): 1 day",
        "2026-02-15, public holiday (Spring Festival): does not count",
        "2026-02-16, special arrangement (除夕): does not count",
        "2026-02-17 to 2026-02-23, public holiday (Spring Festival): does not count",
        "2026-02-24, workday: 1 day",
    ]


def test_a_sum_of_service_time_tells_the_hours() -> None:
    calendar = read_calendar(OFFICE, holidays=mainland_china())
    start = datetime(2027, 3, 1, 1, tzinfo=UTC)
    assert sentences(due_at(start, ServiceTime(6.5 * HOUR), calendar), "en") == [
        "2027-03-01, workday, open 08:30-12:00, 13:30-17:30: 6 h 30 min",
        "Provisional: the public holidays of 2027 are not published yet.",
    ]

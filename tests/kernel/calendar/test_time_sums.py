"""Natural time and service time: breaks, nights, seasons, holidays, pauses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rexian.kernel.calendar.calendars import Calendar, Reason
from rexian.kernel.calendar.errors import BadCalendar, NeverOpen
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.kernel.calendar.holidays import NO_HOLIDAYS, Holidays
from rexian.kernel.calendar.hours import Season, ServiceHours, SpecialDay, Usual, Week
from rexian.kernel.calendar.openings import WHOLE_DAY, Weekday, read_opening
from rexian.kernel.calendar.spans import (
    Finish,
    FirstDay,
    NaturalTime,
    Pause,
    ServiceTime,
    WorkingDays,
)
from rexian.kernel.calendar.sums import due_at, elapsed

SHANGHAI = ZoneInfo("Asia/Shanghai")
WORKDAYS = list(Weekday)[:5]
OFFICE = Week.alike(WORKDAYS, read_opening("08:30-12:00"), read_opening("13:30-17:30"))
SUMMER = Season((6, 1), (9, 30), Week.alike(WORKDAYS, read_opening("09:00-15:00")), "夏季")
WINTER = Season((12, 1), (2, 15), Week.alike(WORKDAYS, read_opening("10:00-14:00")), "冬季")
NIGHTS = Week.alike([Weekday.FRIDAY], read_opening("20:00-02:00"))

CHINA = Calendar(SHANGHAI, ServiceHours(OFFICE), mainland_china())
SEASONS = Calendar(SHANGHAI, ServiceHours(OFFICE, (SUMMER, WINTER)), NO_HOLIDAYS)
NIGHT = Calendar(SHANGHAI, ServiceHours(NIGHTS), NO_HOLIDAYS)

HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """Return a local instant in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def due(start: str, hours: float, calendar: Calendar) -> str:
    """Return when so many service hours are over, as the clock in Shanghai shows it."""
    found = due_at(at(start), ServiceTime(hours * HOUR), calendar).at
    return f"{found.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "hours", "calendar", "expected"),
    [
        pytest.param("2026-03-02 09:00", 2, CHINA, "2026-03-02 11:00", id="in-the-morning"),
        pytest.param("2026-03-02 11:00", 2, CHINA, "2026-03-02 14:30", id="over-the-break"),
        pytest.param("2026-03-02 12:30", 1, CHINA, "2026-03-02 14:30", id="from-the-break"),
        pytest.param("2026-03-02 11:00", 1, CHINA, "2026-03-02 12:00", id="up-to-the-break"),
        pytest.param("2026-03-02 17:00", 1, CHINA, "2026-03-03 09:00", id="over-a-night"),
        pytest.param("2026-03-02 03:00", 1, CHINA, "2026-03-02 09:30", id="before-opening"),
        pytest.param("2026-03-06 17:00", 1, CHINA, "2026-03-09 09:00", id="over-a-weekend"),
        pytest.param("2026-02-13 17:00", 1, CHINA, "2026-02-14 09:00", id="make-up-saturday-opens"),
        pytest.param("2026-02-14 17:00", 1, CHINA, "2026-02-24 09:00", id="over-a-festival"),
        pytest.param("2026-05-29 17:00", 1, SEASONS, "2026-06-01 09:30", id="into-the-summer"),
        pytest.param("2026-09-30 14:00", 2, SEASONS, "2026-10-01 09:30", id="out-of-the-summer"),
        pytest.param("2025-12-31 13:00", 2, SEASONS, "2026-01-01 11:00", id="winter-past-new-year"),
        pytest.param("2026-02-13 13:00", 2, SEASONS, "2026-02-16 09:30", id="out-of-the-winter"),
        pytest.param("2026-03-06 23:00", 2, NIGHT, "2026-03-07 01:00", id="over-midnight"),
        pytest.param("2026-03-07 01:00", 1, NIGHT, "2026-03-07 02:00", id="after-midnight"),
        pytest.param("2026-03-07 01:00", 2, NIGHT, "2026-03-13 21:00", id="to-the-next-night"),
        pytest.param("2026-03-07 03:00", 0, NIGHT, "2026-03-07 03:00", id="nothing"),
    ],
)
def test_service_time(start: str, hours: float, calendar: Calendar, expected: str) -> None:
    assert due(start, hours, calendar) == expected


def test_natural_time_minds_neither_night_nor_festival() -> None:
    found = due_at(at("2026-02-14 17:00"), NaturalTime(24 * HOUR), CHINA)
    assert (found.at, found.day) == (at("2026-02-15 17:00"), date(2026, 2, 15))


def test_a_night_that_meets_the_next_morning_counts_each_hour_once() -> None:
    week = Week.of(
        {
            Weekday.FRIDAY: [read_opening("20:00-06:00")],
            Weekday.SATURDAY: [read_opening("00:00-12:00")],
        }
    )
    calendar = Calendar(SHANGHAI, ServiceHours(week), NO_HOLIDAYS)
    assert due("2026-03-06 20:00", 16, calendar) == "2026-03-07 12:00"


def test_the_night_before_a_holiday_is_worked_to_its_end() -> None:
    nights = Week.alike(list(Weekday), read_opening("20:00-02:00"))
    calendar = Calendar(SHANGHAI, ServiceHours(nights), mainland_china())
    assert due("2026-02-14 22:00", 4, calendar) == "2026-02-15 02:00"


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        pytest.param(ServiceHours(OFFICE), "2026-02-24 08:30", id="closed"),
        pytest.param(
            ServiceHours(OFFICE, on_holidays=Usual.AS_USUAL), "2026-02-16 08:30", id="as-usual"
        ),
        pytest.param(
            ServiceHours(OFFICE, on_holidays=(read_opening("10:00-12:00"),)),
            "2026-02-15 10:00",
            id="hours-of-their-own",
        ),
        pytest.param(
            ServiceHours(
                OFFICE,
                special_days=(SpecialDay(date(2026, 2, 17), (read_opening("11:00-12:00"),)),),
            ),
            "2026-02-17 11:00",
            id="a-special-day",
        ),
        pytest.param(ServiceHours.always(), "2026-02-14 18:00", id="round-the-clock"),
    ],
)
def test_on_public_holidays_a_service_is_as_it_says(hours: ServiceHours, expected: str) -> None:
    calendar = Calendar(SHANGHAI, hours, mainland_china())
    opens_at = calendar_opens(calendar, at("2026-02-14 18:00"))
    assert f"{opens_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == expected


def calendar_opens(calendar: Calendar, after: datetime) -> datetime:
    """Return when the service is first open after an instant."""
    second = timedelta(seconds=1)
    return due_at(after, ServiceTime(second), calendar).at - second


@pytest.mark.parametrize(
    ("rule", "openings"),
    [
        pytest.param(Weekday.MONDAY, "08:30-12:00 13:30-17:30", id="those-of-monday"),
        pytest.param(Weekday.SATURDAY, "09:00-11:00", id="those-of-saturday"),
        pytest.param(Usual.AS_USUAL, "09:00-11:00", id="as-usual"),
        pytest.param((read_opening("10:00-16:00"),), "10:00-16:00", id="their-own"),
    ],
)
def test_a_make_up_workday_takes_the_hours_it_is_given(
    rule: Weekday | Usual | tuple[()], openings: str
) -> None:
    days = dict(enumerate(OFFICE.days)) | {5: (read_opening("09:00-11:00"),)}
    week = Week.of({Weekday(day): hours for day, hours in days.items()})
    calendar = Calendar(SHANGHAI, ServiceHours(week, on_make_up_days=rule), mainland_china())
    assert " ".join(map(str, calendar.service_day(date(2026, 2, 14)).openings)) == openings


def test_a_workday_that_a_notice_confirms_keeps_its_own_hours() -> None:
    week = Week.of({Weekday.MONDAY: WHOLE_DAY, Weekday.SATURDAY: [read_opening("09:00-11:00")]})
    six_days = frozenset(Weekday) - {Weekday.SUNDAY}
    calendar = Calendar(SHANGHAI, ServiceHours(week), mainland_china(), six_days)
    saturday = date(2026, 2, 14)
    assert [str(one) for one in calendar.service_day(saturday).openings] == ["09:00-11:00"]
    assert calendar.working_day(saturday).reason is Reason.WORKDAY


def test_service_time_says_what_each_day_gave_and_which_breaks_it_has() -> None:
    found = due_at(at("2026-03-05 17:00"), ServiceTime(8 * HOUR), CHINA)
    told = [(str(s.first), s.counted, s.reason, s.time) for s in found.explanation]
    assert told == [
        ("2026-03-05", True, Reason.WORKDAY, 8 * HOUR),
    ]
    assert found.explanation[0].days == 2
    assert [str(one) for one in found.explanation[0].breaks] == ["12:00-13:30"]


@pytest.mark.parametrize(
    ("start", "calendar", "told"),
    [
        pytest.param(
            "2026-03-06 18:00",
            CHINA,
            [(Reason.OUT_OF_HOURS, ""), (Reason.WEEKEND, ""), (Reason.WORKDAY, "")],
            id="weekend",
        ),
        pytest.param(
            "2026-04-03 18:00",
            CHINA,
            [(Reason.OUT_OF_HOURS, ""), (Reason.HOLIDAY, "清明节"), (Reason.WORKDAY, "")],
            id="holiday",
        ),
        pytest.param(
            "2026-03-10 18:00",
            NIGHT,
            [(Reason.CLOSED, ""), (Reason.WORKDAY, "")],
            id="closed",
        ),
    ],
)
def test_days_without_service_say_why(
    start: str, calendar: Calendar, told: list[tuple[Reason, str]]
) -> None:
    found = due_at(at(start), ServiceTime(HOUR), calendar)
    assert [(step.reason, step.name) for step in found.explanation] == told


def test_only_hours_that_heed_holidays_are_provisional() -> None:
    start, span = at("2027-03-01 09:00"), ServiceTime(HOUR)
    hotline = Calendar(SHANGHAI, ServiceHours.always(), mainland_china())
    assert due_at(start, span, CHINA).unpublished == (2027,)
    assert due_at(start, span, hotline).unpublished == ()
    assert due_at(start, NaturalTime(HOUR), CHINA).unpublished == ()


@pytest.mark.parametrize(
    ("stops", "resumes", "expected"),
    [
        pytest.param("2026-03-02 10:00", "2026-03-02 11:00", "2026-03-03 09:30", id="open"),
        pytest.param("2026-03-02 12:00", "2026-03-02 13:00", "2026-03-02 17:30", id="in-the-break"),
        pytest.param("2026-03-02 11:30", "2026-03-02 14:00", "2026-03-03 09:30", id="over-it"),
        pytest.param("2026-03-02 10:00", "2026-03-05 10:00", "2026-03-05 17:30", id="for-days"),
    ],
)
def test_a_pause_moves_the_end_by_the_service_time_it_takes(
    stops: str, resumes: str, expected: str
) -> None:
    start, span = at("2026-03-02 08:30"), ServiceTime(7.5 * HOUR)
    pauses = [Pause(at(stops), at(resumes))]
    found = due_at(start, span, CHINA, pauses)
    assert f"{found.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == expected
    assert elapsed(start, found.at, span, CHINA, pauses) == span


def test_a_day_lost_to_a_pause_says_so() -> None:
    pauses = [Pause(at("2026-03-02 10:00"), at("2026-03-05 10:00"))]
    found = due_at(at("2026-03-02 09:00"), ServiceTime(2 * HOUR), CHINA, pauses)
    assert [step.reason for step in found.explanation] == [
        Reason.WORKDAY,
        Reason.PAUSED,
        Reason.WORKDAY,
    ]


def test_pauses_that_overlap_count_once() -> None:
    pauses = [
        Pause(at("2026-03-02 10:00"), at("2026-03-02 12:00")),
        Pause(at("2026-03-02 09:00"), at("2026-03-02 11:00")),
    ]
    found = due_at(at("2026-03-02 08:00"), NaturalTime(2 * HOUR), CHINA, pauses)
    assert found.at == at("2026-03-02 13:00")


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(BadCalendar, match="pause"):
        Pause(at("2026-03-02 10:00"), at("2026-03-02 09:00"))


def test_hours_that_never_open_are_an_error_when_they_are_made() -> None:
    with pytest.raises(NeverOpen, match="never open"):
        ServiceHours(Week.alike([]))


def test_hours_that_do_not_open_any_more_are_an_error_when_they_are_needed() -> None:
    once = SpecialDay(date(2026, 3, 2), WHOLE_DAY)
    hours = ServiceHours(Week.alike([]), special_days=(once,))
    calendar = Calendar(SHANGHAI, hours, Holidays((), range(1900, 2400)))
    assert due("2026-03-01 10:00", 24, calendar) == "2026-03-03 00:00"
    with pytest.raises(NeverOpen, match="does not open any more"):
        due("2026-03-02 00:01", 24, calendar)
    ended = elapsed(at("2026-03-01 10:00"), at("2099-01-01"), ServiceTime(HOUR), calendar)
    assert ended == ServiceTime(24 * HOUR)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(((6, 1), (9, 30)), ((9, 30), (10, 31)), id="one-day"),
        pytest.param(((11, 1), (2, 28)), ((1, 1), (1, 31)), id="inside-one-that-passes-new-year"),
        pytest.param(((11, 1), (2, 28)), ((12, 1), (1, 1)), id="both-pass-new-year"),
    ],
)
def test_seasons_do_not_overlap(
    one: tuple[tuple[int, int], tuple[int, int]], other: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    with pytest.raises(BadCalendar, match="overlap"):
        ServiceHours(OFFICE, (Season(*one, OFFICE), Season(*other, OFFICE)))


def test_a_service_is_open_until_the_instant_it_closes() -> None:
    assert NIGHT.is_open(at("2026-03-07 01:59"))
    assert not NIGHT.is_open(at("2026-03-07 02:00"))
    assert not CHINA.is_open(at("2026-03-02 12:00"))
    assert CHINA.is_open(at("2026-03-02 13:30"))


def test_four_thousand_workdays_of_service_end_with_the_four_thousandth_workday() -> None:
    start = at("2007-01-01 00:00")
    days = WorkingDays(4_000, Finish.CLOSING, FirstDay.SAME)
    assert due_at(start, ServiceTime(4_000 * 7.5 * HOUR), CHINA).at == due_at(start, days, CHINA).at

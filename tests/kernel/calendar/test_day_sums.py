"""Calendar days and working days: which day is the last, and when on it the span is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rexian.kernel.calendar.calendars import Calendar, Reason
from rexian.kernel.calendar.errors import BadCalendar, NaiveInstant, NeverOpen
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.kernel.calendar.holidays import NO_HOLIDAYS, Holiday, HolidayKind, Holidays
from rexian.kernel.calendar.hours import ServiceHours, SpecialDay, Usual, Week
from rexian.kernel.calendar.openings import WHOLE_DAY, Weekday, read_opening
from rexian.kernel.calendar.spans import (
    CalendarDays,
    Finish,
    FirstDay,
    OnRestDay,
    Pause,
    WorkingDays,
)
from rexian.kernel.calendar.sums import due_at, elapsed
from rexian.kernel.errors import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = Week.alike(list(Weekday)[:5], read_opening("08:30-12:00"), read_opening("13:30-17:30"))
CHINA = Calendar(SHANGHAI, ServiceHours(OFFICE), mainland_china())
PLAIN = Calendar(SHANGHAI, ServiceHours(OFFICE), NO_HOLIDAYS)


def at(text: str) -> datetime:
    """Return a local instant in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def local(instant: datetime) -> str:
    """Return an instant as the clock in Shanghai shows it."""
    return f"{instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        pytest.param("2026-03-02 10:00", CalendarDays(3), "2026-03-06 00:00", id="start-day-out"),
        pytest.param(
            "2026-03-02 10:00",
            CalendarDays(3, first_day=FirstDay.SAME),
            "2026-03-05 00:00",
            id="start-day-in",
        ),
        pytest.param(
            "2026-03-02 10:00", CalendarDays(1, time(12)), "2026-03-03 12:00", id="next-day-by-noon"
        ),
        pytest.param(
            "2026-03-02 10:20",
            CalendarDays(3, Finish.SAME_TIME),
            "2026-03-05 10:20",
            id="same-time",
        ),
        pytest.param(
            "2026-03-02 10:00", CalendarDays(2, Finish.CLOSING), "2026-03-04 17:30", id="closing"
        ),
        pytest.param(
            "2026-03-06 10:00",
            CalendarDays(1, Finish.CLOSING),
            "2026-03-08 00:00",
            id="closing-of-a-closed-day-is-its-end",
        ),
        pytest.param("2026-03-02 10:00", CalendarDays(0), "2026-03-03 00:00", id="the-same-day"),
        pytest.param(
            "2026-03-02 15:00",
            CalendarDays(0, time(12)),
            "2026-03-03 12:00",
            id="a-noon-gone-by-is-tomorrow's",
        ),
        pytest.param(
            "2026-03-04 15:00", CalendarDays(3), "2026-03-08 00:00", id="stays-on-a-saturday"
        ),
        pytest.param(
            "2026-03-04 15:00",
            CalendarDays(3, on_rest_day=OnRestDay.ROLLS),
            "2026-03-10 00:00",
            id="rolls-over-a-weekend",
        ),
        pytest.param(
            "2026-02-12 15:00",
            CalendarDays(2, on_rest_day=OnRestDay.ROLLS),
            "2026-02-15 00:00",
            id="does-not-roll-over-a-make-up-saturday",
        ),
        pytest.param(
            "2026-02-12 15:00",
            CalendarDays(3, Finish.CLOSING, on_rest_day=OnRestDay.ROLLS),
            "2026-02-24 17:30",
            id="rolls-over-a-festival-to-closing",
        ),
        pytest.param(
            "2026-02-28 23:59", CalendarDays(1), "2026-03-02 00:00", id="last-day-of-february"
        ),
        pytest.param("2024-02-28 08:00", CalendarDays(1), "2024-03-01 00:00", id="leap-day"),
    ],
)
def test_calendar_days(start: str, span: CalendarDays, due: str) -> None:
    assert local(due_at(at(start), span, CHINA).at) == due


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        pytest.param("2026-03-02 10:00", WorkingDays(5), "2026-03-10 00:00", id="over-a-weekend"),
        pytest.param("2026-03-07 10:00", WorkingDays(1), "2026-03-10 00:00", id="from-a-saturday"),
        pytest.param(
            "2026-02-12 16:00", WorkingDays(2), "2026-02-15 00:00", id="make-up-saturday-counts"
        ),
        pytest.param(
            "2026-02-13 16:00", WorkingDays(2), "2026-02-25 00:00", id="over-spring-festival"
        ),
        pytest.param(
            "2007-12-28 09:00",
            WorkingDays(1),
            "2007-12-30 00:00",
            id="december-of-next-year's-file",
        ),
        pytest.param(
            "2018-12-28 09:00", WorkingDays(2), "2019-01-03 00:00", id="over-new-year-2019"
        ),
        pytest.param(
            "2026-03-02 10:00", WorkingDays(1, Finish.CLOSING), "2026-03-03 17:30", id="closing"
        ),
        pytest.param(
            "2026-03-02 10:00",
            WorkingDays(1, Finish.CLOSING, FirstDay.SAME),
            "2026-03-02 17:30",
            id="start-day-in",
        ),
        pytest.param(
            "2026-03-06 15:00", WorkingDays(1, Finish.SAME_TIME), "2026-03-09 15:00", id="same-time"
        ),
        pytest.param(
            "2026-03-07 15:00",
            WorkingDays(1, Finish.SAME_TIME),
            "2026-03-10 00:00",
            id="same-time-from-a-rest-day-is-the-whole-day",
        ),
        pytest.param("2026-03-02 10:00", WorkingDays(0), "2026-03-03 00:00", id="the-same-day"),
        pytest.param("2026-03-07 10:00", WorkingDays(0), "2026-03-10 00:00", id="the-next-workday"),
        pytest.param(
            "2026-03-06 20:00",
            WorkingDays(0, Finish.CLOSING),
            "2026-03-09 17:30",
            id="closed-already",
        ),
    ],
)
def test_working_days(start: str, span: WorkingDays, due: str) -> None:
    assert local(due_at(at(start), span, CHINA).at) == due


def test_a_span_that_ends_with_its_day_names_that_day() -> None:
    due = due_at(at("2026-03-02 10:00"), CalendarDays(3), CHINA)
    assert (due.day, due.at) == (date(2026, 3, 5), datetime(2026, 3, 5, 16, tzinfo=UTC))


def test_five_working_days_say_which_days_they_went_over_and_why() -> None:
    due = due_at(at("2026-02-12 16:00"), WorkingDays(5), CHINA)
    told = [(str(s.first), str(s.last), s.counted, s.reason, s.name) for s in due.explanation]
    assert told == [
        ("2026-02-12", "2026-02-12", False, Reason.START_DAY, ""),
        ("2026-02-13", "2026-02-13", True, Reason.WORKDAY, ""),
        ("2026-02-14", "2026-02-14", True, Reason.MAKE_UP_DAY, "春节"),
        ("2026-02-15", "2026-02-23", False, Reason.HOLIDAY, "春节"),
        ("2026-02-24", "2026-02-26", True, Reason.WORKDAY, ""),
    ]


def test_the_days_that_count_in_an_explanation_are_as_many_as_were_asked_for() -> None:
    span = CalendarDays(3, on_rest_day=OnRestDay.ROLLS)
    due = due_at(at("2026-02-12 16:00"), span, CHINA)
    assert sum(step.days for step in due.explanation if step.counted) == 3
    assert due.day == date(2026, 2, 24)


@pytest.mark.parametrize(
    ("start", "span", "unpublished"),
    [
        pytest.param("2026-12-20 10:00", WorkingDays(2), (), id="before-the-last-week"),
        pytest.param("2026-12-28 10:00", WorkingDays(2), (2027,), id="last-week-of-december"),
        pytest.param("2026-12-20 10:00", WorkingDays(20), (2027,), id="into-the-next-year"),
        pytest.param("2026-12-20 10:00", WorkingDays(300), (2027, 2028), id="into-two-years"),
        pytest.param("2006-12-28 10:00", WorkingDays(1), (2006,), id="before-the-first-year"),
        pytest.param("2026-12-20 10:00", CalendarDays(40), (), id="calendar-days-do-not-mind"),
        pytest.param(
            "2026-12-20 10:00",
            CalendarDays(40, on_rest_day=OnRestDay.ROLLS),
            (2027,),
            id="unless-they-roll",
        ),
        pytest.param(
            "2026-12-20 10:00",
            CalendarDays(40, Finish.CLOSING),
            (2027,),
            id="or-end-at-closing",
        ),
    ],
)
def test_an_unpublished_year_makes_an_answer_provisional(
    start: str, span: CalendarDays | WorkingDays, unpublished: tuple[int, ...]
) -> None:
    due = due_at(at(start), span, CHINA)
    assert (due.unpublished, due.provisional) == (unpublished, bool(unpublished))


def test_when_the_year_is_published_the_answer_is_another_one_and_final() -> None:
    notice = Holidays(
        (
            Holiday(date(2027, 1, 1), HolidayKind.OFF, "元旦"),
            Holiday(date(2027, 1, 3), HolidayKind.WORK, "元旦"),
        ),
        frozenset({2027}),
    )
    start, span = at("2026-12-30 10:00"), WorkingDays(3)
    before = due_at(start, span, CHINA)
    published = Calendar(SHANGHAI, CHINA.hours, CHINA.holidays.updated_with(notice))
    after = due_at(start, span, published)
    assert (local(before.at), before.provisional) == ("2027-01-05 00:00", True)
    assert (local(after.at), after.provisional) == ("2027-01-05 00:00", False)
    assert [step.reason for step in after.explanation][2:5] == [
        Reason.HOLIDAY,
        Reason.WEEKEND,
        Reason.MAKE_UP_DAY,
    ]


def test_where_no_holidays_are_observed_nothing_is_provisional() -> None:
    assert not due_at(at("2050-12-30 10:00"), WorkingDays(3), PLAIN).provisional


def test_a_special_day_is_a_rest_day_or_a_workday_whatever_else_it_is() -> None:
    specials = (
        SpecialDay(date(2026, 3, 3), openings=(), works=False, name="台风"),
        SpecialDay(date(2026, 3, 7), openings=WHOLE_DAY, works=True),
    )
    calendar = Calendar(SHANGHAI, ServiceHours(OFFICE, special_days=specials), NO_HOLIDAYS)
    assert due_at(at("2026-03-02 10:00"), WorkingDays(1), calendar).day == date(2026, 3, 4)
    assert due_at(at("2026-03-06 10:00"), WorkingDays(1), calendar).day == date(2026, 3, 7)


@pytest.mark.parametrize(
    ("pause", "span", "day"),
    [
        pytest.param(
            ("2026-03-03 09:00", "2026-03-03 17:00"),
            WorkingDays(5),
            "2026-03-09",
            id="within-a-day",
        ),
        pytest.param(
            ("2026-03-03 09:00", "2026-03-04 09:00"), WorkingDays(5), "2026-03-10", id="overnight"
        ),
        pytest.param(
            ("2026-03-06 09:00", "2026-03-08 09:00"), WorkingDays(5), "2026-03-09", id="a-weekend"
        ),
        pytest.param(
            ("2026-03-06 09:00", "2026-03-08 09:00"),
            CalendarDays(7),
            "2026-03-11",
            id="a-weekend-of-calendar-days",
        ),
        pytest.param(
            ("2026-03-02 11:00", "2026-03-04 09:00"), WorkingDays(5), "2026-03-11", id="at-once"
        ),
        pytest.param(
            ("2026-03-09 09:00", "2026-03-11 09:00"),
            WorkingDays(5),
            "2026-03-11",
            id="on-the-last-day",
        ),
        pytest.param(
            ("2026-03-09 09:00", "2026-03-14 09:00"),
            WorkingDays(5),
            "2026-03-16",
            id="on-the-last-day-until-a-saturday",
        ),
        pytest.param(
            ("2026-03-10 00:00", "2026-03-20 09:00"), WorkingDays(5), "2026-03-09", id="too-late"
        ),
        pytest.param(
            ("2026-02-20 00:00", "2026-02-25 09:00"), WorkingDays(5), "2026-03-09", id="too-early"
        ),
    ],
)
def test_a_pause_moves_the_end_by_its_days(
    pause: tuple[str, str], span: CalendarDays | WorkingDays, day: str
) -> None:
    pauses = [Pause(at(pause[0]), at(pause[1]))]
    start = at("2026-03-02 10:00")
    due = due_at(start, span, PLAIN, pauses)
    assert due.day == date.fromisoformat(day)
    passed = elapsed(start, due.at, span, PLAIN, pauses)
    assert passed.days >= span.days
    assert due_at(start, passed, PLAIN, pauses).at == due.at


def test_while_a_clock_is_paused_no_day_passes() -> None:
    start, pauses = at("2026-03-02 10:00"), [Pause(at("2026-03-04 10:00"), at("2026-03-20 10:00"))]
    for end in ("2026-03-04 12:00", "2026-03-12 12:00", "2026-03-20 10:00"):
        assert elapsed(start, at(end), WorkingDays(0), PLAIN, pauses) == WorkingDays(1)


def test_nothing_has_passed_before_the_start() -> None:
    start = at("2026-03-02 10:00")
    assert elapsed(start, start - timedelta(days=9), WorkingDays(3), CHINA) == WorkingDays(0)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstant, match="no time zone"):
        due_at(datetime(2026, 3, 2, 10), WorkingDays(1), CHINA)  # noqa: DTZ001
    with pytest.raises(NaiveInstant):
        elapsed(at("2026-03-02 10:00"), datetime(2026, 3, 2), WorkingDays(1), CHINA)  # noqa: DTZ001


def test_an_instant_in_no_year_of_ours_is_refused() -> None:
    with pytest.raises(Invalid, match="between the years 1900 and 2399"):
        due_at(datetime(9999, 12, 31, tzinfo=UTC), WorkingDays(1), CHINA)


def test_a_calendar_without_a_workday_is_refused() -> None:
    with pytest.raises(NeverOpen):
        Calendar(SHANGHAI, workdays=frozenset())


def test_working_days_that_never_come_are_an_error() -> None:
    ordinals = range(date(2026, 3, 2).toordinal(), date(2038, 1, 1).toordinal())
    strike = tuple(Holiday(date.fromordinal(n), HolidayKind.OFF, "停业") for n in ordinals)
    calendar = Calendar(SHANGHAI, holidays=Holidays(strike, range(2026, 2040)))
    with pytest.raises(NeverOpen, match="no working day any more"):
        due_at(at("2026-03-02 10:00"), WorkingDays(1), calendar)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: WorkingDays(-1), id="negative"),
        pytest.param(lambda: WorkingDays(1, time(12, 0, 30)), id="a-finish-with-seconds"),
        pytest.param(lambda: WorkingDays(40_000), id="more-than-a-century"),
        pytest.param(lambda: CalendarDays(True), id="a-truth-is-no-number"),
        pytest.param(
            lambda: CalendarDays(3, Finish.SAME_TIME, on_rest_day=OnRestDay.ROLLS),
            id="same-time-rolling",
        ),
        pytest.param(
            lambda: WorkingDays(3, Finish.SAME_TIME, FirstDay.SAME), id="same-time-from-today"
        ),
    ],
)
def test_a_span_that_makes_no_sense_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(BadCalendar):
        make()


def test_a_service_round_the_clock_still_has_working_days() -> None:
    hotline = Calendar(SHANGHAI, ServiceHours.always(), mainland_china())
    assert hotline.hours.on_holidays is Usual.AS_USUAL
    assert due_at(at("2026-02-13 16:00"), WorkingDays(2), hotline).day == date(2026, 2, 24)

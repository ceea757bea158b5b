"""A month is closed with its rows, in the organisation's time zone, and shown with what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from rexian.callbacks.domain.answers import Word, WordKind
from rexian.callbacks.domain.months import month_span
from rexian.callbacks.queries.months import MonthSurvey, dissatisfied, words_heard
from rexian.callbacks.services import log_answers
from rexian.cases.models import Case
from rexian.kernel.errors import NotFound, Refused
from rexian.org.domain.roles import Role
from rexian.reports import models
from rexian.reports.casework.figures import FigureId
from rexian.reports.casework.months import (
    MonthNotOver,
    close_month,
    month_page,
    read_month,
    scope_of,
    targets_on,
)
from rexian.reports.casework.xlsx import write_dissatisfied, write_month, write_words
from tests.callbacks.conftest import Done, desk, done, house
from tests.callbacks.test_case_calls import CONTENT, DUE_AT, NOT_CONTENT
from tests.cases.conftest import NOON
from tests.cast import FOUNDED_AT, cast, nothing_changes, recorded
from tests.org.test_races import together

__all__ = ["cast", "desk", "done", "house"]

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
NOVEMBER = date(2026, 11, 1)
DECEMBER = datetime(2026, 12, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def month(done: Done) -> Done:
    """Have two complaints be answered in November, one of them by a call, and one stay open."""
    first, second = done.complaint(), done.complaint(number="13900139000")
    done.desk.take(number="13900139001")
    done.answer(done.take(first), first, CONTENT)
    call = done.take(second)
    words = (Word(kind=WordKind.SUGGESTION, text="=多设一条车道"),)
    told = {second: NOT_CONTENT.__class__(
        solved=True, satisfied=False, values=NOT_CONTENT.values, words=words)}  # fmt: skip
    log_answers(call, attempt=1, answers=told, actor=done.agent, at=DUE_AT)
    done.desk.work(DECEMBER)
    return done


def figures(done: Done, role: Role = Role.MANAGER) -> dict[str, tuple[int, int]]:
    page = month_page(NOVEMBER, actor=done.desk.actor(role), at=DECEMBER)
    return {one.id.value: (one.numerator, one.denominator) for one in page.figures.values()}


def test_the_month_comes_to_its_figures(month: Done) -> None:
    assert figures(month) == {
        "answered": (2, 3),
        "on_time": (1, 3),  # the one that stays open, and the second round of another, are late
        "callback_rate": (2, 2),
        "full_callback_rate": (2, 2),
        "solved_of_reached": (2, 2),
        "satisfied_of_reached": (1, 2),
        "satisfied_of_called": (1, 2),
    }
    assert figures(month, Role.TEAM_LEADER) == figures(month)  # their house took them all


def test_month_figures_are_not_shifted_by_the_time_zone(done: Done) -> None:
    # Half past midnight on the first of December in Shanghai is still November in UTC.
    begins = month_span(date(2026, 12, 1), ZONE)[0]
    done.desk.take(at=begins - HOUR / 2)
    done.desk.take(at=begins + HOUR / 2, number="13900139000")
    manager = done.desk.actor(Role.MANAGER)
    for first in (NOVEMBER, date(2026, 12, 1)):
        page = month_page(first, actor=manager, at=DECEMBER)
        assert page.figures[FigureId.ANSWERED].denominator == 1
    assert read_month("", at=begins, zone=ZONE) == date(2026, 12, 1)
    for wrong in ("2026-13", "nonsense", "2027-01", "1999-12"):
        with pytest.raises(NotFound):
            read_month(wrong, at=begins, zone=ZONE)


def test_a_closed_month_stays_as_it_is_and_shows_what_changes_later(month: Done) -> None:
    manager = month.desk.actor(Role.MANAGER)
    made = close_month(NOVEMBER, actor=manager, at=DECEMBER)
    with nothing_changes():  # a second click
        assert close_month(NOVEMBER, actor=manager, at=DECEMBER + HOUR) == made
    case = Case.objects.get(number="13900139001").pk
    month.desk.move(case, "void", Role.DUTY_LEADER, reason="误单", at=DECEMBER)
    page = month_page(NOVEMBER, actor=manager, at=DECEMBER + HOUR)
    frozen = page.frozen[FigureId.ANSWERED]
    assert (frozen.numerator, frozen.denominator) == (2, 3)
    assert page.figures[FigureId.ANSWERED].denominator == 2
    assert frozen.since.changed == (str(case),)
    assert not page.frozen[FigureId.SATISFIED].since
    assert (page.closed_at, page.may_close) == (DECEMBER, False)
    assert len(recorded("reports.month_closed")) == 1


def test_only_who_manages_the_whole_closes_a_month_and_only_when_it_is_over(month: Done) -> None:
    for role in (Role.TEAM_LEADER, Role.DUTY_LEADER, Role.CALLBACK_AGENT):
        with pytest.raises(Refused), nothing_changes():
            close_month(NOVEMBER, actor=month.desk.actor(role), at=DECEMBER)
    with pytest.raises(MonthNotOver), nothing_changes():
        close_month(NOVEMBER, actor=month.desk.actor(Role.MANAGER), at=NOON)


def test_a_standard_s_targets_stand_beside_the_figures(done: Done) -> None:
    done.emergency()  # puts the standard of gas in force
    house = done.desk.house.cast.organisation
    found = targets_on(house, NOVEMBER.replace(day=23))[FigureId.CALLBACK_RATE]
    assert [(one.clause, one.at_least) for one in found] == [("GH-4.4", 0.3)]


def test_the_month_as_a_workbook_has_a_sheet_of_the_rows_of_each_figure(month: Done) -> None:
    page = month_page(NOVEMBER, actor=month.desk.actor(Role.MANAGER), at=DECEMBER)
    file = BytesIO()
    write_month(page, file, language="zh-Hans", zone=ZONE, title="2026-11")
    book = load_workbook(file)
    assert len(book.sheetnames) == 1 + len(page.figures)
    first = book.worksheets[0]
    assert [one.value for one in first["C"]][1:3] == [2, 1]
    rows = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 3


def test_the_dissatisfied_of_the_month_as_a_workbook_with_masked_numbers(month: Done) -> None:
    scope = scope_of(month.desk.actor(Role.MANAGER))
    begins, ends = month_span(NOVEMBER, ZONE)
    found = dissatisfied(scope.organisation, begins=begins, ends=ends, homes=scope.homes)
    assert [(one.handler_name, one.survey.satisfied) for one in found] == [("周军", False)]
    shown: dict[str, Callable[[MonthSurvey], bool]] = {
        "13900139000": lambda _: True,
        "139****9000": lambda _: False,
    }
    for number, whole in shown.items():
        file = BytesIO()
        write_dissatisfied(
            found, file, whole_numbers=whole, language="zh-Hans",
            zone=ZONE, title="",
        )  # fmt: skip
        row = [one.value for one in load_workbook(file).worksheets[0][2]]
        assert row[3] == number
        assert "道歉没有诚意" in str(row[9])


def test_the_week_s_words_as_a_workbook_a_sheet_a_department(month: Done) -> None:
    unit = month.desk.house.cast.actor(Role.HANDLER)
    found = words_heard(
        unit.organisation or 0,
        begins=FOUNDED_AT,
        ends=DECEMBER,
        homes=(),
        units=unit.reach("cases.handle"),
    )
    assert [one.kind for one in found] == ["suggestion"]
    file = BytesIO()
    write_words(found, file, language="zh-Hans", zone=ZONE, title="")
    book = load_workbook(file)
    assert book.sheetnames == ["柳村收费站"]
    cell = book.worksheets[0]["D2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=多设一条车道", "s", True)


@pytest.mark.django_db(transaction=True)
def test_a_month_that_two_close_at_once_is_closed_once(month: Done) -> None:
    manager = month.desk.actor(Role.MANAGER)

    def close() -> None:
        close_month(NOVEMBER, actor=manager, at=DECEMBER)

    assert together(close, close) == [None] * 2
    assert models.ClosedMonth.objects.count() == 1
    assert models.ClosedFigure.objects.count() == len(FigureId)

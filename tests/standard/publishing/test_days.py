"""Which version is in force on which day: rules of dates alone."""

from __future__ import annotations

from datetime import date

import pytest

from rexian.kernel.errors import Invalid
from rexian.standard.domain.pack.whole import Parameter
from rexian.standard.domain.publishing import (
    DayOver,
    DayTaken,
    InForceAlready,
    Publication,
    Standing,
    WrongParameter,
    in_force,
    read_parameters,
    require_free_day,
    require_withdrawable,
    standing,
)

JUNE = Publication(1, date(2026, 6, 1))
JULY = Publication(2, date(2026, 7, 1))
ALL = (JULY, JUNE)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2026, 5, 31), None, id="before the first"),
        pytest.param(date(2026, 6, 1), JUNE, id="on its first day"),
        pytest.param(date(2026, 6, 30), JUNE, id="until the day before the next"),
        pytest.param(date(2026, 7, 1), JULY, id="from the next one's first day"),
        pytest.param(date(2031, 1, 1), JULY, id="until another follows"),
    ],
)
def test_the_latest_that_has_begun_is_in_force(on: date, expected: Publication | None) -> None:
    assert in_force(ALL, on) == expected


def test_nothing_is_in_force_where_nothing_is_published() -> None:
    assert in_force((), date(2026, 6, 1)) is None


@pytest.mark.parametrize(
    ("version", "day", "expected"),
    [
        pytest.param(3, None, Standing.IMPORTED, id="only imported"),
        pytest.param(1, JUNE.effective_on, Standing.EARLIER, id="followed"),
        pytest.param(2, JULY.effective_on, Standing.IN_FORCE, id="in force"),
        pytest.param(4, date(2026, 9, 1), Standing.COMING, id="to come"),
    ],
)
def test_a_version_stands_where_its_day_puts_it(
    version: int, day: date | None, expected: Standing
) -> None:
    others = (*ALL, Publication(4, date(2026, 9, 1)))
    assert standing(version, day, others, date(2026, 8, 1)) is expected


def test_a_day_that_is_over_is_refused() -> None:
    with pytest.raises(DayOver):
        require_free_day(date(2026, 6, 30), today=date(2026, 7, 1), publications=())


def test_a_day_that_another_version_begins_on_is_refused() -> None:
    with pytest.raises(DayTaken):
        require_free_day(date(2026, 7, 1), today=date(2026, 6, 1), publications=ALL)


def test_today_is_a_day_to_begin_on() -> None:
    require_free_day(date(2026, 6, 2), today=date(2026, 6, 2), publications=ALL)


def test_what_has_begun_cannot_be_withdrawn() -> None:
    with pytest.raises(InForceAlready):
        require_withdrawable(date(2026, 6, 1), today=date(2026, 6, 1))
    with pytest.raises(Invalid):
        require_withdrawable(None, today=date(2026, 6, 1))
    require_withdrawable(date(2026, 6, 2), today=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("default", "written", "expected"),
    [
        (5, "7", 7),
        (5, "", 5),
        (False, "true", True),
        (0.5, "0.25", 0.25),
        ("2h", " 3h ", "3h"),
    ],
)
def test_a_parameter_is_read_as_its_default_is(
    default: str | float, written: str, expected: str | float
) -> None:
    read = read_parameters({"one": Parameter(default)}, {"one": written})["one"]
    assert read == expected
    assert type(read) is type(expected)


@pytest.mark.parametrize(
    "written", [{"one": "seven"}, {"other": "7"}], ids=["not a number", "not a parameter"]
)
def test_a_parameter_that_makes_no_sense_is_refused(written: dict[str, str]) -> None:
    with pytest.raises(WrongParameter):
        read_parameters({"one": Parameter(5)}, written)

"""Times as transcripts write them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from rexian.dialogue.domain.times import earliest, seconds
from rexian.dialogue.domain.unreadable import BrokenRecord, Reason

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        (0, 0.0),
        (1.5, 1.5),
        ("1.5", 1.5),
        ("12s", 12.0),
        ("12秒", 12.0),
        ("00:12", 12.0),
        ("00：12", 12.0),
        ("01:02:03.5", 3723.5),
        ("1:02:03,5", 3723.5),
        (time(0, 1, 30), 90.0),
        (timedelta(minutes=2), 120.0),
        ("2024-05-01 12:00:07", 7.0),
        ("2024/5/1 12:01", 60.0),
        ("2024-05-01T12:00:00.250", 0.25),
        ("2024-05-01T20:00:01+08:00", 1.0),
        (datetime(2024, 5, 1, 12, 0, 9), 9.0),  # noqa: DTZ001 - as a workbook holds it
    ],
)
def test_a_time_is_read_in_seconds(value: Any, expected: float | None) -> None:
    assert seconds(value, NOON) == expected


@pytest.mark.parametrize(
    "value",
    [
        "soon",
        "nan",
        "inf",
        float("nan"),
        float("inf"),
        True,
        [],
        {},
        10**400,
        "1" * 400,
        "2024-13-45 12:00:00",
        "12:00:00:00",
    ],
    ids=str,
)
def test_what_is_no_time_is_refused(value: Any) -> None:
    with pytest.raises(BrokenRecord) as caught:
        seconds(value, NOON)
    assert caught.value.reason is Reason.NOT_A_TIME


def test_a_date_is_no_time_where_nothing_says_when_the_contact_began() -> None:
    with pytest.raises(BrokenRecord):
        seconds("2024-05-01 12:00:07")


def test_the_first_of_the_dates_is_the_beginning() -> None:
    assert earliest(["00:12", "2024-05-01 12:00:07", None, NOON, "2024-05-01 12:00:01"]) == NOON
    assert earliest(["00:12", 3]) is None

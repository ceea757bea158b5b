"""When a hotline opens next, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rexian.kernel.calendar.descriptions import read_calendar
from rexian.portal.hours import opens_next, said

OFFICE = read_calendar(
    {"hours": {"mon-fri": ["08:30-12:00", "13:30-17:30"]}}, zone=ZoneInfo("Asia/Shanghai")
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 by a Chinese clock; the 23rd is a Monday."""
    zone = ZoneInfo("Asia/Shanghai")
    return datetime(2026, 11, day, hour, minute, tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "opens", "words"),
    [
        (at(23, 7), at(23, 8, 30), "today at 08:30"),
        (at(23, 12, 30), at(23, 13, 30), "today at 13:30"),
        (at(23, 20), at(24, 8, 30), "tomorrow at 08:30"),
        (at(27, 18), at(30, 8, 30), "on 30/11 at 08:30"),
    ],
)
def test_a_hotline_says_when_it_is_back(now: datetime, opens: datetime, words: str) -> None:
    found = opens_next(OFFICE, now)
    assert found == opens
    assert found is not None
    assert said(found, now, "en") == words


def test_who_opens_in_some_other_season_promises_nothing() -> None:
    season = {"name": "夏", "from": "07-01", "to": "07-02", "hours": "09:00-10:00"}
    described = {"hours": {"sun": "closed"}, "seasons": [season]}
    never = read_calendar(described, zone=ZoneInfo("Asia/Shanghai"))
    assert opens_next(never, at(23, 7)) is None

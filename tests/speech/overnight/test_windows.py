"""Recordings are heard between the hours that somebody chose, where the organisation is."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from rexian.speech.domain.batch_windows import Window

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT = Window(time(22), time(6))
DAY = Window(time(9), time(17))


def at(text: str) -> datetime:
    """Return an instant that is told as a clock in Shanghai shows it."""
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("window", "now", "next_open"),
    [
        pytest.param(Window(), "22 12:00", "22 12:00", id="without hours it is always open"),
        pytest.param(Window(time(8), time(8)), "22 12:00", "22 12:00", id="alike, too"),
        pytest.param(NIGHT, "22 21:59", "22 22:00", id="in the evening it opens"),
        pytest.param(NIGHT, "22 22:00", "22 22:00", id="it is open at once"),
        pytest.param(NIGHT, "23 05:59", "23 05:59", id="and after midnight"),
        pytest.param(NIGHT, "23 06:00", "23 22:00", id="and closes in the morning"),
        pytest.param(DAY, "22 08:00", "22 09:00", id="a day's hours, before"),
        pytest.param(DAY, "22 17:00", "23 09:00", id="a day's hours, after"),
    ],
)
def test_a_window_says_when_hearing_may_begin(window: Window, now: str, next_open: str) -> None:
    assert window.next_open(at(now), ZONE) == at(next_open)
    assert window.is_open(at(now), ZONE) is (now == next_open)

from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.org.domain.lockout import PATIENCE, Attempt, is_forgotten, minutes_left, wait_after
from tests.cast import NOW

NAME = PATIENCE[Attempt.PASSWORD_OF_NAME]


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (900, 15)]
)
def test_the_wait_doubles_up_to_a_longest(failures: int, minutes: int) -> None:
    assert wait_after(failures, NAME) == timedelta(minutes=minutes)


def test_an_address_is_more_patient_than_a_name() -> None:
    assert PATIENCE[Attempt.PASSWORD_FROM_ADDRESS].free > NAME.free


def test_failures_are_forgotten_after_a_quiet_day() -> None:
    assert not is_forgotten(NOW, NOW + timedelta(hours=23), NAME)
    assert is_forgotten(NOW, NOW + timedelta(hours=24), NAME)


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (60, 1), (61, 2), (-5, 1)])
def test_minutes_begun_count_whole(seconds: int, minutes: int) -> None:
    assert minutes_left(NOW + timedelta(seconds=seconds), NOW) == minutes

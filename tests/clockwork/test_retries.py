from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.clockwork.domain.retries import AT_LEISURE, ON_ERRANDS, PROMPTLY, Retry

SECOND = timedelta(seconds=1)
TABLE = [
    pytest.param(1, 10, 12.5, id="the first wait"),
    pytest.param(2, 20, 25, id="twice as long"),
    pytest.param(3, 40, 50, id="and again"),
    pytest.param(4, 60, 75, id="no longer than the longest"),
    pytest.param(400, 60, 75, id="however often"),
]
RETRY = Retry(attempts=3, first=10 * SECOND, longest=60 * SECOND)


@pytest.mark.parametrize(("attempt", "least", "most"), TABLE)
def test_waits_double_up_to_the_longest(attempt: int, least: float, most: float) -> None:
    assert least <= RETRY.wait(attempt, seed=7).total_seconds() <= most


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 11.661), (2, 20.998), (3, 42.661)], ids=["first", "2nd", "3rd"]
)
def test_the_same_row_always_waits_the_same(attempt: int, seconds: float) -> None:
    assert RETRY.wait(attempt, seed=7).total_seconds() == pytest.approx(seconds, abs=1e-3)


def test_what_failed_together_does_not_come_back_together() -> None:
    assert len({RETRY.wait(1, seed=seed) for seed in range(100)}) == 100


@given(st.integers(1, 1000), st.integers(), st.sampled_from([PROMPTLY, ON_ERRANDS, AT_LEISURE]))
def test_no_wait_exceeds_the_longest(attempt: int, seed: int, retry: Retry) -> None:
    assert retry.first <= retry.wait(attempt, seed) <= retry.longest_wait


@pytest.mark.parametrize(("attempt", "last"), [(1, False), (2, False), (3, True), (4, True)])
def test_attempts_come_to_an_end(attempt: int, last: bool) -> None:
    assert RETRY.is_last(attempt) is last


@pytest.mark.parametrize(
    ("attempts", "first", "longest"),
    [(0, SECOND, SECOND), (1, timedelta(), SECOND), (1, 2 * SECOND, SECOND)],
    ids=["no attempt", "no wait", "the first longer than the longest"],
)
def test_a_retry_that_makes_no_sense_is_refused(
    attempts: int, first: timedelta, longest: timedelta
) -> None:
    with pytest.raises(ValueError, match="Nothing can be tried"):
        Retry(attempts=attempts, first=first, longest=longest)

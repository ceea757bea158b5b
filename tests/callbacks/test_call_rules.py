"""The rules of calling customers back on cases: windows, draws, calls in vain, shares, rates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.callbacks.domain.answers import Answers, Outcome, Word, WordKind, outcome_of
from rexian.callbacks.domain.answers import see_that_it_can_be_kept as see
from rexian.callbacks.domain.case_calls import (
    AfterVain,
    BadCall,
    CallResult,
    CallRule,
    CallState,
    after_vain,
    has_failed,
    is_call_breached,
)
from rexian.callbacks.domain.choosing import Spared, fiscal_year, is_drawn, why_spared
from rexian.callbacks.domain.credit import Credit, Handed, credited
from rexian.callbacks.domain.months import month_after, month_of, month_span
from rexian.callbacks.domain.shares import MonthSoFar, Rates, Share, forecast, next_for
from rexian.callbacks.domain.windows import BadWindow, may_call, next_days_window, next_window

ZONE = ZoneInfo("Asia/Shanghai")
WINDOWS = ("09:00-12:00", "14:00-20:00")
PAUSE = timedelta(minutes=30)


def at(text: str) -> datetime:
    """Return an instant by the clock in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23 08:59", "2026-11-23 09:00"),
        ("2026-11-23 09:00", "2026-11-23 09:00"),
        ("2026-11-23 11:59", "2026-11-23 11:59"),
        ("2026-11-23 12:00", "2026-11-23 14:00"),
        ("2026-11-23 20:00", "2026-11-24 09:00"),
    ],
)
def test_customers_are_called_from_9_to_12_and_from_14_to_20(now: str, then: str) -> None:
    assert next_window(WINDOWS, at(now), ZONE) == at(then)
    assert may_call(WINDOWS, at(now), ZONE) == (now == then)


def test_emergencies_are_called_at_any_time() -> None:
    night = at("2026-11-23 03:20")
    assert next_window((), night, ZONE) == night
    assert may_call((), night, ZONE)
    assert next_days_window((), night, ZONE) == at("2026-11-24 03:20")


@pytest.mark.parametrize("written", ["9-12", "25:00-26:00", "09:00 to 12:00"])
def test_hours_that_nobody_can_read_are_refused(written: str) -> None:
    with pytest.raises(BadWindow):
        next_window((written,), at("2026-11-23 10:00"), ZONE)


@pytest.mark.parametrize(
    ("day", "begins", "year"),
    [
        (date(2026, 3, 31), "04-01", 2025),
        (date(2026, 4, 1), "04-01", 2026),
        (date(2026, 1, 1), "01-01", 2026),
        (date(2026, 12, 31), "", 2026),
    ],
)
def test_the_fiscal_year_begins_where_the_standard_says(day: date, begins: str, year: int) -> None:
    assert fiscal_year(day, begins) == year


def test_a_draw_is_the_same_whoever_asks_and_comes_to_the_share() -> None:
    numbers = [f"261123-{one:04d}-0000" for one in range(4000)]
    drawn = [one for one in numbers if is_drawn(one, year=2026, share=0.3)]
    assert drawn == [one for one in numbers if is_drawn(one, year=2026, share=0.3)]
    assert abs(len(drawn) / len(numbers) - 0.3) < 0.03
    assert drawn != [one for one in numbers if is_drawn(one, year=2027, share=0.3)]


@given(st.text(max_size=20), st.integers(2000, 2100))
def test_all_are_drawn_of_a_share_of_one_and_nobody_of_none(reference: str, year: int) -> None:
    assert is_drawn(reference, year=year, share=1.0)
    assert not is_drawn(reference, year=year, share=0.0)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, None),
        ({"share": 0.0}, Spared.NOT_DRAWN),
        ({"share": 0.0, "again": True}, None),
        ({"customer_class": "transient"}, Spared.TRANSIENT),
        ({"customer_class": "transient", "calls_transient": True}, None),
        ({"wants_answer": False}, Spared.NOT_ASKED_FOR),
    ],
    ids=["all", "not drawn", "a second round is asked", "transient", "unless said", "no answer"],
)
def test_who_is_spared(told: dict[str, object], why: Spared | None) -> None:
    usual: dict[str, object] = {
        "reference": "261123-0000-0000",
        "year": 2026,
        "share": 1.0,
        "again": False,
        "customer_class": "",
        "calls_transient": False,
        "wants_answer": True,
    }
    assert why_spared(**(usual | told)) is why  # type: ignore[arg-type]


def test_satisfaction_is_not_credited_to_whoever_is_assigned_later() -> None:
    moves = [
        Handed(1, "", 1, None, 10),
        Handed(2, "forward", 1, None, 20),
        Handed(3, "sign", 7, None, 20),
        Handed(4, "resolve", 7, None, 20),
        Handed(5, "reassign", 3, 8, 30),
    ]
    assert credited(moves, done=4) == Credit(7, 20)
    assert credited(moves[:2], done=2) == Credit(1, 20)


def _vain(result: CallResult, rule: CallRule, *tried: str, due: str) -> AfterVain:
    tries = [at(one) for one in tried]
    return after_vain(result, rule, tried_at=tries, due_at=at(due), pause=PAUSE, zone=ZONE)


def test_a_line_that_is_busy_is_tried_again_the_same_day_and_then_the_next() -> None:
    rule = CallRule(windows=WINDOWS)
    first = _vain(CallResult.BUSY, rule, "2026-11-23 11:40", due="2026-11-28 00:00")
    assert first == AfterVain(CallState.TRIED, at("2026-11-23 14:00"))
    tried = ("2026-11-23 11:40", "2026-11-23 14:05")
    second = _vain(CallResult.BUSY, rule, *tried, due="2026-11-28 00:00")
    assert second == AfterVain(CallState.TRIED, at("2026-11-24 09:00"))


def test_a_call_has_failed_only_after_two_days() -> None:
    rule = CallRule(windows=WINDOWS)
    same_day = [at("2026-11-23 10:00"), at("2026-11-23 15:00")]
    assert not has_failed(rule, same_day, ZONE)
    assert has_failed(rule, [*same_day, at("2026-11-24 09:30")], ZONE)
    assert has_failed(CallRule(on_different_days=False), same_day, ZONE)
    ended = _vain(CallResult.NO_ANSWER, rule, "2026-11-23 10:00", "2026-11-24 10:00",
                  due="2026-11-28 00:00")  # fmt: skip
    assert ended.state is CallState.FAILED


def test_late_at_night_two_days_are_told_by_the_clock_there_and_not_by_utc() -> None:
    # 23:50 and 00:10 in Shanghai are one day in UTC, and two for those who call.
    assert has_failed(CallRule(), [at("2026-11-23 23:50"), at("2026-11-24 00:10")], ZONE)
    assert not has_failed(CallRule(), [at("2026-11-23 07:50"), at("2026-11-23 08:10")], ZONE)


def test_a_wrong_number_asks_for_correction_and_does_not_fail() -> None:
    tried = ("2026-11-23 10:00", "2026-11-24 10:00", "2026-11-25 10:00")
    after = _vain(CallResult.WRONG_NUMBER, CallRule(), *tried, due="2026-11-28 00:00")
    assert after == AfterVain(CallState.NUMBER)


def test_where_the_same_day_is_demanded_it_is_again_tomorrow() -> None:
    rule = CallRule(same_day=True)
    after = _vain(CallResult.SWITCHED_OFF, rule, "2026-11-23 15:00", due="2026-11-23 18:00")
    assert after == AfterVain(CallState.TRIED, at("2026-11-24 15:00"), at("2026-11-24 18:00"))
    soon = _vain(CallResult.BUSY, rule, "2026-11-23 15:00", due="2026-11-23 18:00")
    assert soon == AfterVain(CallState.TRIED, at("2026-11-23 15:30"))


@pytest.mark.parametrize(
    ("tried", "closed", "breached"),
    [
        (None, None, True),
        ("2026-11-23 15:00", None, False),
        ("2026-11-22 15:00", None, True),
        ("2026-11-23 19:00", None, True),
        (None, "2026-11-23 17:00", False),
    ],
    ids=["nobody", "tried", "tried for an earlier due", "too late", "settled before"],
)
def test_a_call_is_breached_when_nobody_had_called(
    tried: str | None, closed: str | None, *, breached: bool
) -> None:
    found = is_call_breached(
        at("2026-11-23 18:00"),
        due_from=at("2026-11-23 08:00"),
        tried_at=at(tried) if tried else None,
        closed_at=at(closed) if closed else None,
    )
    assert found is breached


@pytest.mark.parametrize(
    ("answers", "nth", "outcome"),
    [
        (Answers(solved=True, satisfied=True), 1, Outcome.SETTLED),
        (Answers(), 1, Outcome.SETTLED),
        (Answers(solved=True, satisfied=False), 1, Outcome.AGAIN),
        (Answers(solved=False, satisfied=True), 1, Outcome.AGAIN),
        (Answers(solved=True, satisfied=False), 2, Outcome.REVIEW),
    ],
)
def test_solved_and_satisfied_are_asked_separately(
    answers: Answers, nth: int, outcome: Outcome
) -> None:
    assert outcome_of(answers, nth=nth, rounds=2) is outcome


def test_somebody_not_content_says_why() -> None:
    with pytest.raises(BadCall) as caught:
        see(Answers(satisfied=False))
    assert caught.value.details["field"] == "why"
    see(Answers(satisfied=False, values={"why": "没有解决"}))
    with pytest.raises(BadCall):
        see(Answers(words=(Word(kind=WordKind.PRAISE, text=" "),)))


def test_the_next_call_goes_to_who_has_the_fewest() -> None:
    shares = [Share(1, 4, 9), Share(2, 3, 9), Share(3, 3, 8)]
    assert next_for(shares) == 3
    assert next_for(shares, besides={3}) == 2
    assert next_for(shares, besides={1, 2, 3}) is None


def test_the_month_is_carried_on_to_the_people_that_it_needs() -> None:
    so_far = MonthSoFar(
        days=10, days_left=20, done=200, called=100, calls=120, people=2, shifts=20, target=0.8
    )
    found = forecast(so_far)
    assert (found.done, found.to_call, found.a_day) == (600, 380, 6.0)
    assert found.rate == (100 + 240) / 600
    assert (found.needed, found.lacking) == (4, 2)
    nothing = forecast(
        MonthSoFar(days=1, days_left=29, done=0, called=0, calls=0, people=0, shifts=0, target=1.0)
    )
    assert (nothing.rate, nothing.needed, nothing.lacking) == (None, None, 0)


def test_both_rates_are_there_of_all_who_were_called_and_of_those_reached() -> None:
    rates = Rates(10, 8, 6, 5, 8, 7)
    assert rates.reached_of_called == 0.8
    assert rates.satisfied_of_called == 0.5
    assert rates.satisfied_of_reached == 5 / 7
    assert Rates(0, 0, 0, 0, 0, 0).solved_of_reached is None


def test_month_figures_are_not_shifted_by_the_time_zone() -> None:
    # 00:30 on the first in Shanghai is still October in UTC.
    assert month_of(at("2026-11-01 00:30"), ZONE) == date(2026, 11, 1)
    begins, ends = month_span(date(2026, 11, 1), ZONE)
    assert begins == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert ends == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)

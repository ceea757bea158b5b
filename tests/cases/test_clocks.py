"""Clocks of cases: reckoned, paused, extended, warned, breached, and their ladders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rexian.cases import models
from rexian.cases.domain.clocks import reckon
from rexian.cases.queries import alerts_for
from rexian.cases.services import see_alert
from rexian.kernel.calendar.descriptions import read_calendar
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.kernel.calendar.spans import Pause, WorkingDays
from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk
from tests.cast import recorded

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SENT = {"matter": "态度生硬", "against": "3号车道收费员"}


def handled(desk: Desk) -> int:
    """Return a complaint that the toll station has signed for at noon."""
    made = desk.take()
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.move(made, "sign", Role.HANDLER)
    return made


def told(desk: Desk, role: Role, at: datetime) -> list[tuple[str, str]]:
    """Return what somebody is told at an instant: what, and of which clock."""
    alerts = alerts_for(desk.actor(role), at=at)
    return sorted((one.what, one.clock) for one in alerts)


def test_a_simple_complaint_is_answered_in_two_hours_a_complex_one_in_a_day(desk: Desk) -> None:
    assert desk.shown(desk.take(case_class="simple")).due_at == NOON + 2 * HOUR
    assert desk.shown(desk.take(case_class="complex")).due_at is not None
    complex_one = desk.clock(desk.take(case_class="complex"), "answer")
    assert complex_one.due_at == NOON + 24 * HOUR


def test_the_unit_has_a_day_from_its_receipt_and_the_day_is_explained(desk: Desk) -> None:
    clock = desk.clock(handled(desk), "investigate")
    assert clock.due_at > NOON
    assert clock.explanation["steps"]


def test_a_breach_is_dated_at_its_deadline_not_at_the_tick_that_notices_it(desk: Desk) -> None:
    made = desk.take()
    due = desk.shown(made).due_at
    assert due is not None
    desk.work(due + 5 * HOUR)
    assert desk.shown(made).breached_at == due
    breached = [one for one in recorded("cases.case_breached") if one.data["clock"] == "answer"]
    assert [one.at for one in breached] == [due]


def test_a_clock_that_was_met_in_time_never_breaches(desk: Desk) -> None:
    made = desk.take()
    desk.move(made, "withdraw", reason="不用了", at=NOON + HOUR)
    desk.work(NOON + 99 * HOUR)
    assert desk.shown(made).breached_at is None
    assert recorded("cases.case_breached") == []


def test_one_that_was_late_before_it_was_met_is_a_breach_also_where_no_worker_had_come_to_it(
    desk: Desk,
) -> None:
    made = desk.take()
    desk.move(made, "withdraw", reason="不用了", at=NOON + 3 * HOUR)
    desk.work(NOON + 4 * HOUR)
    assert desk.shown(made).breached_at is not None


def test_the_ladder_is_climbed_rung_by_rung_to_whom_it_is_for(desk: Desk) -> None:
    made = handled(desk)
    due = desk.clock(made, "answer").due_at
    desk.work(due)
    assert ("press", "answer") in told(desk, Role.HANDLER, due)
    desk.work(due + timedelta(days=30))
    rungs = models.Alert.objects.filter(case=made, clock="answer").values_list("what", flat=True)
    assert {"warn", "breach", "press", "supervise", "escalate", "circulate"} == set(rungs)
    assert ("circulate", "answer") in told(desk, Role.MANAGER, due + timedelta(days=31))
    assert ("circulate", "answer") not in told(desk, Role.HANDLER, due + timedelta(days=31))


def test_at_night_people_are_woken_for_emergencies_only(desk: Desk) -> None:
    evening = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)  # 21:30 in China
    complaint = desk.take(at=evening)
    accident = desk.take(category="help-fault", case_class="", at=evening)
    desk.work(evening + 8 * HOUR)
    hours = {
        one.case_id: {each.told_at.astimezone(UTC).hour}
        for one in models.Alert.objects.order_by("pk")
        for each in [one]
        if one.what == "breach"
    }
    assert hours[complaint] == {0}  # 8:00 in China
    assert hours[accident] <= {13, 14}


def test_who_has_seen_an_alert_is_told_it_no_more(desk: Desk) -> None:
    made = handled(desk)
    due = desk.clock(made, "answer").due_at
    desk.work(due)
    alerts = alerts_for(desk.actor(Role.HANDLER), at=due)
    for one in alerts:
        see_alert(one.id, actor=desk.actor(Role.HANDLER), at=due)
        see_alert(one.id, actor=desk.actor(Role.HANDLER), at=due + HOUR)
    assert told(desk, Role.HANDLER, due) == []
    assert models.Alert.objects.filter(seen_at=due).count() == len(alerts)


def paused(desk: Desk, made: int, *, at: datetime) -> None:
    """Have a case stand still, with proof and a supervisor's approval."""
    proof = models.File.objects.create(
        case_id=made, name="a.png", media_type="image/png", size=1, sha256="", stored_at=at,
        stored_as=f"test-{made}",
    )  # fmt: skip
    desk.move(made, "pause", Role.HANDLER, reason="等客户补材料", files=(proof.pk,), at=at)
    desk.approve(made, Role.MANAGER, at=at)


def test_a_clock_stands_still_while_the_case_waits(desk: Desk) -> None:
    made = handled(desk)
    due = desk.clock(made, "answer").due_at
    paused(desk, made, at=NOON + HOUR)
    desk.work(NOON + 9 * HOUR)
    assert desk.shown(made).breached_at is None
    desk.move(made, "resume", Role.HANDLER, at=NOON + 10 * HOUR)
    assert desk.clock(made, "answer").due_at == due + 9 * HOUR


def test_hold_over_a_holiday_moves_the_end_by_the_working_days_of_the_hold() -> None:
    """As others' users complain: the days of a holiday were counted on top of the hold."""
    zone = ZoneInfo("Asia/Shanghai")
    calendar = read_calendar({"hours": "always"}, holidays=mainland_china(), zone=zone)
    start = datetime(2026, 9, 29, 10, tzinfo=zone)
    hold = Pause(datetime(2026, 9, 30, 9, tzinfo=zone), datetime(2026, 10, 8, 9, tzinfo=zone))
    # Three working days: 30 September, 8 and 9 October; the hold takes one of them, 30 September.
    assert reckon(start, WorkingDays(3), calendar).day.isoformat() == "2026-10-09"
    assert reckon(start, WorkingDays(3), calendar, [hold]).day.isoformat() == "2026-10-10"


def test_what_runs_out_is_told_by_the_first_running_clock_that_is_no_target(desk: Desk) -> None:
    made = handled(desk)
    running = [one for one in desk.page(made).clocks if one.is_running and not one.soft]
    assert desk.shown(made).due_at == min(one.due_at for one in running)

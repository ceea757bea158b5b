from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from rexian.clockwork import models
from rexian.clockwork.adapters.clocks import MachineClock, SetClock
from rexian.clockwork.domain.running import RunningJob
from rexian.clockwork.domain.work import Lane, State
from rexian.clockwork.ports import Outcome
from rexian.clockwork.services import enqueue_job, start_deadline
from rexian.clockwork.services.firing import fire_some
from rexian.clockwork.services.keeping import Keeper
from rexian.clockwork.services.repairing import repair, start_periodic_tasks
from rexian.clockwork.services.running import take_next
from rexian.clockwork.services.working import Worker
from rexian.journal import models as journal
from rexian.kernel.errors import Conflict
from tests.clockwork.performers import NOW, OURS, RingMissed, Script

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def start() -> int:
    return start_deadline(
        "test.answer_by", subject="case:1", due_at=NOW + 10 * MINUTE, organisation=OURS, at=NOW
    )


def order() -> int:
    return enqueue_job("test.count", subject="upload:1", organisation=OURS, at=NOW)


def fired() -> int:
    return journal.Entry.objects.filter(name=RingMissed.name).count()


def beating_across(clock: SetClock, span: timedelta) -> Keeper:
    keeper = Keeper(clock)
    keeper.beat()
    clock.set_by(span)
    return keeper


def test_the_machines_clocks_tell_the_time_in_utc_and_go_forward() -> None:
    clock = MachineClock()
    assert clock.now().utcoffset() == timedelta()
    assert clock.monotonic() <= clock.monotonic()


@pytest.mark.parametrize("span", [HOUR, -HOUR], ids=["forward", "back"])
def test_a_clock_that_is_set_is_noticed_and_logged(
    span: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = beating_across(SetClock(NOW), span)
    with caplog.at_level(logging.WARNING):
        keeper.beat()
        keeper.beat()
    assert [one.message for one in caplog.records] == [
        f"the clock was set by {span.total_seconds():.0f} s"
    ]


def test_time_that_passes_is_no_jump(caplog: pytest.LogCaptureFixture) -> None:
    clock = SetClock(NOW)
    keeper = Keeper(clock)
    clock.go(HOUR)
    keeper.beat()
    assert caplog.records == []


def test_a_deadline_goes_by_the_wall_and_fires_once_when_it_is_set_forward_and_back() -> None:
    clock = SetClock(NOW)
    start()
    clock.set_by(HOUR)
    assert fire_some(clock, worker="w")
    clock.set_by(-HOUR)
    assert not fire_some(clock, worker="w")
    clock.go(HOUR)
    assert not fire_some(clock, worker="w")
    assert fired() == 1
    assert journal.Entry.objects.get(name=RingMissed.name).at == NOW + 10 * MINUTE


def test_a_deadline_is_not_lost_when_the_clock_is_set_back() -> None:
    clock = SetClock(NOW)
    start()
    clock.set_by(-HOUR)
    repair(clock.now())
    clock.go(HOUR)
    assert not fire_some(clock, worker="w")
    clock.go(10 * MINUTE)
    assert fire_some(clock, worker="w")
    assert fired() == 1


def test_a_job_of_a_killed_worker_comes_back_soon_though_the_clock_was_set_back() -> None:
    clock = SetClock(NOW)
    order()
    assert take_next(Lane.JOBS, clock, worker="killed") is not None
    beating_across(clock, -HOUR).beat()
    clock.go(MINUTE)
    assert take_next(Lane.JOBS, clock, worker="alive") is not None


def test_a_living_worker_keeps_its_job_when_the_clock_is_set_back() -> None:
    clock = SetClock(NOW)
    order()
    run = take_next(Lane.JOBS, clock, worker="alive")
    assert run is not None
    keeper = beating_across(clock, -HOUR)
    with keeper.keeping(run):
        for _ in range(20):
            keeper.beat()
            assert take_next(Lane.JOBS, clock, worker="other") is None
            clock.go(10 * timedelta(seconds=1))
        assert run.call() == Outcome.DONE


def test_a_job_is_fenced_whose_lease_ended_early_because_the_clock_was_set_forward() -> None:
    clock = SetClock(NOW)
    work = order()
    ends: list[Outcome] = []

    def be_overtaken(_: RunningJob) -> None:
        Script.run = None
        clock.set_by(HOUR)
        second = take_next(Lane.JOBS, clock, worker="second")
        assert second is not None
        ends.append(second.call())

    Script.run = be_overtaken
    first = take_next(Lane.JOBS, clock, worker="first")
    assert first is not None
    assert first.call() == Outcome.LOST
    assert ends == [Outcome.DONE]
    assert models.Work.objects.get(pk=work).state == State.DONE
    assert journal.Entry.objects.filter(name="clockwork.job_done").count() == 1


def test_what_waits_after_a_failure_does_not_wait_an_hour_more() -> None:
    def fail(_: object) -> None:
        raise Conflict("x")

    Script.run = fail
    order()
    Worker("tests").tick(NOW)
    clock = SetClock(NOW)
    beating_across(clock, -HOUR).beat()
    clock.go(2 * MINUTE)
    assert take_next(Lane.JOBS, clock, worker="w") is not None


def test_a_periodic_task_does_not_wait_an_hour_more() -> None:
    start_periodic_tasks(NOW)
    Worker("tests").tick(NOW)
    clock = SetClock(NOW)
    beating_across(clock, -HOUR).beat()
    row = models.Work.objects.get(name="test.sweep")
    assert row.next_at == clock.now() + 10 * MINUTE


def test_what_nobody_has_known_for_an_hour_is_parked_with_a_reason() -> None:
    work = start_deadline(
        "test.of_a_newer_version", subject="case:1", due_at=NOW, organisation=OURS, at=NOW
    )
    repair(NOW + 59 * MINUTE)
    assert models.Work.objects.get(pk=work).state == State.OPEN
    repair(NOW + HOUR)
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.reason["error"]) == (State.PARKED, "UnknownHandler")

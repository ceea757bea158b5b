from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from rexian.clockwork import models, queries
from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.domain.running import LeaseLost, RunningJob
from rexian.clockwork.domain.work import Lane, Priority, State
from rexian.clockwork.ports import Outcome
from rexian.clockwork.services import enqueue_job, release_parked
from rexian.clockwork.services.keeping import Keeper
from rexian.clockwork.services.running import Run, take_next
from rexian.clockwork.services.working import Worker
from rexian.journal import models as journal
from rexian.kernel.errors import Invalid
from tests.clockwork.performers import ADMINISTRATOR, NOW, OURS, Script

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
WORKER = Worker("tests")


def order(*, subject: str = "upload:1", priority: Priority = Priority.NORMAL, key: str = "") -> int:
    return enqueue_job(
        "test.count",
        subject=subject,
        organisation=OURS,
        data={"file": 5},
        priority=priority,
        key=key,
        at=NOW,
    )


def take(clock: SetClock, worker: str = "first") -> Run:
    run = take_next(Lane.JOBS, clock, worker=worker)
    assert run is not None
    return run


def told(name: str) -> list[dict[str, int]]:
    entries = journal.Entry.objects.filter(name=f"clockwork.{name}").order_by("id")
    return [{"done": one.data["done"], "total": one.data["total"]} for one in entries]


def test_a_job_is_done_once_and_says_so() -> None:
    seen: list[tuple[object, ...]] = []
    Script.run = lambda job: seen.append((job.name, job.subject, job.organisation, job.data))
    work = order()
    assert WORKER.tick(NOW) == 1
    assert WORKER.tick(NOW) == 0
    assert seen == [("test.count", "upload:1", OURS, {"file": 5})]
    assert journal.Entry.objects.get(name="clockwork.job_done").subject == f"work:{work}"


def test_a_job_for_later_waits() -> None:
    enqueue_job("test.count", subject="upload:1", organisation=OURS, at=NOW, run_at=NOW + HOUR)
    assert WORKER.tick(NOW) == 0
    assert WORKER.tick(NOW + HOUR) == 1


def test_jobs_of_a_higher_priority_go_first() -> None:
    seen: list[str] = []
    Script.run = lambda job: seen.append(job.subject)
    order(subject="upload:1", priority=Priority.LOW)
    order(subject="upload:2")
    order(subject="upload:3", priority=Priority.HIGH)
    WORKER.tick(NOW)
    assert seen == ["upload:3", "upload:2", "upload:1"]


def test_the_same_order_twice_is_one_job_until_it_is_done() -> None:
    first = order(key="upload:1")
    assert order(key="upload:1") == first
    WORKER.tick(NOW)
    assert order(key="upload:1") != first


def test_progress_is_kept_and_told_at_most_once_a_second() -> None:
    clock = SetClock(NOW)

    def advance(job: RunningJob) -> None:
        for done in range(1, 31):
            clock.go(SECOND / 8)
            job.progress(done, 30)

    Script.run = advance
    work = order()
    take(clock).call()
    assert told("job_progressed") == [{"done": done, "total": 30} for done in (8, 16, 24)]
    assert told("job_done") == [{"done": 30, "total": 30}]
    progress = queries.progress(work)
    assert progress is not None
    assert (progress.state, progress.done, progress.total) == (State.DONE, 30, 30)


def test_a_running_job_is_seen_by_its_subject() -> None:
    Script.run = lambda job: seen.extend(queries.jobs_about(job.subject))
    seen: list[queries.Progress] = []
    order()
    WORKER.tick(NOW)
    assert [(one.state, one.is_running, one.attempts) for one in seen] == [(State.OPEN, True, 1)]
    assert not queries.jobs_about("upload:1")[0].is_running


def test_a_job_whose_worker_was_killed_comes_back_when_its_lease_ends() -> None:
    order()
    clock = SetClock(NOW)
    take(clock)
    clock.go(59 * SECOND)
    assert take_next(Lane.JOBS, clock, worker="second") is None
    clock.go(SECOND)
    assert take(clock, "second").attempt == 2


def test_a_worker_that_lost_its_lease_cannot_complete() -> None:
    order()
    clock = SetClock(NOW)
    first = take(clock)
    clock.go(MINUTE)
    second = take(clock, "second")
    assert first.call() == Outcome.LOST
    assert told("job_done") == []
    assert second.call() == Outcome.DONE
    assert len(told("job_done")) == 1


def test_a_worker_that_lost_its_lease_cannot_fail_the_job_either() -> None:
    Script.run = fail
    work = order()
    clock = SetClock(NOW)
    first = take(clock)
    clock.go(MINUTE)
    take(clock, "second")
    assert first.call() == Outcome.LOST
    assert models.Work.objects.get(pk=work).failed_at is None


def test_a_job_notices_at_its_next_word_of_progress_that_it_lost_its_lease() -> None:
    clock = SetClock(NOW)
    noticed: list[bool] = []

    def go_on(job: RunningJob) -> None:
        clock.go(MINUTE)
        Script.run = None
        take(clock, "second").call()
        try:
            job.progress(1, 2)
        except LeaseLost:
            noticed.append(job.stopping)
            raise

    Script.run = go_on
    order()
    assert take(clock).call() == Outcome.LOST
    assert noticed == [True]


def test_a_lease_is_renewed_as_long_as_its_worker_lives() -> None:
    clock = SetClock(NOW)
    keeper = Keeper(clock)

    def take_long(_: RunningJob) -> None:
        for _second in range(30):
            clock.go(10 * SECOND)
            keeper.beat()
            assert take_next(Lane.JOBS, clock, worker="second") is None

    Script.run = take_long
    order()
    run = take(clock)
    with keeper.keeping(run):
        assert run.call() == Outcome.DONE


def test_a_job_is_told_that_its_lease_is_lost_by_the_heartbeat() -> None:
    clock = SetClock(NOW)
    keeper = Keeper(clock)
    order()
    run = take(clock)
    with keeper.keeping(run):
        clock.go(MINUTE)
        take(clock, "second")
        keeper.beat()
        assert run.stopping


def test_a_job_goes_back_untouched_when_its_worker_stops() -> None:
    clock = SetClock(NOW)
    keeper = Keeper(clock)

    def work_until_told(job: RunningJob) -> None:
        keeper.stop_all()
        assert job.stopping
        job.progress(1, 2)

    Script.run = work_until_told
    work = order()
    run = take(clock)
    with keeper.keeping(run):
        assert run.call() == Outcome.INTERRUPTED
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.attempts, row.next_at, row.claimed_at) == (State.OPEN, 0, NOW, None)


def test_what_does_not_end_in_time_goes_back_and_its_end_is_void() -> None:
    clock = SetClock(NOW)
    keeper = Keeper(clock)
    order()
    run = take(clock)
    with keeper.keeping(run):
        keeper.give_all_back()
    assert take(clock, "second").attempt == 1
    assert run.call() == Outcome.LOST


def test_a_job_that_fails_is_tried_again_then_parked_with_its_reason() -> None:
    Script.run = fail
    work = order()
    WORKER.tick(NOW)
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.attempts) == (State.OPEN, 1)
    WORKER.tick(NOW + MINUTE)
    parked = queries.parked(actor=ADMINISTRATOR, limit=10)[0]
    assert (parked.id, parked.attempts, parked.title) == (work, 2, "Count")
    assert parked.reason is not None
    assert parked.reason.sentence("en") == "There is no unit 42."


def test_a_released_job_begins_anew_with_all_its_attempts() -> None:
    Script.run = fail
    work = order()
    WORKER.tick(NOW)
    WORKER.tick(NOW + MINUTE)
    release_parked(work, actor=ADMINISTRATOR, at=NOW + MINUTE)
    WORKER.tick(NOW + MINUTE)
    assert models.Work.objects.get(pk=work).attempts == 1
    assert queries.retrying(actor=ADMINISTRATOR, limit=9)[0].id == work


def test_a_job_that_ends_every_worker_is_parked() -> None:
    work = order()
    clock = SetClock(NOW)
    for _ in range(2):
        take(clock, "killed")
        clock.go(MINUTE)
    assert take_next(Lane.JOBS, clock, worker="alive") is None
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.attempts, row.reason["error"]) == (State.PARKED, 2, "LeaseRanOut")


def test_a_job_is_run_outside_of_any_transaction_of_the_clockwork() -> None:
    depths: list[int] = []
    Script.run = lambda _: depths.append(len(connection.savepoint_ids))
    order()
    WORKER.tick(NOW)
    assert depths == [len(connection.savepoint_ids)]


def fail(_: object) -> None:
    raise Invalid("There is no unit {code}.", code=42)

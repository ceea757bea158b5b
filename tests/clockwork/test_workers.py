"""The worker's loop, with its threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from rexian.clockwork import models
from rexian.clockwork.domain.running import RunningJob
from rexian.clockwork.domain.work import Kind, Lane, State
from rexian.clockwork.ports import Attempt, Outcome
from rexian.clockwork.services import (
    call_observer,
    enqueue_job,
    observing,
    start_deadline,
    working,
)
from rexian.clockwork.services.firing import fire_some
from rexian.clockwork.services.working import LOOKS_EVERY, Threads, Worker, look_again_in
from rexian.journal.services import record
from tests.clockwork.performers import MACHINE, NOW, OURS, BellRung, Script

SECOND = timedelta(seconds=1)
PATIENCE = 20.0

threaded = pytest.mark.django_db(transaction=True)


@contextmanager
def working_in_threads(worker: Worker) -> Iterator[Callable[[], None]]:
    """Have a worker work, and yield what stops it and waits until it has stopped."""
    stop = threading.Event()
    thread = threading.Thread(target=worker.run_until, args=(stop,))

    def stop_it() -> None:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()

    thread.start()
    try:
        yield stop_it
    finally:
        stop_it()


def order(at: datetime) -> int:
    return enqueue_job("test.count", subject="upload:1", organisation=OURS, at=at)


@pytest.mark.parametrize(
    ("first_in", "seconds"),
    [(None, LOOKS_EVERY), (-5, 0), (0, 0), (0.1, 0.1), (3600, LOOKS_EVERY)],
    ids=["nothing", "late", "due", "soon", "far"],
)
def test_a_worker_sleeps_until_the_next_is_due_but_not_for_long(
    first_in: float | None, seconds: float
) -> None:
    first = None if first_in is None else NOW + first_in * SECOND
    assert look_again_in(first, NOW) == pytest.approx(seconds)


def test_a_worker_has_a_thread_for_each_lane_or_more() -> None:
    assert Threads(jobs=2).lanes() == [Lane.PROMPT, Lane.ERRANDS, Lane.JOBS, Lane.JOBS]


@threaded
def test_a_worker_does_at_once_what_becomes_due_in_its_process() -> None:
    fired, ran, sent = threading.Event(), threading.Event(), threading.Event()
    Script.fire = lambda _: fired.set()
    Script.run = lambda _: ran.set()
    Script.send = lambda _: sent.set()
    with working_in_threads(Worker("tests")):
        now = datetime.now(UTC)
        start_deadline("test.answer_by", subject="c:1", due_at=now, organisation=OURS, at=now)
        order(now)
        ring(now)
        assert fired.wait(PATIENCE)
        assert ran.wait(PATIENCE)
        assert sent.wait(PATIENCE)
    assert not models.Work.objects.exclude(kind=Kind.PERIODIC).exclude(state=State.DONE).exists()


@threaded
def test_a_long_job_keeps_no_deadline_waiting() -> None:
    begun, fired, end = threading.Event(), threading.Event(), threading.Event()

    def take_long(_: RunningJob) -> None:
        begun.set()
        end.wait(PATIENCE)

    Script.run = take_long
    Script.fire = lambda _: fired.set()
    with working_in_threads(Worker("tests")):
        now = datetime.now(UTC)
        order(now)
        assert begun.wait(PATIENCE)
        start_deadline("test.answer_by", subject="c:1", due_at=now, organisation=OURS, at=now)
        assert fired.wait(PATIENCE)
        end.set()


@threaded
def test_a_worker_that_stops_gives_its_job_back() -> None:
    begun = threading.Event()

    def work_until_told(job: RunningJob) -> None:
        begun.set()
        while True:
            job.progress(0, 0)

    Script.run = work_until_told
    with working_in_threads(Worker("tests")) as stop:
        work = order(datetime.now(UTC))
        assert begun.wait(PATIENCE)
        stop()
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.attempts, row.claimed_at) == (State.OPEN, 0, None)


@threaded
def test_a_job_that_will_not_end_goes_back_and_its_end_is_void(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(working, "GRACE", 0)
    begun, end, ended = threading.Event(), threading.Event(), threading.Event()

    def ignore_all(_: RunningJob) -> None:
        begun.set()
        end.wait(PATIENCE)

    monkeypatch.setattr(observing, "_observers", [lambda _: ended.set()])
    Script.run = ignore_all
    with working_in_threads(Worker("tests")) as stop:
        work = order(datetime.now(UTC))
        assert begun.wait(PATIENCE)
        ended.clear()
        stop()
    assert models.Work.objects.get(pk=work).attempts == 0
    jobs = [one for one in threading.enumerate() if one.name == "tests-jobs"]
    end.set()
    for one in jobs:
        one.join(PATIENCE)
    assert models.Work.objects.get(pk=work).state == State.OPEN


@threaded
def test_a_worker_goes_on_when_the_database_has_failed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(working, "RECOVERS_IN", 0.01)
    failures = iter(range(3))

    def fail_at_first(*arguments: object, **options: object) -> int:
        if next(failures, None) is not None:
            raise ConnectionError
        return fire_some(*arguments, **options)  # type: ignore[arg-type] # whatever it is given

    monkeypatch.setattr(working, "fire_some", fail_at_first)
    fired = threading.Event()
    Script.fire = lambda _: fired.set()
    with working_in_threads(Worker("tests")):
        now = datetime.now(UTC)
        start_deadline("test.answer_by", subject="c:1", due_at=now, organisation=OURS, at=now)
        assert fired.wait(PATIENCE)
    assert "could not look at prompt" in caplog.text


@pytest.mark.django_db
def test_whoever_counts_is_told_how_each_attempt_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observing, "_observers", [])
    seen: list[Attempt] = []
    call_observer(seen.append)
    order(NOW)
    start_deadline("test.answer_by", subject="c:1", due_at=NOW - SECOND, organisation=OURS, at=NOW)
    Worker("tests").tick(NOW)
    assert [(one.name, one.outcome, one.lag) for one in seen] == [
        ("test.answer_by", Outcome.DONE, SECOND),
        ("test.count", Outcome.DONE, timedelta()),
    ]


def ring(at: datetime) -> None:
    with transaction.atomic():
        record(BellRung(subject_id=3, organisation=OURS), actor=MACHINE, at=at)

"""The life of work, in any order of claims, crashes, failures, stops and clocks that are set."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rexian.clockwork import models
from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.domain.running import RunningJob
from rexian.clockwork.domain.work import Due, Kind, Lane, State
from rexian.clockwork.ports import Outcome
from rexian.clockwork.services import (
    drop_parked,
    enqueue_job,
    release_parked,
    start_deadline,
    stop_deadline,
)
from rexian.clockwork.services.firing import fire_some
from rexian.clockwork.services.repairing import repair
from rexian.clockwork.services.running import Run, take_next
from rexian.journal import models as journal
from rexian.kernel.errors import Conflict
from tests.clockwork.performers import ADMINISTRATOR, NOW, OURS, RingMissed, Script

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
LEASE = timedelta(seconds=60)
SPANS = st.sampled_from([timedelta(seconds=1), timedelta(seconds=30), MINUTE, 10 * MINUTE])


def fail(_: Due | RunningJob) -> None:
    raise Conflict("x")


class Life(RuleBasedStateMachine):
    """A few deadlines and jobs, two workers, one clock; the model is what may have happened."""

    def __init__(self) -> None:
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.clock = SetClock(NOW)
        self.before = (
            journal.Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        )
        self.due: dict[int, datetime] = {}
        self.jobs: list[int] = []
        self.stopped: set[int] = set()
        self.dropped: set[int] = set()
        self.running: list[Run] = []
        self.ended: list[int] = []
        self.owner: dict[int, Run] = {}

    @initialize()
    def begin(self) -> None:
        self.start(timedelta(seconds=1))
        self.order(timedelta())

    @rule(span=SPANS)
    def start(self, span: timedelta) -> None:
        at = self.clock.now()
        work = start_deadline(
            "test.answer_by", subject="case:1", due_at=at + span, organisation=OURS, at=at
        )
        self.due[work] = at + span

    @rule(span=SPANS)
    def order(self, span: timedelta) -> None:
        at = self.clock.now()
        self.jobs.append(
            enqueue_job("test.count", subject="u:1", organisation=OURS, at=at, run_at=at + span)
        )

    @rule(span=SPANS | st.sampled_from([-HOUR, HOUR]), passes=st.booleans())
    def clock_shows(self, span: timedelta, *, passes: bool) -> None:
        if passes and span < HOUR:
            self.clock.go(abs(span))
        else:
            self.clock.set_by(span)
            repair(self.clock.now())
            claimed = models.Work.objects.filter(claimed_at__isnull=False)
            assert not claimed.filter(next_at__gt=self.clock.now() + LEASE).exists()

    @rule(fails=st.booleans())
    def fire(self, *, fails: bool) -> None:
        Script.fire = fail if fails else None
        fire_some(self.clock, worker="w")

    @precondition(lambda self: len(self.running) < 2)
    @rule()
    def claim(self) -> None:
        run = take_next(Lane.JOBS, self.clock, worker="w")
        if run is not None:
            self.running.append(run)
            self.owner[run.id] = run

    @precondition(lambda self: len(self.running) == 1)
    @rule()
    def overtake(self) -> None:
        self.clock.go(LEASE)
        self.claim()

    @precondition(lambda self: self.running)
    @rule(fails=st.booleans(), which=st.integers(0, 1))
    def end(self, *, fails: bool, which: int) -> None:
        Script.run = fail if fails else None
        run = self.running.pop(which % len(self.running))
        outcome = run.call()
        assert outcome == Outcome.LOST or self.owner[run.id] is run, "it had lost its lease"
        if outcome == Outcome.DONE:
            self.ended.append(run.id)

    @precondition(lambda self: self.running)
    @rule(what=st.sampled_from(["crash", "beat", "give back"]))
    def meddle(self, what: str) -> None:
        if what == "beat":
            for run in self.running:
                run.renew()
            return
        run = self.running.pop()
        if what == "give back":
            run.give_back()

    @precondition(lambda self: self.due)
    @rule(which=st.integers(0, 5))
    def stop(self, which: int) -> None:
        work = list(self.due)[which % len(self.due)]
        if stop_deadline(work, at=self.clock.now()):
            assert self.due[work] > self.clock.now()
            self.stopped.add(work)

    @rule(releases=st.booleans())
    def tend(self, *, releases: bool) -> None:
        for work in self.parked()[:1]:
            if releases:
                release_parked(work, actor=ADMINISTRATOR, at=self.clock.now())
            else:
                drop_parked(work, actor=ADMINISTRATOR, at=self.clock.now())
                self.dropped.add(work)

    @invariant()
    def nothing_happens_twice(self) -> None:
        told = self.told()
        fired, ended = told[RingMissed.name], told["clockwork.job_done"]
        assert len(fired) == len(set(fired))
        assert not set(fired) & (self.stopped | self.dropped)
        assert len(ended) == len(set(ended))
        assert sorted(self.ended) == sorted(ended)

    def teardown(self) -> None:
        """End the world, whatever has come of it: a database slows down where none ever ends."""
        try:
            self.nothing_is_lost()
        finally:
            transaction.set_rollback(True)
            self.world.__exit__(None, None, None)

    def nothing_is_lost(self) -> None:
        """Let all workers crash, then a good one work on."""
        Script.fire = Script.run = None
        repair(self.clock.now())
        ours = models.Work.objects.exclude(kind=Kind.PERIODIC).filter(state=State.OPEN)
        for _ in range(14):
            if not ours.exists():
                break
            self.clock.go(15 * MINUTE)
            while fire_some(self.clock, worker="w"):
                pass
            while run := take_next(Lane.JOBS, self.clock, worker="w"):
                run.call()
        given_up = set(self.parked()) | self.dropped
        told = self.told()
        assert set(told[RingMissed.name]) | given_up | self.stopped >= set(self.due)
        assert set(told["clockwork.job_done"]) | given_up >= set(self.jobs)
        assert not ours.exists()

    def told(self) -> dict[str, list[int]]:
        told: dict[str, list[int]] = defaultdict(list)
        entries = journal.Entry.objects.filter(id__gt=self.before)
        for name, subject in entries.values_list("name", "subject"):
            told[name].append(int(subject.partition(":")[2]))
        return told

    def parked(self) -> list[int]:
        rows = models.Work.objects.filter(state=State.PARKED)
        return list(rows.order_by("id").values_list("id", flat=True))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_and_nothing_happens_twice_in_any_order_of_events() -> None:
    run_state_machine_as_test(
        Life, settings=settings(max_examples=50, stateful_step_count=40, deadline=None)
    )

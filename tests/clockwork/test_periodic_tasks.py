from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexian.clockwork import models
from rexian.clockwork.domain.periods import next_run
from rexian.clockwork.domain.work import Kind, Lane, State
from rexian.clockwork.services.repairing import repair, start_periodic_tasks
from rexian.clockwork.services.working import Worker
from rexian.kernel.errors import Conflict
from tests.clockwork.performers import NOW, Script

MINUTE = timedelta(minutes=1)
EVERY = 10 * MINUTE
WORKER = Worker("tests")


@pytest.mark.parametrize(
    ("late", "next_in"),
    [(0, 10), (3, 7), (10, 10), (25, 5), (-5, 15), (-30, 10)],
    ids=["in time", "late", "a whole period late", "two missed", "early", "clock set back"],
)
def test_the_next_run_is_on_the_grid_and_missed_ones_are_left_out(late: int, next_in: int) -> None:
    now = NOW + late * MINUTE
    assert next_run(NOW, every=EVERY, now=now) == now + next_in * MINUTE


@given(st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=1)))
def test_the_next_run_is_always_ahead_and_within_two_periods(late: timedelta) -> None:
    now = NOW + late
    assert now < next_run(NOW, every=EVERY, now=now) <= now + 2 * EVERY


def row() -> models.Work:
    return models.Work.objects.get(name="test.sweep")


@pytest.mark.django_db
def test_a_task_has_one_row_however_many_workers_start_it() -> None:
    start_periodic_tasks(NOW)
    start_periodic_tasks(NOW)
    assert models.Work.objects.filter(name="test.sweep").count() == 1


@pytest.mark.django_db
def test_a_task_comes_back_and_never_piles_up() -> None:
    runs: list[int] = []
    Script.tick = lambda job: runs.append(job.attempt)
    start_periodic_tasks(NOW)
    WORKER.tick(NOW)
    WORKER.tick(NOW + 9 * MINUTE)
    assert runs == [1]
    WORKER.tick(NOW + 55 * MINUTE)
    assert runs == [1, 1]
    assert row().next_at == NOW + 60 * MINUTE


@pytest.mark.django_db
def test_a_task_that_fails_is_tried_again_soon_then_at_its_next_turn_and_never_parked() -> None:
    def fail(_: object) -> None:
        raise Conflict("x")

    Script.tick = fail
    start_periodic_tasks(NOW)
    for _ in range(2):
        WORKER.tick(row().next_at or NOW)
    assert (row().state, row().attempts) == (State.OPEN, 2)
    assert (row().next_at or NOW) < NOW + MINUTE
    WORKER.tick(row().next_at or NOW)
    assert (row().state, row().attempts, row().next_at) == (State.OPEN, 0, NOW + EVERY)
    assert row().reason["error"] == "Conflict"
    Script.tick = None
    WORKER.tick(NOW + EVERY)
    assert (row().reason, row().failed_at) == ({}, None)


@pytest.mark.django_db
def test_a_task_that_no_version_knows_any_more_ends_by_itself() -> None:
    work = models.Work.objects.create(
        kind=Kind.PERIODIC,
        name="test.abolished",
        lane=Lane.ERRANDS,
        subject="task:test.abolished",
        key="periodic:test.abolished",
        due_at=NOW,
        next_at=NOW,
    )
    repair(NOW + 59 * MINUTE)
    assert models.Work.objects.get(pk=work.id).state == State.OPEN
    repair(NOW + 60 * MINUTE)
    assert models.Work.objects.get(pk=work.id).state == State.STOPPED


@pytest.mark.django_db
def test_what_ended_long_ago_is_forgotten_but_deadlines() -> None:
    for kind in Kind:
        forget_at = None if kind == Kind.DEADLINE else NOW
        models.Work.objects.create(
            kind=kind,
            name="test.count",
            lane=Lane.JOBS,
            subject="x:1",
            state=State.DONE,
            due_at=NOW,
            ended_at=NOW,
            forget_at=forget_at,
        )
    start_periodic_tasks(NOW)
    WORKER.tick(NOW)
    kinds = models.Work.objects.filter(state=State.DONE).values_list("kind", flat=True)
    assert list(kinds) == [Kind.DEADLINE]

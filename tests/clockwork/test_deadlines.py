from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from rexian.clockwork import models, queries
from rexian.clockwork.domain.work import Due, State
from rexian.clockwork.services import (
    move_deadline,
    release_parked,
    start_deadline,
    stop_deadline,
    stop_deadlines,
)
from rexian.clockwork.services.working import Worker
from rexian.journal import models as journal
from rexian.kernel.errors import Conflict
from tests.clockwork.performers import ADMINISTRATOR, MACHINE, NOW, OURS, RingMissed, Script

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
WORKER = Worker("tests")


def start(due_at: datetime = NOW + MINUTE, *, subject: str = "case:1") -> int:
    return start_deadline(
        "test.answer_by", subject=subject, due_at=due_at, organisation=OURS, at=NOW
    )


def breaches() -> list[journal.Entry]:
    return list(journal.Entry.objects.filter(name=RingMissed.name))


def test_a_deadline_fires_once_when_it_is_due() -> None:
    start()
    assert WORKER.tick(NOW) == 0
    assert WORKER.tick(NOW + MINUTE) == 1
    assert WORKER.tick(NOW + MINUTE) == 0
    assert len(breaches()) == 1


def test_a_breach_is_dated_at_its_deadline_not_at_the_tick() -> None:
    start()
    WORKER.tick(NOW + timedelta(hours=5))
    assert breaches()[0].at == NOW + MINUTE


def test_the_handler_is_told_what_was_said_when_the_deadline_was_started() -> None:
    told: list[Due] = []
    Script.fire = told.append
    start_deadline(
        "test.answer_by",
        subject="case:1",
        due_at=NOW + MINUTE,
        organisation=OURS,
        data={"case": 1},
        explanation={"rule": "HW-2.6", "provisional": True},
        at=NOW,
    )
    WORKER.tick(NOW + 2 * MINUTE)
    due = told[0]
    assert (due.subject, due.organisation, due.data) == ("case:1", OURS, {"case": 1})
    assert (due.due_at, due.at, due.attempt) == (NOW + MINUTE, NOW + 2 * MINUTE, 1)
    assert due.explanation["rule"] == "HW-2.6"


def test_a_deadline_that_is_stopped_in_time_does_not_fire() -> None:
    assert stop_deadline(start(), at=NOW + 30 * SECOND)
    assert WORKER.tick(NOW + MINUTE) == 0
    assert breaches() == []


def test_what_fell_due_before_it_was_stopped_has_been_missed_and_fires() -> None:
    work = start()
    assert not stop_deadline(work, at=NOW + 2 * MINUTE)
    assert WORKER.tick(NOW + 2 * MINUTE) == 1


def test_all_deadlines_of_a_subject_stop_together_and_no_others() -> None:
    start()
    start(NOW + 2 * MINUTE)
    start(subject="case:2")
    assert stop_deadlines("case:1", at=NOW) == 2
    assert WORKER.tick(NOW + 5 * MINUTE) == 1


def test_deadlines_of_one_name_stop_alone() -> None:
    start()
    assert stop_deadlines("case:1", name="test.other", at=NOW) == 0
    assert stop_deadlines("case:1", name="test.answer_by", at=NOW) == 1


def test_a_moved_deadline_fires_at_its_new_instant() -> None:
    work = start()
    assert move_deadline(work, due_at=NOW + 3 * MINUTE, explanation={"rule": "x"}, at=NOW)
    assert WORKER.tick(NOW + 2 * MINUTE) == 0
    assert WORKER.tick(NOW + 3 * MINUTE) == 1
    assert not move_deadline(work, due_at=NOW + 9 * MINUTE, explanation={}, at=NOW + 4 * MINUTE)


def test_deadlines_of_a_subject_are_told_with_their_explanation() -> None:
    start(NOW + 2 * MINUTE)
    stop_deadline(start(), at=NOW)
    told = queries.deadlines_about("case:1")
    assert [one.state for one in told] == [State.STOPPED, State.OPEN]
    assert [one.due_at for one in told] == [NOW + MINUTE, NOW + 2 * MINUTE]


def test_a_provisional_deadline_is_found_until_it_is_computed_again() -> None:
    work = start_deadline(
        "test.answer_by",
        subject="case:1",
        due_at=NOW + MINUTE,
        organisation=OURS,
        explanation={"provisional": True},
        at=NOW,
    )
    assert [one.id for one in queries.provisional_deadlines(organisation=OURS, limit=9)] == [work]
    assert queries.provisional_deadlines(organisation=OURS, limit=9, after=work) == []
    move_deadline(work, due_at=NOW + 3 * MINUTE, explanation={"provisional": False}, at=NOW)
    assert queries.provisional_deadlines(organisation=OURS, limit=9) == []


def test_a_handler_that_fails_leaves_nothing_and_is_tried_again() -> None:
    Script.fire = fail
    work = start(NOW)
    assert WORKER.tick(NOW) == 1
    assert breaches() == []
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.attempts, row.failed_at) == (State.OPEN, 1, NOW)
    assert row.next_at is not None
    assert 10 <= (row.next_at - NOW).total_seconds() < 12.5
    Script.fire = None
    assert WORKER.tick(row.next_at) == 1
    assert [one.at for one in breaches()] == [NOW]


def test_a_handler_that_fails_for_the_last_time_is_parked_and_can_be_released() -> None:
    Script.fire = fail
    work = start(NOW)
    WORKER.tick(NOW)
    WORKER.tick(NOW + MINUTE)
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.attempts, row.next_at) == (State.PARKED, 2, None)
    parked = journal.Entry.objects.get(name="clockwork.work_parked")
    assert parked.data == {
        "work": "test.answer_by",
        "about": "case:1",
        "attempts": 2,
        "error": "Conflict",
    }
    assert WORKER.tick(NOW + 9 * MINUTE) == 0
    Script.fire = None
    release_parked(work, actor=ADMINISTRATOR, at=NOW + 9 * MINUTE)
    assert WORKER.tick(NOW + 9 * MINUTE) == 1
    assert [one.at for one in breaches()] == [NOW]


def test_an_attempt_at_a_late_row_is_counted_before_it_begins() -> None:
    work = start(NOW)
    counted: list[int] = []
    Script.fire = lambda _: counted.append(models.Work.objects.get(pk=work).attempts)
    WORKER.tick(NOW + MINUTE)
    assert counted == [1]


def test_a_late_row_that_ended_all_its_workers_is_parked_before_it_ends_another() -> None:
    work = start(NOW)
    models.Work.objects.filter(pk=work).update(attempts=2, worker="killed", claimed_at=NOW)
    assert WORKER.tick(NOW + MINUTE) == 1
    row = models.Work.objects.get(pk=work)
    assert (row.state, row.reason["error"]) == (State.PARKED, "LeaseRanOut")
    assert breaches() == []


def test_one_that_fails_holds_up_none_of_those_it_was_fired_with() -> None:
    def fail_the_third(due: Due) -> None:
        if due.subject == "case:3":
            fail(due)

    Script.fire = fail_the_third
    for number in range(6):
        start(NOW, subject=f"case:{number}")
    assert WORKER.tick(NOW) == 6
    assert len(breaches()) == 5
    failed = models.Work.objects.get(state=State.OPEN)
    assert (failed.subject, failed.attempts) == ("case:3", 1)


def test_a_late_row_that_somebody_has_tried_before_is_fired_alone() -> None:
    for number in range(4):
        start(NOW, subject=f"case:{number}")
    suspect = models.Work.objects.get(subject="case:2")
    models.Work.objects.filter(pk=suspect.id).update(attempts=1, worker="killed", claimed_at=NOW)
    with CaptureQueriesContext(connection) as queries_made:
        assert WORKER.tick(NOW + MINUTE) == 4
    marked = [one for one in queries_made if "\"state\" = 'done'" in one["sql"]]
    assert len(marked) == 3, "two together, the suspect, the last"
    assert len(breaches()) == 4


def test_what_a_handler_makes_due_is_done_in_the_same_tick() -> None:
    follow = iter([True])

    def start_another(_: Due) -> None:
        if next(follow, False):
            start(NOW, subject="case:2")

    Script.fire = start_another
    start(NOW)
    assert WORKER.tick(NOW) == 2


def test_a_deadline_that_nobody_knows_is_left_alone_and_does_not_stand_in_the_way() -> None:
    work = start_deadline(
        "test.of_a_newer_version", subject="case:1", due_at=NOW, organisation=OURS, at=NOW
    )
    start(NOW)
    assert WORKER.tick(NOW) == 1
    assert models.Work.objects.get(pk=work).state == State.OPEN


def test_a_deadline_falls_with_the_transaction_that_starts_it() -> None:
    with transaction.atomic():
        start()
        transaction.set_rollback(True)
    assert not models.Work.objects.exists()


def test_lag_is_how_long_what_waits_longest_has_been_due() -> None:
    assert queries.lag(at=NOW) == timedelta()
    start(NOW)
    start(NOW - MINUTE)
    assert queries.lag(at=NOW) == MINUTE
    WORKER.tick(NOW)
    assert queries.lag(at=NOW + MINUTE) == timedelta()


def test_counts_tell_what_waits_is_due_runs_and_is_in_trouble() -> None:
    start()
    start(NOW)
    counts = queries.counts(at=NOW, actor=MACHINE)
    assert (counts.waiting, counts.due, counts.running) == (1, 1, 0)
    Script.fire = fail
    WORKER.tick(NOW)
    assert queries.counts(at=NOW, actor=MACHINE).retrying == 1
    WORKER.tick(NOW + MINUTE)
    counts = queries.counts(at=NOW, actor=MACHINE)
    assert (counts.parked, counts.retrying) == (1, 1)


def fail(_: object) -> None:
    raise Conflict("Somebody else was first.")

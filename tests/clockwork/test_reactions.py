from __future__ import annotations

import pytest
from django.db import connection, transaction

from rexian.clockwork import models
from rexian.clockwork.domain.work import Kind, State
from rexian.clockwork.services.working import Worker
from rexian.journal.domain.entries import Entry
from rexian.journal.services import record
from rexian.kernel.errors import Conflict
from tests.clockwork.performers import MACHINE, NOW, OURS, BellRung, Script

pytestmark = pytest.mark.django_db

WORKER = Worker("tests")


def ring() -> Entry:
    with transaction.atomic():
        event = BellRung(subject_id=3, organisation=OURS, tone="g")
        return record(event, actor=MACHINE, at=NOW, request="r-1")


def test_every_reaction_sees_the_entry_as_it_was_written() -> None:
    seen: list[Entry] = []
    Script.react = Script.send = seen.append
    entry = ring()
    assert WORKER.tick(NOW) == 2
    assert seen == [entry, entry]


def test_a_reaction_falls_with_the_entry_that_it_follows() -> None:
    with transaction.atomic():
        ring()
        transaction.set_rollback(True)
    assert not models.Work.objects.exists()


def test_a_reaction_runs_in_a_transaction_unless_it_leaves_the_process() -> None:
    outside = len(connection.savepoint_ids)
    inside: list[int] = []
    sent: list[int] = []
    Script.react = lambda _: inside.append(len(connection.savepoint_ids))
    Script.send = lambda _: sent.append(len(connection.savepoint_ids))
    ring()
    WORKER.tick(NOW)
    assert inside[0] > outside
    assert sent == [outside]


def test_what_a_failing_reaction_wrote_is_taken_back_and_the_other_is_not_held_up() -> None:
    def write_then_fail(entry: Entry) -> None:
        if entry.data["tone"] == "g":
            event = BellRung(subject_id=4, organisation=OURS, tone="a")
            record(event, actor=MACHINE, at=NOW)
            raise Conflict("x")

    Script.react = write_then_fail
    ring()
    WORKER.tick(NOW)
    states = models.Work.objects.order_by("name").values_list("name", "state", "attempts")
    assert list(states) == [("test.note_bell", State.OPEN, 1), ("test.send_bell", State.DONE, 1)]


def test_a_reaction_may_record_what_others_react_to() -> None:
    seen: list[object] = []

    def ring_again(entry: Entry) -> None:
        seen.append(entry.data["tone"])
        if entry.data["tone"] == "g":
            record(BellRung(subject_id=4, organisation=OURS, tone="a"), actor=MACHINE, at=entry.at)

    Script.react = ring_again
    ring()
    assert WORKER.tick(NOW) == 4
    assert seen == ["g", "a"]


def test_rows_of_reactions_name_their_organisation_and_subject() -> None:
    ring()
    rows = models.Work.objects.values_list("kind", "subject", "organisation").distinct()
    assert list(rows) == [(Kind.REACTION, "bell:3", OURS)]

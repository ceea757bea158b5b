"""Ids are handed out in one order and commit in another; nobody reads past what may still come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction

from rexian.journal.domain.entries import Entry
from rexian.journal.queries import newest_id
from rexian.journal.services import Tail, seal, verify

Light = Callable[..., Entry]

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
WRITE = (
    "INSERT INTO journal_entry (at, actor, name, subject, request, data)"
    " VALUES (now(), 'person:7', 'lamps.lamp_lit', 'lamp:1', '', '{}') RETURNING id"
)


@pytest.fixture
def others() -> Iterator[Callable[[], Any]]:
    """Return what opens another connection to a database that has several writers."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one transaction at a time")
    opened = []

    def another() -> Any:
        opened.append(connection.copy())
        opened[-1].set_autocommit(False)
        return opened[-1]

    yield another
    for one in opened:
        one.rollback()
        one.close()


def write(through: Any) -> int:
    """Write an entry through a connection, without committing it, and return its id."""
    with through.cursor() as cursor:
        cursor.execute(WRITE)
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_horizon_is_the_newest_entry_when_nobody_else_writes(light: Light) -> None:
    first = light(1)
    assert newest_id() == first.id
    with transaction.atomic():
        light(2)
        transaction.set_rollback(True)
    third = light(3)
    assert newest_id() == third.id


@pytest.mark.django_db(transaction=True)
def test_a_tail_waits_for_an_earlier_id_that_commits_later(others: Callable[[], Any]) -> None:
    tail, slow, fast = Tail(), others(), others()
    first, second = write(slow), write(fast)
    fast.commit()
    assert first < second
    assert tail.read() == ()
    assert newest_id() < first
    slow.commit()
    assert [entry.id for entry in tail.read()] == [first, second]


@pytest.mark.django_db(transaction=True)
def test_a_tail_does_not_wait_for_an_id_that_never_comes(others: Callable[[], Any]) -> None:
    tail, undone, fast = Tail(), others(), others()
    write(undone)
    second = write(fast)
    fast.commit()
    undone.rollback()
    assert [entry.id for entry in tail.read()] == [second]


@pytest.mark.django_db(transaction=True)
def test_a_tail_does_not_wait_for_a_transaction_that_writes_no_entry(
    others: Callable[[], Any],
) -> None:
    tail, idle, fast = Tail(), others(), others()
    with idle.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
    entry = write(fast)
    fast.commit()
    assert [one.id for one in tail.read()] == [entry]


@pytest.mark.django_db(transaction=True)
def test_entries_of_a_savepoint_that_was_undone_hold_up_nobody(others: Callable[[], Any]) -> None:
    tail, slow, fast = Tail(), others(), others()
    with slow.cursor() as cursor:
        cursor.execute("SAVEPOINT one")
        write(slow)
        cursor.execute("ROLLBACK TO SAVEPOINT one")
        entry = write(fast)
        fast.commit()
        assert [one.id for one in tail.read()] == [entry]
        late = write(slow)
        assert newest_id() < late
    slow.commit()
    assert [one.id for one in tail.read()] == [late]


@pytest.mark.django_db(transaction=True)
def test_a_seal_waits_for_an_earlier_id_that_commits_later(others: Callable[[], Any]) -> None:
    slow, fast = others(), others()
    write(slow)
    write(fast)
    fast.commit()
    assert seal(at=AT) == 0
    slow.commit()
    assert seal(at=AT) == 2
    assert verify().sound


@pytest.mark.django_db(transaction=True)
def test_a_tail_hands_out_everything_once_in_short_batches(light: Light) -> None:
    tail = Tail()
    written = [light(lamp).id for lamp in range(7)]
    read = [entry.id for _ in range(4) for entry in tail.read(limit=2)]
    assert read == written
    assert tail.read() == ()
    assert tail.position == written[-1]


@pytest.mark.django_db(transaction=True)
def test_a_tail_beside_four_writers_reads_everything_once_and_in_order(light: Light) -> None:
    def write_many(writer: int) -> list[int]:
        written = []
        for turn in range(40):
            with transaction.atomic():
                written += [light(writer).id for _ in range(1 + (turn + writer) % 4)]
        connections.close_all()
        return written

    tail = Tail()
    read: list[int] = []
    with ThreadPoolExecutor(4) as writers:
        under_way = [writers.submit(write_many, writer) for writer in range(4)]
        while not all(one.done() for one in under_way):
            read += [entry.id for entry in tail.read()]
    read += [entry.id for entry in tail.read()]
    written = [entry_id for one in under_way for entry_id in one.result()]
    assert read == sorted(written)

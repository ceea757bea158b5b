"""Workers are killed in the middle of their work, in real processes on the real database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from rexian.clockwork import models
from rexian.clockwork.domain.work import State
from rexian.clockwork.services import enqueue_job, start_deadline
from rexian.clockwork.services.firing import TOGETHER
from rexian.clockwork.services.working import Worker
from rexian.journal import models as journal
from tests.clockwork.performers import NOW, OURS, RingMissed, Script

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("killing")]

ROOT = Path(__file__).parents[2]
MANY = 60

Begin = Callable[..., "subprocess.Popen[str]"]


def address() -> str:
    """Return the address of this run's database, for another process."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{database['NAME']}"
    host = quote(database["HOST"], safe="")
    return f"postgresql://{database['USER']}@/{database['NAME']}?host={host}"


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Begin worker processes, and see to it that none is left."""
    begun: list[subprocess.Popen[str]] = []

    def begin_one(*arguments: object) -> subprocess.Popen[str]:
        begun.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.clockwork.killable", *map(str, arguments)],
                cwd=ROOT,
                env=os.environ | {"REXIAN_DATABASE": address()},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return begun[-1]

    yield begin_one
    for process in begun:
        process.kill()
        process.communicate()


def wait_for(process: subprocess.Popen[str], number: int) -> None:
    assert process.stdout is not None
    for _ in range(number):
        assert process.stdout.readline(), "the worker ended by itself"


def kill_in_the_middle(process: subprocess.Popen[str], number: int) -> None:
    wait_for(process, number)
    process.kill()
    process.wait()


def start_many() -> None:
    for number in range(MANY):
        start_deadline(
            "test.answer_by", subject=f"case:{number}", due_at=NOW, organisation=OURS, at=NOW
        )


def breaches() -> list[str]:
    return sorted(
        journal.Entry.objects.filter(name=RingMissed.name).values_list("subject", flat=True)
    )


def expected() -> list[str]:
    return sorted(f"ring:{number}" for number in models.Work.objects.values_list("id", flat=True))


def test_each_deadline_fires_once_when_a_worker_is_killed_in_the_middle_of_one(
    begin: Begin,
) -> None:
    start_many()
    kill_in_the_middle(begin("hold", TOGETHER + 5), TOGETHER + 5)
    assert len(breaches()) == TOGETHER, "what shared a transaction falls with it"
    assert Worker("second").tick(NOW) == MANY - TOGETHER
    assert breaches() == expected()


def test_each_deadline_fires_once_when_one_of_two_workers_is_killed(begin: Begin) -> None:
    start_many()
    killed = begin("hold", TOGETHER + 5)
    wait_for(killed, TOGETHER + 5)
    survivor = begin("go", 0)
    killed.kill()
    survivor.communicate()
    Worker("last").tick(NOW)
    assert breaches() == expected()


def test_a_job_is_run_again_when_its_worker_was_killed_and_is_done_once(begin: Begin) -> None:
    work = enqueue_job("test.count", subject="upload:1", organisation=OURS, at=NOW)
    kill_in_the_middle(begin("hold", 1), 1)
    attempts: list[int] = []
    Script.run = lambda job: attempts.append(job.attempt)
    assert Worker("second").tick(NOW + timedelta(seconds=59)) == 0
    assert Worker("second").tick(NOW + timedelta(seconds=60)) == 1
    assert attempts == [2]
    assert models.Work.objects.get(pk=work).state == State.DONE
    assert journal.Entry.objects.filter(name="clockwork.job_done").count() == 1

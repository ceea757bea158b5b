"""A worker is killed in the middle of a recording: the next one reads what nobody has read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from rexian.speech import models
from rexian.speech.domain.batches import BatchState, CallState
from tests.clockwork.test_killing import address
from tests.speech.overnight.conftest import Night, calls

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("killing")]

ROOT = Path(__file__).parents[3]
LEASE = timedelta(minutes=3)
PASSAGES = 8

Begin = Callable[[int], "subprocess.Popen[str]"]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Begin workers, and see to it that none is left."""
    begun: list[subprocess.Popen[str]] = []

    def begin_one(hold: int) -> subprocess.Popen[str]:
        begun.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.speech.overnight.killable", tmp_path, str(hold)],
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


def wait_for(process: subprocess.Popen[str], passages: int) -> None:
    assert process.stdout is not None
    for _ in range(passages):
        assert process.stdout.readline(), "the worker ended by itself"


def test_what_a_killed_worker_has_read_is_not_read_again(night: Night, begin: Begin) -> None:
    batch = night.send(calls(PASSAGES))
    night.start(batch)
    killed = begin(4)
    wait_for(killed, 4)
    killed.kill()
    killed.wait()
    row = models.Hearing.objects.get()
    assert (row.state, models.Reading.objects.count()) == (CallState.HEARING, 3)
    assert row.heard > 5
    assert night.work() == 0, "its lease has not run out"
    night.work(LEASE)
    assert night.reader.passages == PASSAGES - 3
    assert models.Reading.objects.count() == PASSAGES
    assert night.shown(batch).line.state is BatchState.DONE


def test_a_recording_is_heard_by_one_worker_though_there_are_two(
    night: Night, begin: Begin
) -> None:
    batch = night.send(calls(4, 2))
    night.start(batch)
    night.work(most=1)
    slow = begin(2)
    wait_for(slow, 2)
    night.work()
    shown = night.shown(batch)
    assert (shown.line.counts.heard, shown.line.counts.hearing) == (1, 1)
    assert night.reader.passages == 2, "only the recording that nobody hears"
    slow.communicate("")
    assert night.shown(batch).line.state is BatchState.DONE
    assert models.Reading.objects.count() == 6

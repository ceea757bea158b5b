"""Work shared among processes: in order, within bounds, and never left hanging."""

from __future__ import annotations

import itertools
import math
import operator
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import active_children

import pytest

from rexian.dialogue.adapters import processes
from rexian.dialogue.adapters.processes import work_through
from rexian.dialogue.domain.failures import WorkerLost

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def heavy(_: object) -> int:
    """Weigh everything so that a chunk holds three."""
    return 99


@pytest.fixture(params=["fork", "spawn"])
def method(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Start processes this way."""
    monkeypatch.setattr(processes, "_safe_method", lambda: request.param)
    return str(request.param)


@pytest.mark.usefixtures("method")
@pytest.mark.parametrize("count", [0, 1, 3, 100])
def test_results_come_in_the_order_of_the_items(count: int) -> None:
    results = work_through(operator.neg, range(count), jobs=3, weigh=heavy)
    assert list(results) == [-number for number in range(count)]


@pytest.mark.usefixtures("method")
def test_items_may_be_endless_and_are_taken_as_results_are_asked_for() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in itertools.count():
            taken.append(number)
            yield number

    results = work_through(operator.neg, items(), jobs=2, weigh=heavy)
    for number in range(1000):
        assert next(results) == -number
    assert len(taken) < 1050


@pytest.mark.usefixtures("method")
def test_a_worker_that_ends_before_its_time_is_an_error() -> None:
    results = work_through(os._exit, [9] * 10, jobs=2, weigh=heavy)
    with pytest.raises(WorkerLost):
        list(results)


def test_a_worker_that_is_killed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_safe_method", lambda: "fork")
    ids = work_through(_id_of_process, itertools.count(), jobs=2, weigh=heavy)
    os.kill(next(ids), signal.SIGKILL)
    with pytest.raises(WorkerLost):
        list(ids)


def _id_of_process(_: object) -> int:
    return os.getpid()


@pytest.mark.usefixtures("method")
def test_what_the_work_raises_arrives_where_results_are_read() -> None:
    results = work_through(math.sqrt, [4.0, 9.0, 16.0, 25.0, -1.0], jobs=2, weigh=heavy)
    assert list(itertools.islice(results, 3)) == [2.0, 3.0, 4.0]
    with pytest.raises(ValueError, match="math domain error"):
        list(results)


def test_what_the_items_raise_arrives_where_results_are_read(method: str) -> None:
    items = (1 // number for number in (1, 1, 0))
    with pytest.raises(ZeroDivisionError):
        list(work_through(operator.neg, items, jobs=2, weigh=heavy))
    assert method


def test_beside_other_threads_processes_are_spawned() -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(int).result()
        assert processes._safe_method() == "spawn"


PROGRAM = """
import itertools, operator, sys, time
from rexian.dialogue.adapters.processes import work_through

if __name__ == "__main__":
    items = itertools.count()
    for number in work_through(operator.neg, items, jobs=2, weigh=lambda _: 99):
        if number == -10:
            print("running", flush=True)
"""


def running() -> subprocess.Popen[str]:
    """Return a program in the midst of endless work, leader of a group of processes."""
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "running\n"
    return program


def errors_of(program: subprocess.Popen[str]) -> str:
    """Return what ``program`` complained of, once it and its workers, who share its output, end."""
    return program.communicate(timeout=30)[1]


@pytest.mark.parametrize("to_group", [True, False], ids=["from the terminal", "to it alone"])
def test_an_interrupted_program_ends_with_its_workers(to_group: bool) -> None:
    program = running()
    (os.killpg if to_group else os.kill)(program.pid, signal.SIGINT)
    errors = errors_of(program)
    assert errors.count("KeyboardInterrupt") == 1
    assert "Process" not in errors


def test_workers_do_not_outlive_a_program_that_is_killed() -> None:
    program = running()
    program.kill()
    assert errors_of(program) == ""


def test_workers_end_when_results_are_no_longer_wanted() -> None:
    results = work_through(partial(pow, 2), itertools.count(), jobs=2, weigh=heavy)
    assert next(results) == 1
    results.close()  # type: ignore[attr-defined]
    assert not active_children()

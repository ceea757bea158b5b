"""Share work among processes and keep its order: bounded in memory, and never left hanging."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, get_start_method, parent_process
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

from rexian.dialogue.domain.failures import WorkerLost

Item = TypeVar("Item")
Result = TypeVar("Result")

# A chunk of so much work (in turns) takes about 10 ms: long against its way to the worker and
# back, short enough that the last ones end together.
_CHUNK = 300
_AHEAD = 3

_work: Callable[[Any], Any]


def work_through(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int,
    weigh: Callable[[Item], int],
) -> Iterator[Result]:
    """Return the results of ``work`` in the order of ``items``, made by ``jobs`` processes.

    The processes start at once, before the caller starts threads of its own. ``work`` goes to each
    once and may keep what it learns there. ``items`` are taken as results are asked for, so they
    may be endless. Raises ``WorkerLost`` from the iterator if a process is killed.
    """
    executor = ProcessPoolExecutor(
        jobs, mp_context=safe_context(), initializer=_begin, initargs=(work,)
    )
    started = executor.submit(os.getpid)
    return _results(executor, started, _chunks(items, weigh), jobs)


def _results(
    executor: ProcessPoolExecutor,
    started: Future[int],
    chunks: Iterator[list[Any]],
    jobs: int,
) -> Iterator[Any]:
    pending: deque[Future[list[Any]]] = deque()
    try:
        started.result()
        for chunk in chunks:
            pending.append(executor.submit(_work_on, chunk))
            if len(pending) > jobs * _AHEAD:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool as error:
        message = "A process that shared the work was killed, or ran out of memory."
        raise WorkerLost(message) from error
    finally:
        executor.shutdown(cancel_futures=True)


def _chunks(items: Iterable[Item], weigh: Callable[[Item], int]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    weight = 0
    for item in items:
        chunk.append(item)
        weight += 1 + weigh(item)
        if weight >= _CHUNK:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def safe_context() -> BaseContext:
    """Return how processes are started: as the program chose, else as is safe here."""
    return get_context(get_start_method(allow_none=True) or _safe_method())


def _safe_method() -> str:
    """Return fork where nothing speaks against it, else spawn.

    A fork is ready at once and shares what is loaded, but it copies the locks of other threads as
    they happen to be, and the libraries of some systems do not bear it.
    """
    alone = threading.active_count() == 1
    return "fork" if alone and sys.platform == "linux" else "spawn"


def _begin(work: Callable[[Any], Any]) -> None:
    """Prepare a worker with the work that it is there for."""
    global _work  # noqa: PLW0603 - a process of its own, that does nothing else
    _work = work
    become_worker()


def become_worker() -> None:
    """Make this process die at once with Ctrl-C, and not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _work_on(chunk: list[Any]) -> list[Any]:
    return [_work(item) for item in chunk]

"""Share recordings among processes, each with an engine of its own, and keep their order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process

from rexian.cli.calls.hearing import Ear, Heard
from rexian.cli.calls.stopping import Stopping
from rexian.dialogue.domain.failures import WorkerLost
from rexian.speech.domain.unreadable_sound import Unreadable
from rexian.speech.services.finding import FoundCall

_AHEAD = 2
_PATIENCE = 0.3  # seconds after which it is seen that somebody asks for the end
_ear: Ear


def heard_among(
    ear: Ear, found: Iterable[FoundCall], *, jobs: int, stopping: Stopping
) -> Iterator[Heard | Unreadable]:
    """Yield what was heard, in the order of ``found``.

    Raises ``WorkerLost`` if a process is killed, ``HearingStopped`` where the end is asked for.
    Processes are started anew, not forked: the libraries of an engine have threads of their own.
    """
    executor = ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(ear,)
    )
    pending: deque[Future[Heard | Unreadable]] = deque()
    is_through = False
    try:
        for one in found:
            pending.append(executor.submit(_hear, one))
            if len(pending) >= jobs * _AHEAD:
                yield _result(pending.popleft(), stopping)
        while pending:
            yield _result(pending.popleft(), stopping)
        is_through = True
    except BrokenProcessPool as error:
        message = "A process that shared the work was killed, or ran out of memory."
        raise WorkerLost(message) from error
    finally:
        if not is_through:
            _stop()
        executor.shutdown(cancel_futures=True)


def _result(heard: Future[Heard | Unreadable], stopping: Stopping) -> Heard | Unreadable:
    """Wait for a recording to be heard; raise ``HearingStopped`` where the end is asked for."""
    while not wait([heard], timeout=_PATIENCE).done:
        stopping.heed(0.0, 0.0)
    return heard.result()


def _stop() -> None:
    """End the workers in the middle of what they hear: nobody waits for it any more."""
    for worker in active_children():
        worker.terminate()


def _begin(ear: Ear) -> None:
    """Prepare a worker: it leaves Ctrl-C to its parent, and does not outlive it."""
    global _ear  # noqa: PLW0603 - a process of its own, that does nothing else
    _ear = ear
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _hear(found: FoundCall) -> Heard | Unreadable:
    return _ear(found)

"""Processes that work on large items: one that is killed costs its item once, and no other.

Unlike ``processes``, which shares out small items in their order, each process here has one item at
a time and a pipe of its own. Whoever is gone is replaced, and its item is given to another.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Self, TypeVar

from rexian.dialogue.adapters.processes import become_worker, safe_context
from rexian.dialogue.domain.failures import WorkerLost
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark

Item = TypeVar("Item")
Result = TypeVar("Result")

_MOST_LOSSES = 3
"""An item whose process is killed so many times is given up: it may be what kills them."""


class WorkBroke(RexianError):
    """A process came upon something that nobody had thought of: a bug, or a full disk."""

    code = "archive-work-broke"


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    item: Any = None


@dataclass(slots=True)
class Pool(Generic[Item, Result]):
    """``jobs`` processes that do ``work``, begun at once, before the caller starts threads."""

    work: Callable[[Item], Result]
    jobs: int
    _workers: list[_Worker] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._workers = [self._begun() for _ in range(self.jobs)]
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._workers:
            one.pipe.close()
            one.process.kill()
        for one in self._workers:
            one.process.join()
            one.process.close()
        self._workers = []

    def through(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | RexianError]]:
        """Yield each item with what came of it, as they come, or with what kept it from coming."""
        waiting = deque(items)
        losses: dict[Item, int] = {}
        while True:
            self._give_out(waiting)
            busy = [one for one in self._workers if one.item is not None]
            if not busy:
                return
            ready = wait([one.pipe for one in busy])
            for worker in [one for one in busy if one.pipe in ready]:
                item = worker.item
                worker.item = None
                result = self._received(worker)
                if result is not None:
                    yield item, result
                    continue
                losses[item] = losses.get(item, 0) + 1
                if losses[item] < _MOST_LOSSES:
                    waiting.appendleft(item)
                else:
                    message = mark("Whoever worked on it was killed, or ran out of memory.")
                    yield item, WorkerLost(message)

    def _give_out(self, waiting: deque[Item]) -> None:
        for worker in self._workers:
            if waiting and worker.item is None:
                worker.item = waiting.popleft()
                try:
                    worker.pipe.send(worker.item)
                except OSError:
                    waiting.appendleft(worker.item)
                    worker.item = None
                    self._replace(worker)

    def _received(self, worker: _Worker) -> Any:
        """Return what a process has made; ``None`` where it is gone, and another in its place."""
        try:
            return worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return None

    def _replace(self, worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.join()
        worker.process.close()
        fresh = self._begun()
        worker.process, worker.pipe = fresh.process, fresh.pipe

    def _begun(self) -> _Worker:
        context: Any = safe_context()
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(self.work, theirs), daemon=True)
        process.start()
        theirs.close()  # else the end of the process would not be seen here
        return _Worker(process, ours)


@dataclass(frozen=True, slots=True)
class Alone(Generic[Item, Result]):
    """The process that asks, which does all of the work by itself."""

    work: Callable[[Item], Result]

    def through(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | RexianError]]:
        """Yield each item with what came of it, or with what kept it from coming."""
        for item in items:
            yield item, carried_out(self.work, item)


def _serve(work: Callable[[Any], Any], pipe: Connection) -> None:
    """Work on what comes until nothing comes any more."""
    become_worker()
    gc.freeze()  # what was there before the fork stays shared, and is no garbage
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        pipe.send(carried_out(work, item))


def carried_out(work: Callable[[Any], Any], item: Any) -> Any:
    """Return what comes of an item, or the error that keeps it from coming."""
    try:
        return work(item)
    except RexianError as error:
        return error
    except Exception as error:  # noqa: BLE001 - the edge of a process: others go on
        return WorkBroke("{problem}", problem=f"{type(error).__name__}: {error}")

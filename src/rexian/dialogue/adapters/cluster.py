"""A cluster of Dask whose workers judge: asked first whether they are the same program.

Needs the extra ``cluster``. What is worked on and what comes of it lie where all workers and this
machine reach them by the same path.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Self, TypeVar

from rexian.dialogue.adapters.archive_pool import carried_out
from rexian.dialogue.domain.failures import WorkerLost
from rexian.kernel.errors import Invalid, NotFound, RexianError
from rexian.kernel.language import mark

Item = TypeVar("Item")
Result = TypeVar("Result")

_PATIENCE = "15s"
_PACKAGE = Path(__file__).parents[2]
_JUDGES = ("standard/domain", "kernel/text", "dialogue/domain", "dialogue/adapters")


class ClusterExtraMissing(Invalid):
    """What speaks with a cluster is not installed (422)."""

    code = "cluster-extra-missing"


class NoCluster(NotFound):
    """Nobody answers at the address of a cluster, or it has no workers (404)."""

    code = "cluster-not-there"


class OtherProgram(Invalid):
    """A worker that runs another version, and might judge otherwise (422)."""

    code = "cluster-other-version"


try:
    import distributed
except ModuleNotFoundError as missing:
    raise ClusterExtraMissing(
        mark('A cluster needs the extra "cluster": pip install "rexian[cluster]".')
    ) from missing

_dask: Any = distributed


class Cluster:
    """The workers at ``address`` that do ``work``; raises ``NoCluster``, ``OtherProgram``."""

    def __init__(self, work: Callable[[Any], Any], address: str) -> None:
        self._work = work
        self._address = address

    def __enter__(self) -> Self:
        try:
            self._client = _dask.Client(self._address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise NoCluster(
                mark("No cluster answers at {address}."), address=self._address
            ) from error
        try:
            self._require_same_program()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def through(self, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield each item with what came of it, as they come, or with what kept it from coming.

        The work travels once to each worker. A worker that is gone costs what it worked on: the
        scheduler gives that to another.
        """
        work = self._client.scatter(self._work, broadcast=True, hash=False)
        program = fingerprint()
        given = {
            self._client.submit(carried_out_there, work, item, program, pure=False): item
            for item in items
        }
        for future in _dask.as_completed(given, loop=self._client.loop):
            item = given[future]
            yield item, _result_of(future)
            future.release()

    def _require_same_program(self) -> None:
        """Raise where a worker has no Rexian, another version, or other code under that version.

        The first question is one that a worker without Rexian can answer too.
        """
        here = metadata.version("rexian")
        there = self._client.run(metadata.version, "rexian", on_error="return")
        if not there:
            raise NoCluster(mark("The cluster at {address} has no workers."), address=self._address)
        for worker, found in sorted(there.items()):
            if found != here:
                told = found if isinstance(found, str) else "-"
                raise _other(worker, told, here)
        for worker, found in sorted(self._client.run(fingerprint, on_error="return").items()):
            if isinstance(found, BaseException):
                raise OtherProgram(
                    mark("The worker {worker} lacks what the extra {extra} brings."),
                    worker=worker,
                    extra="cluster",
                ) from found
            if found != fingerprint():
                raise _other(worker, f"{here} ({found[:8]})", f"{here} ({fingerprint()[:8]})")


@cache
def fingerprint() -> str:
    """Return what tells the code that judges, and the Python that runs it, from any other."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for folder in _JUDGES:
        for path in sorted((_PACKAGE / folder).rglob("*.py")):
            digest.update(path.relative_to(_PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _other(worker: str, found: str, here: str) -> OtherProgram:
    return OtherProgram(
        mark("The worker {worker} has Rexian {found}, and this is {here}: install the same there."),
        worker=worker,
        found=found,
        here=here,
    )


def carried_out_there(work: Callable[[Any], Any], item: Any, program: str) -> Any:
    """Carry out what was asked for, unless this worker joined later and is another program."""
    if fingerprint() != program:
        return _other(_dask.get_worker().address, fingerprint()[:8], program[:8])
    return carried_out(work, item)


def _result_of(future: Any) -> Any:
    if future.status == "finished":
        return future.result()
    problem = future.exception() if future.status == "error" else None
    if problem is None or isinstance(problem, _dask.KilledWorker):
        return WorkerLost(mark("Whoever worked on it was killed, or ran out of memory."))
    found: RexianError = (
        problem if isinstance(problem, RexianError) else WorkerLost("{problem}", problem=problem)
    )
    return found

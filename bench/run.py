"""Measure speed in one run, as rates and as ratios to what a user would pick instead.

``make bench``: to the screen and, between its marks, to ``docs/reference/performance.md``.
"""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent))

import chats
import desks
import engine
import matching
import program
from material import conversations
from measure import Figure

import cases
import clockwork
import live
from rexian.standard.domain import load

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def main() -> None:
    """Run every measurement and show what came out."""
    spoken = conversations()
    figures = [
        *engine.figures(spoken),
        *matching.figures(spoken),
        *program.figures(spoken),
        *clockwork.figures(),
        *live.figures(),
        *desks.figures(),
        *chats.figures(),
        *cases.figures(),
    ]
    _show(figures)
    _write(figures)


def _show(figures: list[Figure]) -> None:
    table = Table("what", "measured", "wanted", "", title=_heading())
    for one in figures:
        table.add_row(one.what, one.measured, one.wanted, "yes" if one.reached else "NO")
    Console().print(table)


def _write(figures: list[Figure]) -> None:
    """Put the figures between the marks of the page, where there is the page."""
    if not PAGE.exists():
        return
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    rows = "\n".join(
        f"| {one.what} | {one.measured} | {one.wanted} | {'yes' if one.reached else 'no'} |"
        for one in figures
    )
    table = f"\n{_heading()}\n\n| what | measured | wanted | reached |\n|---|---|---|---|\n{rows}\n"
    PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


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

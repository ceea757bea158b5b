"""How far a replay has come, and how long it will still take, on the terminal of whoever waits."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from rexian.cli.terminal import Terminal

_LOOKS_BACK = 60.0
"""The seconds whose pace the estimate goes by."""


class Rows:
    """A bar over the rows of an archive; it is gone when the work is done."""

    def __init__(self, terminal: Terminal, total: int) -> None:
        self._wanted = terminal.errors.is_terminal and total > 0
        self._shown = Progress(
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=terminal.errors,
            transient=True,
            speed_estimate_period=_LOOKS_BACK,
        )
        self._task = self._shown.add_task("", total=total)

    def __enter__(self) -> Self:
        if self._wanted:
            self._shown.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown.live.is_started:
            self._shown.stop()

    def advance(self, rows: int) -> None:
        """Count so many rows more."""
        self._shown.advance(self._task, rows)

"""How far a long command has come, on the terminal of whoever waits, and nowhere else."""

from __future__ import annotations

from time import monotonic
from types import TracebackType
from typing import Self

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from rexian.cli.terminal import Terminal
from rexian.kernel.language import translate_count

_PATIENCE = 0.7  # seconds; what is over sooner needs no progress


class Headway:
    """A line that counts conversations while they pass; it is gone when the work is done."""

    def __init__(self, terminal: Terminal) -> None:
        self._language = terminal.language
        self._begun_at = monotonic()
        self._passed = 0
        self._wanted = terminal.errors.is_terminal
        self._shown = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=terminal.errors,
            transient=True,
        )
        self._task = self._shown.add_task("", total=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown.live.is_started:
            self._shown.stop()

    def advance(self) -> None:
        """Count one conversation more."""
        self._passed += 1
        if not self._wanted:
            return
        if not self._shown.live.is_started and monotonic() - self._begun_at > _PATIENCE:
            self._shown.start()
        self._shown.update(self._task, description=self._sentence())

    def _sentence(self) -> str:
        return translate_count(
            "{count} conversation", "{count} conversations", self._passed, self._language
        )

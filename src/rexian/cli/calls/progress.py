"""How far the hearing of recordings has come: seconds of sound done, and when the rest will be."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark
from rexian.reports.inspection.figures import minutes

_PATIENCE = 2.0  # seconds; what is over sooner needs no progress
_TELLING = 20.0  # seconds of sound heard, from which an estimate is better than none


class HearingProgress:
    """A bar over the seconds of all recordings; gone when the work is done.

    The estimate is what was heard so far in the time that it took: recordings that were kept from
    before count as no work in either.
    """

    def __init__(self, terminal: Terminal, total: float) -> None:
        self._terminal = terminal
        self._total = max(total, 0.01)
        self._begun_at = monotonic()
        self._done = 0.0
        self._skipped = 0.0
        self._wanted = terminal.errors.is_terminal
        self._shown = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("{task.fields[rest]}"),
            console=terminal.errors,
            transient=True,
        )
        self._task = self._shown.add_task("", total=self._total, rest="")

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

    def within(self, done: float, _total: float) -> None:
        """Show how far the recording at hand has come."""
        self._show(self._done + done)

    def past(self, seconds: float, *, was_kept: bool) -> None:
        """Count a recording that is through."""
        self._done += seconds
        self._skipped += seconds if was_kept else 0.0
        self._show(self._done)

    def _show(self, done: float) -> None:
        if not self._wanted:
            return
        waited = monotonic() - self._begun_at
        if not self._shown.live.is_started:
            if waited < _PATIENCE:
                return
            self._shown.start()
        told = self._terminal.say(
            mark("heard {done} of {total}"), done=minutes(done), total=minutes(self._total)
        )
        rest = self.rest(done, waited)
        left = (
            "" if rest is None else self._terminal.say(mark("about {time} left"), time=_short(rest))
        )
        self._shown.update(self._task, completed=done, description=told, rest=left)

    def rest(self, done: float, waited: float) -> timedelta | None:
        """Return how long the rest will take at the pace so far; ``None`` before one can tell."""
        heard = done - self._skipped
        if heard < _TELLING or waited <= 0:
            return None
        return timedelta(seconds=max(0.0, self._total - done) * waited / heard)


def _short(time: timedelta) -> str:
    return minutes(time.total_seconds())

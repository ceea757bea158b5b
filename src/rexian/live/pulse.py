"""One clock for all streams of a process: who has been quiet for long, and whose reader is stuck.

A timer for each wait and each write of each stream costs three times as much as all else that is
done to tell somebody of a change.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Line:
    """A stream's connection, and since when it is as it is: quiet, or writing something."""

    task: asyncio.Task[Any]
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    since: float = field(default_factory=time.monotonic)
    is_writing: bool = False
    is_due: bool = False
    is_stuck: bool = False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let the pulse know that something is being written."""
        self.since, self.is_writing = time.monotonic(), True
        yield
        self.since, self.is_writing = time.monotonic(), False

    def look(self, now: float, heartbeat: float, patience: float) -> None:
        """Have a line that is quiet say something, and end the task of one that is stuck."""
        if self.is_writing:
            if now - self.since > patience and not self.is_stuck:
                self.is_stuck = True
                self.task.cancel()
        elif now - self.since > heartbeat:
            self.is_due = True
            self.woken.set()


class Pulse:
    """Looks at all lines again and again, while there are any."""

    def __init__(self, heartbeat: float, patience: float) -> None:
        self._heartbeat = heartbeat
        self._patience = patience
        self._lines: set[Line] = set()
        self._beating: asyncio.Task[None] | None = None

    @contextmanager
    def line(self) -> Iterator[Line]:
        """Look at the line of the current task as long as it is open."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("A stream is written in a task.")
        line = Line(task)
        self._lines.add(line)
        if self._beating is None or self._beating.done():
            self._beating = asyncio.get_running_loop().create_task(self._beat())
        try:
            yield line
        finally:
            self._lines.discard(line)

    async def _beat(self) -> None:
        pause = min(1.0, self._heartbeat / 4, self._patience / 4)
        while self._lines:
            await asyncio.sleep(pause)
            now = time.monotonic()
            for line in tuple(self._lines):
                line.look(now, self._heartbeat, self._patience)

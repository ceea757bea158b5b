"""End a long hearing by Ctrl-C so that what was done is still judged and reported."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Self


class HearingStopped(Exception):
    """The hearing of a recording was given up, since somebody asked for the end."""


class Stopping:
    """Heeds the first Ctrl-C while it is entered; a second one stops the command at once."""

    def __init__(self) -> None:
        self.asked = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def heed(self, _done: float, _total: float) -> None:
        """Raise ``HearingStopped`` where the end was asked for, in the middle of a recording."""
        if self.asked:
            raise HearingStopped

    def _note(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

"""The people who are not real, in a process of their own, for as long as the server runs."""

from __future__ import annotations

import subprocess
import sys
from types import TracebackType
from typing import Self

GRACE = 2.0


class Simulation:
    """A process of ``rexian simulate`` at an address; nothing at all where there is none.

    It ends with the server, however the server ends: it reads from us until we are gone.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Have them begin."""
        if self._url:
            command = [sys.executable, "-m", "rexian", "simulate", "--url", self._url, "--attached"]
            self._process = subprocess.Popen(  # noqa: S603 - this very program
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
            )

    def stop(self) -> None:
        """Have them end."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

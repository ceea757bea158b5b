"""A worker in a process of its own that hears recordings, and stands still in the middle of one.

Run as ``python -m tests.speech.overnight.killable HOME PASSAGE``: it tells its parent of every
passage that it is given to read, and never answers the one of that number (0: it answers all).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - needs the settings

from rexian.clockwork.domain.handlers import job  # noqa: E402
from rexian.clockwork.domain.running import RunningJob  # noqa: E402
from rexian.clockwork.services.working import Worker  # noqa: E402
from rexian.speech import jobs  # noqa: E402
from rexian.speech.domain.heard import Word  # noqa: E402
from rexian.speech.services.overnight_hearing import hear_ordered  # noqa: E402
from rexian.speech.services.overnight_orders import READ  # noqa: E402
from tests.cast import NOW  # noqa: E402
from tests.speech.overnight.sounds import Reader, Samples  # noqa: E402

settings.CONFIGURATION = replace(settings.CONFIGURATION, home=Path(sys.argv[1]))
HOLD = int(sys.argv[2])


class Slow(Reader):
    """Tells of a passage before it reads it, and may stand still there."""

    def read(self, passage: Samples, *, hints: Sequence[str] = ()) -> Sequence[Word]:
        """Read a passage, or never."""
        words = super().read(passage, hints=hints)
        sys.stdout.write(f"{self.passages}\n")
        sys.stdout.flush()
        if self.passages == HOLD:
            sys.stdin.read()
        return words


@job(READ, lease=jobs.LEASE, retry=jobs.PATIENTLY)
def read(running: RunningJob) -> None:
    """Hear a recording."""
    hear_ordered(running, recogniser=Slow(), engine="counting")


Worker("killable").tick(NOW)

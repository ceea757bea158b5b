"""A job as its handler sees it while it runs, and what may end it from outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol


class Interrupted(Exception):
    """Raised in a job whose worker is stopping: it goes back untouched, no attempt is counted."""


class LeaseLost(Exception):
    """Raised in a job that another worker has taken up meanwhile: whatever it does is void."""


class RunningJob(Protocol):
    """A job under way: outside any transaction, at least once, hence idempotent.

    Its ``id`` stays the same when it is run again after its worker was killed.
    """

    @property
    def id(self) -> int:
        """The number under which ``enqueue_job`` answered."""

    @property
    def name(self) -> str:
        """The name of the handler."""

    @property
    def subject(self) -> str:
        """What the job is about, as ``upload:5``."""

    @property
    def organisation(self) -> int | None:
        """Whose job it is; ``None`` for the installation's own."""

    @property
    def data(self) -> Mapping[str, Any]:
        """Ids and codes that were given when it was enqueued."""

    @property
    def due_at(self) -> datetime:
        """When it was to begin."""

    @property
    def attempt(self) -> int:
        """How often it has been begun, this time included."""

    @property
    def stopping(self) -> bool:
        """Tell whether the job is to end soon: its worker stops, or has lost it."""

    def now(self) -> datetime:
        """Return the instant by the worker's clock."""

    def progress(self, done: int, total: int) -> None:
        """Say how far the job is; cheap, so say it often. ``total`` 0 means that nobody knows.

        Raises ``Interrupted`` or ``LeaseLost`` when the job is to end: let it pass.
        """

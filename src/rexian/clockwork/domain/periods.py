"""When a periodic task runs next."""

from __future__ import annotations

from datetime import datetime, timedelta


def next_run(due_at: datetime, *, every: timedelta, now: datetime) -> datetime:
    """Return the first instant after ``now`` on the grid of ``due_at`` and ``every``.

    Runs that were missed while nobody worked are not made up for: they never pile up. A clock that
    was set back brings the grid with it.
    """
    if due_at > now + every:
        return now + every
    return due_at + every * max(1, (now - due_at) // every + 1)

"""Kinds of work, the states it passes through, and what is due as its handler sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class Kind(StrEnum):
    """What makes work due: an instant, an entry of the journal, somebody's order, or its period."""

    DEADLINE = "deadline"
    REACTION = "reaction"
    JOB = "job"
    PERIODIC = "periodic"


class State(StrEnum):
    """Where work stands; only what is open has an instant at which it wants attention.

    open -> done | parked | stopped, parked -> open (released) | stopped (dropped).
    """

    OPEN = "open"
    DONE = "done"
    PARKED = "parked"
    STOPPED = "stopped"


class Lane(IntEnum):
    """Who must not wait for whom: work of one lane is never behind work of another.

    ``PROMPT`` runs in the transaction that ends it, ``ERRANDS`` leave the process for a moment
    (mail, webhooks, periodic tasks), ``JOBS`` may take hours.
    """

    PROMPT = 0
    ERRANDS = 1
    JOBS = 2


class Priority(IntEnum):
    """Which of the jobs that are due goes first."""

    HIGH = 0
    NORMAL = 1
    LOW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Work that is handed to its handler: ``due_at`` is the instant that counts, ``at`` is now.

    ``attempt`` is 1 the first time. Whatever happened at the deadline is dated ``due_at``.
    """

    id: int
    name: str
    subject: str
    organisation: int | None
    due_at: datetime
    at: datetime
    attempt: int
    data: Mapping[str, Any] = field(default_factory=dict)
    explanation: Mapping[str, Any] = field(default_factory=dict)

"""What the clockwork records: the course of jobs, and what was parked, released or dropped.

That work was begun or came due is told by the events of its own context, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgressed(Event):
    """A job said how far it is; at most once a second. ``about`` is the job's own subject."""

    name: ClassVar[str] = "clockwork.job_progressed"
    noun: ClassVar[str] = "work"
    work: str
    about: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDone(Event):
    """A job came to its end."""

    name: ClassVar[str] = "clockwork.job_done"
    noun: ClassVar[str] = "work"
    work: str
    about: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkParked(Event):
    """Work failed for the last time; ``error`` is the class of what was raised."""

    name: ClassVar[str] = "clockwork.work_parked"
    noun: ClassVar[str] = "work"
    work: str
    about: str
    attempts: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkReleased(Event):
    """An administrator had parked work tried anew."""

    name: ClassVar[str] = "clockwork.work_released"
    noun: ClassVar[str] = "work"
    work: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDropped(Event):
    """An administrator gave parked work up: it will never be done."""

    name: ClassVar[str] = "clockwork.work_dropped"
    noun: ClassVar[str] = "work"
    work: str
    about: str

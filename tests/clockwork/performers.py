"""Handlers and events of the tests: what they do is an entry, or whatever a test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from rexian.clockwork.domain.handlers import deadline, job, periodic
from rexian.clockwork.domain.reactions import reaction
from rexian.clockwork.domain.retries import Retry
from rexian.clockwork.domain.running import RunningJob
from rexian.clockwork.domain.work import Due
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.events import Event
from rexian.journal.services import record
from rexian.kernel.authority import Actor

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OURS, THEIRS = 7, 8
MACHINE = Actor.system("tests")
ADMINISTRATOR = Actor("person:1", OURS, 1, {"clockwork.tend": frozenset({"/7/"})})
STRANGER = Actor("person:2", THEIRS, 2, {"clockwork.tend": frozenset({"/8/"})})
AGENT = Actor("person:3", OURS, 3, {"standard.read": frozenset({"/7/"})})

TWICE = Retry(attempts=2, first=timedelta(seconds=10), longest=timedelta(minutes=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class RingMissed(Event):
    """A telephone rang for too long; breaches are dated at their deadline."""

    name: ClassVar[str] = "test_clockwork.ring_missed"
    noun: ClassVar[str] = "ring"


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRung(Event):
    """Something happened that others react to."""

    name: ClassVar[str] = "test_clockwork.bell_rung"
    noun: ClassVar[str] = "bell"
    tone: str = "c"


class Script:
    """What the performers do, set by a test and forgotten after it."""

    fire: Callable[[Due], None] | None = None
    run: Callable[[RunningJob], None] | None = None
    tick: Callable[[RunningJob], None] | None = None
    react: Callable[[Entry], None] | None = None
    send: Callable[[Entry], None] | None = None

    @classmethod
    def forget(cls) -> None:
        """Have every performer do nothing again."""
        cls.fire = cls.run = cls.tick = cls.react = cls.send = None


@deadline("test.answer_by", retry=TWICE, title="Answer in time")
def miss_ring(due: Due) -> None:
    """Record the breach at its deadline, then do what the test says."""
    event = RingMissed(subject_id=due.id, organisation=due.organisation)
    record(event, actor=MACHINE, at=due.due_at)
    if Script.fire:
        Script.fire(due)


@job("test.count", lease=timedelta(seconds=60), retry=TWICE, title="Count")
def count(running: RunningJob) -> None:
    """Do what the test says."""
    if Script.run:
        Script.run(running)


@periodic("test.sweep", every=timedelta(minutes=10), title="Sweep")
def sweep(running: RunningJob) -> None:
    """Do what the test says."""
    if Script.tick:
        Script.tick(running)


@reaction(BellRung, name="test.note_bell")
def note_bell(entry: Entry) -> None:
    """Do what the test says, in the transaction."""
    if Script.react:
        Script.react(entry)


@reaction(BellRung, name="test.send_bell", outside=timedelta(seconds=30))
def send_bell(entry: Entry) -> None:
    """Do what the test says, outside of any transaction."""
    if Script.send:
        Script.send(entry)

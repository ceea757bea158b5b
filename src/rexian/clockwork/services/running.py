"""Run jobs, errands and periodic tasks: outside of transactions, under a lease that is renewed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from rexian.clockwork import models
from rexian.clockwork.domain.handlers import Handler, handler_named
from rexian.clockwork.domain.running import Interrupted, LeaseLost
from rexian.clockwork.domain.work import Kind, Lane
from rexian.clockwork.events import JobDone, JobProgressed
from rexian.clockwork.ports import Attempt, Clock, Outcome
from rexian.clockwork.services import claiming
from rexian.clockwork.services.observing import observe
from rexian.journal.services import record

TOLD_EVERY = 1.0
"""Seconds between two entries about the progress of a job."""


class Run:
    """One attempt at a job: what its handler sees (``RunningJob``), and the lease behind it."""

    def __init__(self, work: models.Work, handler: Handler, clock: Clock) -> None:
        self._work = work
        self._handler = handler
        self._clock = clock
        self._done, self._total = work.done, work.total
        self._begun_at, self._begun = clock.now(), clock.monotonic()
        self._told = self._renewed = self._begun
        self._stopping = threading.Event()
        self._lost = threading.Event()

    @property
    def id(self) -> int:
        """The number of the row."""
        return self._work.id

    @property
    def name(self) -> str:
        """The name of the handler."""
        return self._work.name

    @property
    def subject(self) -> str:
        """What the job is about."""
        return self._work.subject

    @property
    def organisation(self) -> int | None:
        """Whose job it is."""
        return self._work.organisation

    @property
    def data(self) -> Mapping[str, Any]:
        """Ids and codes that were given when it was enqueued."""
        return dict(self._work.data)

    @property
    def due_at(self) -> datetime:
        """When it was to begin."""
        return self._work.due_at

    @property
    def attempt(self) -> int:
        """How often it has been begun."""
        return self._work.attempts

    @property
    def stopping(self) -> bool:
        """Tell whether the job is to end soon."""
        return self._stopping.is_set() or self._lost.is_set()

    def now(self) -> datetime:
        """Return the instant by the worker's clock."""
        return self._clock.now()

    def progress(self, done: int, total: int) -> None:
        """Keep how far the job is, and tell the journal at most once a second."""
        if self._stopping.is_set():
            raise Interrupted
        if self._lost.is_set():
            raise LeaseLost
        self._done, self._total = done, total
        if self._clock.monotonic() - self._told >= TOLD_EVERY:
            self._tell()

    def stop(self) -> None:
        """Ask the job to end soon: its worker is stopping."""
        self._stopping.set()

    def renew(self) -> None:
        """Renew the lease once a third of it is over, so that two renewals may fail."""
        if self._lost.is_set() or self._clock.monotonic() < self._renewed + self._third:
            return
        if claiming.renew(self._work, self._handler, now=self._clock.now()):
            self._renewed = self._clock.monotonic()
        else:
            self._lost.set()

    def call(self) -> Outcome:
        """Run the handler to its end, and write down how it ended."""
        outcome = self._called()
        observe(
            Attempt(
                kind=Kind(self._work.kind),
                name=self.name,
                outcome=outcome,
                lag=max(self._begun_at - self.due_at, timedelta()),
                took=timedelta(seconds=self._clock.monotonic() - self._begun),
            )
        )
        return outcome

    def give_back(self) -> Outcome:
        """Let another worker have it at once; whatever this one still does is void."""
        ours = claiming.give_back(self._work, now=self._clock.now())
        self._lost.set()
        return Outcome.INTERRUPTED if ours else Outcome.LOST

    @property
    def _third(self) -> float:
        return self._handler.lease.total_seconds() / 3

    def _called(self) -> Outcome:
        try:
            if self._handler.run is not None:
                self._handler.run(self)
        except Interrupted:
            return self.give_back()
        except LeaseLost:
            return Outcome.LOST
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is why it failed
            return claiming.fail(self._work, self._handler, error, now=self._clock.now())
        return self._end()

    def _end(self) -> Outcome:
        at = self._clock.now()
        with transaction.atomic():
            if not claiming.finish(self._work, self._handler, now=at):
                return Outcome.LOST
            if self._work.kind == Kind.JOB:
                self._keep_progress()
                record(JobDone(**self._particulars()), actor=claiming.WORKER, at=at)
        return Outcome.DONE

    def _tell(self) -> None:
        at = self._clock.now()
        with transaction.atomic():
            if not claiming.renew(self._work, self._handler, now=at):
                self._lost.set()
                raise LeaseLost
            self._keep_progress()
            if self._work.kind == Kind.JOB:
                record(JobProgressed(**self._particulars()), actor=claiming.WORKER, at=at)
        self._told = self._renewed = self._clock.monotonic()

    def _keep_progress(self) -> None:
        models.Work.objects.filter(pk=self.id).update(done=self._done, total=self._total)

    def _particulars(self) -> dict[str, Any]:
        return {
            "subject_id": self.id,
            "organisation": self.organisation,
            "work": self.name,
            "about": self.subject,
            "done": self._done,
            "total": self._total,
        }


def take_next(lane: Lane, clock: Clock, *, worker: str) -> Run | None:
    """Claim the next job or errand that is due; ``None`` if there is none."""
    while True:
        now = clock.now()
        with transaction.atomic():
            work = next(iter(claiming.pick(lane, now)), None)
            handler = handler_named(work.name) if work else None
            if work is None or handler is None:
                return None
            if claiming.claim(work, handler, worker=worker, now=now):
                return Run(work, handler, clock)

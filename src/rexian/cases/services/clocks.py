"""Start, stop, pause, extend and fire the clocks of a case; the next thing they do is one deadline.

However many clocks a case has, it is one row of the clockwork: the instant of the next warning,
breach or rung. Cost follows what is due, not what runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rexian.cases import events, models
from rexian.cases.domain.clocks import (
    BREACH,
    Happening,
    happenings,
    reckon,
    span_of,
    started_by,
    stopped_by,
)
from rexian.cases.services.alerting import tell_people
from rexian.cases.services.stepping import MACHINE, NewStep, about, add_step
from rexian.clockwork.services import start_deadline, stop_deadline
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.explanations import DueAt, as_records
from rexian.kernel.calendar.span_descriptions import describe_span, read_span
from rexian.kernel.calendar.spans import Pause
from rexian.prepared import insert
from rexian.standard.domain.flows import OVER, TAKEN, Flow
from rexian.standard.domain.pack.casework import ClockSpec

FIRES = "cases.clock"


@dataclass(slots=True)
class Clocks:
    """The running clocks of a case that is held; ``settle`` writes down what became of them."""

    row: models.Case
    flow: Flow
    calendar: Calendar
    actor: Actor
    at: datetime
    running: list[models.Clock] = field(default_factory=list)
    _changed: dict[int, models.Clock] = field(default_factory=dict)
    _new: list[models.Clock] = field(default_factory=list)

    @classmethod
    def of(
        cls, row: models.Case, *, flow: Flow, calendar: Calendar, actor: Actor, at: datetime
    ) -> Clocks:
        """Return the clocks of a case that run."""
        running = models.Clock.objects.filter(case=row, stopped_at=None).order_by("pk")
        return cls(row, flow, calendar, actor, at, list(running))

    def begin(self, *, due_at: datetime | None = None) -> None:
        """Start what the taking of a case starts; the event of taking tells of it."""
        for spec in started_by(self.flow, TAKEN):
            self._start(spec, due_at)

    def move(self, move: str, *, due_at: datetime | None = None) -> None:
        """Stop what a move stops, start what it starts; ``due_at`` is what somebody asked for."""
        stops = stopped_by(self.flow, move)
        self.stop(one for one in self.running if one.clock in stops)
        running = {one.clock for one in self.running}
        for spec in started_by(self.flow, move):
            if spec.id in running:
                continue
            made = self._start(spec, due_at)
            if made is not None:
                due = made.due_at.isoformat()
                self._note(events.ClockStarted(**about(self.row), clock=spec.id, due_at=due))

    def stop(self, clocks: Iterable[models.Clock]) -> None:
        """Stop clocks: they have been met, or do not matter any more."""
        for one in list(clocks):
            one.stopped_at = self.at
            self.running.remove(one)
            self._change(one)
            late = one.due_at < self.at
            self._note(events.ClockStopped(**about(self.row), clock=one.clock, late=late))

    def follow(self, before: str, after: str) -> None:
        """Have clocks stand still or go on with the state, and stop where the case is over."""
        if self.flow.standing(after) in OVER:
            self.stop(list(self.running))
            return
        waited, waits = (self.flow.standing(one) == "waiting" for one in (before, after))
        for one in self.running:
            spec = self.flow.clocks.get(one.clock)
            if waits and not waited and not (spec and spec.runs_on):
                one.paused_at = self.at
                self._change(one)
            elif waited and not waits and one.paused_at is not None:
                self._resume(one, one.paused_at)

    def extend(self, until: datetime) -> None:
        """Have the first hard clock that runs be due at a later instant, as was approved."""
        hard = [one for one in self.running if not one.soft and one.paused_at is None]
        if hard:
            one = min(hard, key=lambda each: each.due_at)
            one.extended_to = until
            self._due(one, until, "extended", None)

    def reckon_anew(self, why: str) -> None:
        """Reckon the clocks that run again, from their start: the class of the case has changed."""
        for one in self.running:
            spec = self.flow.clocks.get(one.clock)
            if spec is None or one.asked_for or one.extended_to:
                continue
            span = span_of(
                spec, case_class=self.row.case_class, customer_class=self.row.customer_class
            )
            if span is None:
                continue
            one.span = describe_span(span)
            self._change(one)
            if one.paused_at is None:  # else it is reckoned when it goes on
                reached = reckon(one.started_at, span, self.calendar, _pauses(one))
                self._due(one, reached.at, why, reached)

    def follow_calendar(self, why: str) -> bool:
        """Reckon by the calendar as it is now what has not fallen due; tell whether any changed.

        What has run out stays so, and so does an instant that would be over already: whoever has
        the case was told the other one.
        """
        for one in self.running:
            if one.asked_for or one.extended_to or one.paused_at or one.due_at <= self.at:
                continue
            reached = reckon(one.started_at, read_span(one.span), self.calendar, _pauses(one))
            if self.at < reached.at != one.due_at:
                self._due(one, reached.at, why, reached)
                told = {"clock": one.clock, "why": why, "due_at": reached.at.isoformat()}
                add_step(self.row, NewStep(kind="clock", effect="moved", data=told), self.at)
                continue
            explained = _explained(reached)
            if reached.at != one.due_at:
                explained |= {"day": one.explanation["day"], "steps": one.explanation["steps"]}
            if explained != one.explanation:
                one.explanation = explained
                self._change(one)
        return bool(self._changed)

    def first_due(self) -> datetime | None:
        """Return when the first running clock is due that is no mere target."""
        due = [one.due_at for one in self.running if not one.soft and one.paused_at is None]
        return min(due, default=None)

    def settle(self) -> None:
        """Write down the clocks, when the case is due, and what the clockwork is to wake us for.

        The caller saves ``due_at`` and ``work`` of the case.
        """
        for one in self._changed.values():
            one.save()
        for one in self._new:
            insert(one)
        self.row.due_at = self.first_due()
        self._wake()
        self._changed, self._new = {}, []

    def fire(self) -> None:
        """Do everything that is due by ``at``, and wait for the next."""
        stopped = models.Clock.objects.filter(case=self.row).exclude(stopped_at=None)
        for clock in (*self.running, *stopped.order_by("pk")):
            spec = self.flow.clocks.get(clock.clock)
            for one in happenings(spec, clock.due_at, self.calendar) if spec else ():
                if spec and one.what not in clock.told and self._has_come(clock, one):
                    self._happen(clock, spec, one)
        self.settle()

    def _has_come(self, clock: models.Clock, one: Happening) -> bool:
        """Tell whether something has come to pass.

        What fell due before a clock was stopped has, also where nobody had come to it by then.
        """
        ended_at = clock.stopped_at or clock.paused_at
        return one.at < ended_at if ended_at else one.at <= self.at

    def _happen(self, clock: models.Clock, spec: ClockSpec, one: Happening) -> None:
        clock.told = [*clock.told, one.what]
        if one.what == BREACH:
            clock.breached_at = one.at
            if not spec.soft and self.row.breached_at is None:
                self.row.breached_at = one.at
            breached = events.CaseBreached(**about(self.row), clock=spec.id, soft=spec.soft)
            record(breached, actor=MACHINE, at=one.at)
        step = NewStep(kind="clock", effect=one.what, data={"clock": spec.id})
        add_step(self.row, step, one.at)
        tell_people(self.row, spec, one, self.calendar)
        self._change(clock)

    def _start(self, spec: ClockSpec, due_at: datetime | None) -> models.Clock | None:
        """Start a clock; without a span and an instant asked for, there is nothing to run."""
        asked = due_at if spec.asked else None
        span = span_of(spec, case_class=self.row.case_class, customer_class=self.row.customer_class)
        if span is None and asked is None:
            return None
        reached = None if span is None or asked else reckon(self.at, span, self.calendar)
        clock = models.Clock(
            case=self.row,
            clock=spec.id,
            round=self.row.round,
            soft=spec.soft,
            span={} if span is None or asked else describe_span(span),
            asked_for=asked is not None,
            started_at=self.at,
            due_at=asked or (reached.at if reached else self.at),
            explanation=_explained(reached),
        )
        self._new.append(clock)
        self.running.append(clock)
        return clock

    def _resume(self, one: models.Clock, paused_at: datetime) -> None:
        stood = Pause(paused_at, self.at)
        one.pauses = [*one.pauses, [stood.begins_at.isoformat(), stood.ends_at.isoformat()]]
        one.paused_at = None
        if one.span and not one.extended_to:
            reached = reckon(one.started_at, read_span(one.span), self.calendar, _pauses(one))
            self._due(one, reached.at, "resumed", reached)
        else:  # what was named or extended moves by as long as it stood still
            later = (one.extended_to or one.due_at) + (stood.ends_at - stood.begins_at)
            one.extended_to = later if one.extended_to else None
            self._due(one, later, "resumed", None)

    def _due(self, one: models.Clock, due_at: datetime, why: str, reached: DueAt | None) -> None:
        one.due_at = due_at
        one.explanation = _explained(reached) if reached else {**one.explanation, "why": why}
        if due_at > self.at:
            one.told = []  # what was told for an earlier instant is told again for the new one
        self._change(one)
        moved = events.ClockMoved(
            **about(self.row), clock=one.clock, due_at=due_at.isoformat(), why=why
        )
        self._note(moved)

    def _wake(self) -> None:
        """Have the clockwork wake us for the next thing that a clock does."""
        ahead = [one for clock in self.running for one in self._ahead(clock)]
        if self.row.work is not None:
            stop_deadline(self.row.work, at=self.at)
            self.row.work = None
        if ahead:
            due_at, clock = min(ahead, key=lambda one: one[0])
            self.row.work = start_deadline(
                FIRES,
                subject=f"case:{self.row.pk}",
                due_at=due_at,
                organisation=self.row.organisation_id,
                at=self.at,
                data={"case": self.row.pk},
                explanation={"clock": clock.clock, **clock.explanation},
            )

    def _ahead(self, clock: models.Clock) -> list[tuple[datetime, models.Clock]]:
        spec = self.flow.clocks.get(clock.clock)
        if spec is None or clock.paused_at is not None:
            return []
        coming = happenings(spec, clock.due_at, self.calendar)
        return [(one.at, clock) for one in coming if one.what not in clock.told]

    def _change(self, one: models.Clock) -> None:
        if one.pk is not None:
            self._changed[one.pk] = one

    def _note(self, event: events.CaseEvent) -> None:
        record(event, actor=self.actor, at=self.at)


def _explained(reached: DueAt | None) -> dict[str, Any]:
    if reached is None:
        return {}
    return {
        "day": reached.day.isoformat(),
        "steps": as_records(reached.explanation),
        "unpublished": list(reached.unpublished),
        "provisional": reached.provisional,
    }


def _pauses(one: models.Clock) -> list[Pause]:
    read = datetime.fromisoformat
    return [Pause(read(begins), read(ends)) for begins, ends in one.pauses]

"""When a clock of a case is due, what it does before and after, and what moves do to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from rexian.cases.domain.standing import CaseStanding
from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.explanations import DueAt
from rexian.kernel.calendar.instants import instant_at, local_day
from rexian.kernel.calendar.spans import NaturalTime, Pause, Span
from rexian.kernel.calendar.sums import due_at
from rexian.standard.domain.flows import TAKEN, Flow
from rexian.standard.domain.pack.casework import ClockSpec, RungName, SpanSpec

NIGHT_ENDS = time(8)
NIGHT_BEGINS = time(22)
"""Between these hours only what is urgent is told to people; the rest waits for the morning."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a clock does at an instant: warn, breach, or climb a rung."""

    what: str
    at: datetime


WARN, BREACH = "warn", "breach"


def span_of(clock: ClockSpec, *, case_class: str = "", customer_class: str = "") -> Span | None:
    """Return how long a clock runs for a class of case and of customer; ``None``: as is asked."""
    spec: SpanSpec | None = clock.by_customer.get(customer_class)
    spec = spec or clock.by_class.get(case_class)
    if spec is None and clock.within is None and clock.by_class:
        spec = min(clock.by_class.values(), key=_rough)  # unclassed: the stricter one
    spec = spec or clock.within
    return spec.span if spec else None


def reckon(
    started_at: datetime, span: Span, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> DueAt:
    """Return when a clock that runs so long is due, and how that was reached."""
    return due_at(started_at, span, calendar, pauses)


def happenings(clock: ClockSpec, due: datetime, calendar: Calendar) -> tuple[Happening, ...]:
    """Return what a clock does, in order: the warning, the breach, the rungs of its ladder."""
    found = [Happening(BREACH, due)]
    if clock.warn is not None:
        found.insert(0, Happening(WARN, due - _length(clock.warn)))
    if not clock.soft:
        found += [
            Happening(one.does, due_at(due, one.after.span, calendar).at) for one in clock.ladder
        ]
    return tuple(sorted(found, key=lambda one: one.at))


def rung_to(what: str) -> RungName | None:
    """Return the rung of the ladder that a happening is."""
    rungs: dict[str, RungName] = {
        "press": "press",
        "supervise": "supervise",
        "escalate": "escalate",
        "circulate": "circulate",
    }
    return rungs.get(what)


def told_at(at: datetime, calendar: Calendar, *, urgent: bool) -> datetime:
    """Return when people are told: at once, but at night only of what is urgent."""
    if urgent:
        return at
    zone = calendar.zone
    day = local_day(at, zone)
    morning, evening = instant_at(day, NIGHT_ENDS, zone), instant_at(day, NIGHT_BEGINS, zone)
    if at < morning:
        return morning
    return at if at < evening else instant_at(day + timedelta(days=1), NIGHT_ENDS, zone)


def started_by(flow: Flow, move: str) -> tuple[ClockSpec, ...]:
    """Return the clocks that a move, or the taking of the case, starts."""
    return tuple(one for one in flow.clocks.values() if move in one.starts)


def stopped_by(flow: Flow, move: str) -> frozenset[str]:
    """Return the ids of the clocks that a move stops."""
    return frozenset(one.id for one in flow.clocks.values() if move in one.stops)


def first_clocks(flow: Flow) -> tuple[ClockSpec, ...]:
    """Return the clocks that start when a case is taken."""
    return started_by(flow, TAKEN)


def stands_still(flow: Flow, standing: CaseStanding | str) -> bool:
    """Tell whether clocks stand still in a state."""
    state = standing if isinstance(standing, str) else standing.state
    return flow.standing(state) == "waiting"


def _length(spec: SpanSpec) -> timedelta:
    span = spec.span
    if isinstance(span, NaturalTime):
        return span.length
    return getattr(span, "length", None) or timedelta(days=getattr(span, "days", 0))


def _rough(spec: SpanSpec) -> timedelta:
    return _length(spec)

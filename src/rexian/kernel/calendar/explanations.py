"""How a sum was reached: the days it went through, in runs of days that were treated alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from rexian.kernel.calendar.calendars import Day, Reason
from rexian.kernel.calendar.instants import DAY
from rexian.kernel.calendar.openings import Openings, breaks_between, read_opening


@dataclass(frozen=True, slots=True)
class Step:
    """A run of days that counted, or did not, for one reason; ``name`` is that of the holiday.

    In service time, ``time`` is what passed in them and ``openings`` the hours of each.
    """

    first: date
    last: date
    counted: bool
    reason: Reason
    name: str = ""
    time: timedelta = timedelta()
    openings: Openings = ()

    @property
    def days(self) -> int:
        """How many days the run has."""
        return (self.last - self.first).days + 1

    @property
    def breaks(self) -> Openings:
        """The breaks of each of these days, in which no time passed."""
        return breaks_between(self.openings)

    def as_record(self) -> dict[str, Any]:
        """Return the step as plain values, fit for JSON."""
        record: dict[str, Any] = {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "counted": self.counted,
            "reason": self.reason.value,
        }
        if self.name:
            record["name"] = self.name
        if self.time:
            record["seconds"] = self.time.total_seconds()
        if self.openings:
            record["openings"] = [str(opening) for opening in self.openings]
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Step:
        """Return the step that ``as_record`` wrote."""
        return cls(
            date.fromisoformat(record["first"]),
            date.fromisoformat(record["last"]),
            record["counted"],
            Reason(record["reason"]),
            record.get("name", ""),
            timedelta(seconds=record.get("seconds", 0)),
            tuple(map(read_opening, record.get("openings", ()))),
        )


@dataclass(frozen=True, slots=True)
class DueAt:
    """When something is due, in UTC; the local ``day`` it is due on; how that was reached.

    A span that ends with its day is due at the first instant of the next day, and ``day`` is still
    the day that it ends. It is provisional while the notices of ``unpublished`` years may change
    it.
    """

    at: datetime
    day: date
    unpublished: tuple[int, ...] = ()
    explanation: tuple[Step, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether it is to be computed again when further holidays are published."""
        return bool(self.unpublished)


@dataclass(slots=True)
class Trail:
    """What a sum has gone through so far; days alike that follow each other become one step."""

    steps: list[Step] = field(default_factory=list)
    unpublished: set[int] = field(default_factory=set)

    def heed(self, *days: Day | None) -> None:
        """Remember which notices the sum has taken to be without surprises."""
        self.unpublished.update(day.unpublished for day in days if day and day.unpublished)

    def add(self, step: Step) -> None:
        """Add a step, to the one before it if it goes on like that."""
        before = self.steps[-1] if self.steps else None
        if before and before.last + DAY == step.first and _alike(before, step):
            self.steps[-1] = replace(before, last=step.last, time=before.time + step.time)
        else:
            self.steps.append(step)

    def due(self, at: datetime, day: date) -> DueAt:
        """Return the end of the sum with everything that led to it."""
        return DueAt(at, day, tuple(sorted(self.unpublished)), tuple(self.steps))


def as_records(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return an explanation as plain values, fit for a column of JSON."""
    return [step.as_record() for step in steps]


def from_records(records: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Return the explanation that ``as_records`` wrote."""
    return tuple(map(Step.from_record, records))


def _alike(one: Step, other: Step) -> bool:
    return (one.counted, one.reason, one.name, one.openings) == (
        other.counted,
        other.reason,
        other.name,
        other.openings,
    )

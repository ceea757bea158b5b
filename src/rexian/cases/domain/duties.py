"""The roster of who is on duty: what a day leaves uncovered, and how a day is copied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_DUTY = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time from when until when."""

    begins_at: datetime
    ends_at: datetime


def gaps(day: Spell, duties: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return the times of a day that no duty covers, in their order."""
    found, reached = [], day.begins_at
    for one in sorted(duties, key=lambda each: each.begins_at):
        if one.begins_at > reached:
            found.append(Spell(reached, min(one.begins_at, day.ends_at)))
        reached = max(reached, one.ends_at)
        if reached >= day.ends_at:
            break
    if reached < day.ends_at:
        found.append(Spell(reached, day.ends_at))
    return tuple(one for one in found if one.begins_at < one.ends_at)

"""The day of a hotline: how many came, how soon they were answered, who left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rexian.contacts import models
from rexian.contacts.domain.lifecycle import Ending
from rexian.contacts.queries.hotlines import hotline, watch_floor
from rexian.kernel.authority import Actor


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the day, by when contacts arrived.

    ``in_time`` were answered within the target, ``late`` after it; ``abandoned`` left while queued.
    """

    start: datetime
    arrived: int = 0
    in_time: int = 0
    late: int = 0
    abandoned: int = 0


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day in slots; ``asa`` is the average speed of answer in seconds, ``None`` without any.

    ``service_level`` is the share answered within the target of all that were answered or
    abandoned, from 0 to 1.
    """

    slots: tuple[Slot, ...]
    arrived: int
    answered: int
    abandoned: int
    asa: float | None
    service_level: float | None


@dataclass(frozen=True, slots=True)
class _Came:
    arrived_at: datetime
    waited: float | None
    is_abandoned: bool


def day_of(
    hotline_id: int, *, since: datetime, until: datetime, step: timedelta, actor: Actor
) -> DayShown:
    """Return what came between two instants in slots of ``step``, for those who may watch."""
    shown = hotline(hotline_id, actor=actor)
    watch_floor(shown, actor)
    rows = models.Contact.objects.filter(
        hotline=hotline_id,
        direction="in",
        imported_at=None,
        arrived_at__gte=since,
        arrived_at__lt=until,
    ).exclude(ending=Ending.MESSAGE.value)
    came = [
        _Came(arrived, waited, ending == Ending.ABANDONED.value)
        for arrived, waited, ending in rows.values_list("arrived_at", "waited", "ending")
    ]
    return _summed(
        came, tuple(_slots(came, since, until, step, shown.target_wait)), shown.target_wait
    )


def _slots(
    came: Sequence[_Came], since: datetime, until: datetime, step: timedelta, target: int
) -> Iterator[Slot]:
    start = since
    while start < until:
        here = [one for one in came if start <= one.arrived_at < start + step]
        answered = [one.waited for one in here if one.waited is not None]
        in_time = sum(one <= target for one in answered)
        left = sum(one.is_abandoned for one in here)
        yield Slot(start, len(here), in_time, len(answered) - in_time, left)
        start += step


def _summed(came: Sequence[_Came], slots: tuple[Slot, ...], target: int) -> DayShown:
    waits = [one.waited for one in came if one.waited is not None]
    left = sum(one.is_abandoned for one in came)
    decided = len(waits) + left
    return DayShown(
        slots=slots,
        arrived=len(came),
        answered=len(waits),
        abandoned=left,
        asa=sum(waits) / len(waits) if waits else None,
        service_level=sum(one <= target for one in waits) / decided if decided else None,
    )

"""Who takes which contact: urgent ones first, then the longest waiting; the longest idle agent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum


class Priority(IntEnum):
    """The order of the queue: less is sooner."""

    EMERGENCY = 0
    RETURNED = 1
    ORDINARY = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contact that waits for a skill; ``given_by`` is whoever gave it to this queue."""

    contact: int
    skill: str
    priority: int
    given_by: int | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """An agent who is ready: ``load`` of ``capacity`` contacts, and idle since when."""

    person: int
    skills: frozenset[str]
    load: int
    capacity: int
    idle_since: datetime


@dataclass(frozen=True, slots=True)
class Assignment:
    """A contact and the agent whom it is offered to."""

    contact: int
    person: int


def order(waiting: Waiting) -> tuple[int, int]:
    """Return what the queue is sorted by: priority, then age.

    The age is told by the number of the contact, since numbers are given out one after the other
    in a hotline's turn: a clock that is set back, or two that differ, let nobody overtake.
    """
    return waiting.priority, waiting.contact


def assign(queue: Iterable[Waiting], agents: Iterable[Ready]) -> tuple[Assignment, ...]:
    """Offer as many contacts as there are fitting agents with room, in the order of the queue.

    Of those who fit, whoever has the fewest contacts is asked, and among them the longest idle;
    whoever gave it away only if there is nobody else.
    """
    free = {one.person: one for one in agents if one.load < one.capacity}
    loads = {person: one.load for person, one in free.items()}
    found: list[Assignment] = []
    for one in sorted(queue, key=order):
        fitting = [agent for agent in free.values() if one.skill in agent.skills]
        if not fitting:
            continue
        taken = min(
            fitting,
            key=lambda agent: (
                agent.person == one.given_by,
                loads[agent.person],
                agent.idle_since,
                agent.person,
            ),
        )
        found.append(Assignment(one.contact, taken.person))
        loads[taken.person] += 1
        if loads[taken.person] >= taken.capacity:
            del free[taken.person]
    return tuple(found)


def expected_wait(
    place: int, taken: Sequence[datetime], *, agents: int, at: datetime
) -> timedelta | None:
    """Return about how long somebody at a ``place`` still waits, ``None`` where nobody can tell.

    ``taken`` are the latest instants at which somebody of the queue was taken, the newest first:
    it goes on at the pace of these, as long as there is an agent.
    """
    past = [one for one in taken if one <= at]
    if not past or not agents:
        return None
    pace = max(_FASTEST, (at - past[-1]).total_seconds() / len(past))
    return timedelta(seconds=round(pace * place))


_FASTEST = 5.0
"""Seconds from one to the next that are promised at the least."""

"""Fair shares among those who call customers back, and how many people a month needs (GH-4.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody has to call: ``open`` still to do, ``month`` given to them this month."""

    person: int
    open: int = 0
    month: int = 0
    reached: int = 0


def next_for(shares: Iterable[Share], *, besides: Collection[int] = ()) -> int | None:
    """Return who gets the next call: who has the fewest, and has had the fewest this month.

    ``besides`` are those who may not make it, since they handled the case.
    """
    able = [one for one in shares if one.person not in besides]
    return min(able, key=lambda one: (one.open, one.month, one.person)).person if able else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSoFar:
    """What is known of a month's calls, after so many days and with so many left.

    ``done`` are the cases that were done, ``called`` those of them whose customer was called;
    ``calls`` is what ``people`` made so far, in so many ``shifts``: days on which one of them did.
    """

    days: int
    days_left: int
    done: int
    called: int
    calls: int
    people: int
    shifts: int
    target: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What the month comes to if it goes on so, and how many people the target needs.

    ``rate`` is what is reached by the end with those who call now, ``a_day`` the calls that one
    person makes a day; ``needed`` is ``None`` while nothing is known of that.
    """

    done: int
    to_call: int
    rate: float | None
    a_day: float | None
    needed: int | None
    people: int

    @property
    def lacking(self) -> int:
        """How many people are to be asked for."""
        return max((self.needed or 0) - self.people, 0)


def forecast(so_far: MonthSoFar) -> Forecast:
    """Return the month's rate and the people it needs, carried on from the days so far."""
    days = max(so_far.days, 1)
    expected = so_far.done + round(so_far.done / days * so_far.days_left)
    to_call = max(ceil(so_far.target * expected) - so_far.called, 0)
    a_day = so_far.calls / so_far.shifts if so_far.shifts else None
    possible = round((a_day or 0) * so_far.people * so_far.days_left)
    reached = min(so_far.called + possible, expected)
    needed = None
    if a_day is not None and so_far.days_left:
        needed = ceil(to_call / (a_day * so_far.days_left))
    return Forecast(
        done=expected,
        to_call=to_call,
        rate=reached / expected if expected else None,
        a_day=a_day,
        needed=needed,
        people=so_far.people,
    )


@dataclass(frozen=True, slots=True)
class Rates:
    """Calls of a time, each as a rate of all that were called and of those who were reached."""

    called: int
    reached: int
    solved: int
    satisfied: int
    said_solved: int
    said_satisfied: int

    @property
    def reached_of_called(self) -> float | None:
        """The part of those called who were reached."""
        return _part(self.reached, self.called)

    @property
    def satisfied_of_called(self) -> float | None:
        """The part of all who were called that said they are satisfied."""
        return _part(self.satisfied, self.called)

    @property
    def satisfied_of_reached(self) -> float | None:
        """The part of those reached and willing to say who are satisfied."""
        return _part(self.satisfied, self.said_satisfied)

    @property
    def solved_of_reached(self) -> float | None:
        """The part of those reached and willing to say whose matter is solved."""
        return _part(self.solved, self.said_solved)


def _part(some: int, of_all: int) -> float | None:
    return some / of_all if of_all else None

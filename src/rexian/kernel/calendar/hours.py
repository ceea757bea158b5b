"""Service hours: when a service is open, by weekday, season, public holiday and special day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from rexian.kernel.calendar.errors import BadCalendar, NeverOpen
from rexian.kernel.calendar.holidays import Holiday, HolidayKind
from rexian.kernel.calendar.openings import WHOLE_DAY, Opening, Openings, Weekday, in_order
from rexian.kernel.language import mark

_LEAP_YEAR = 2024


class Usual(Enum):
    """What a service does on a day that the state has rearranged, if it takes no notice."""

    AS_USUAL = "as-usual"


@dataclass(frozen=True)
class Week:
    """The openings of each weekday, Monday first."""

    days: tuple[Openings, ...]

    def __post_init__(self) -> None:
        if len(self.days) != len(Weekday):
            raise BadCalendar(mark("A week has seven days."))

    @classmethod
    def of(cls, openings: Mapping[Weekday, Iterable[Opening]]) -> Week:
        """Return the week of these openings; a weekday that is not named is closed."""
        return cls(tuple(in_order(openings.get(day, ())) for day in Weekday))

    @classmethod
    def alike(cls, weekdays: Iterable[Weekday], *openings: Opening) -> Week:
        """Return a week whose given days all have the same openings."""
        return cls.of(dict.fromkeys(weekdays, openings))


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year, the last day included, with a week of its own; it may pass new year.

    ``first`` and ``last`` are month and day: (11, 1), (3, 31).
    """

    first: tuple[int, int]
    last: tuple[int, int]
    week: Week
    name: str = ""

    def __post_init__(self) -> None:
        for month, day in (self.first, self.last):
            try:
                date(_LEAP_YEAR, month, day)
            except ValueError:
                message = mark("There is no day {day} in month {month}.")
                raise BadCalendar(message, day=day, month=month) from None

    def has(self, day: date) -> bool:
        """Return whether the day is in the season."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last

    def overlaps(self, other: Season) -> bool:
        """Return whether a day is in both seasons."""
        return any(
            one.has(date(_LEAP_YEAR, *another.first)) for one, another in _both_ways(self, other)
        )


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One date on which everything else gives way: other openings, a workday or none.

    None leaves what the rest of the calendar says.
    """

    day: date
    openings: Openings | None = None
    works: bool | None = None
    name: str = ""


@dataclass(frozen=True)
class ServiceHours:
    """When a service is open.

    On public holidays it is closed, open as usual, or keeps hours of their own. A make-up workday
    takes the hours of a weekday (by default Monday's, in the season it is in), goes on as usual,
    or has hours of its own. Raise ``NeverOpen`` if there is no opening in any of them.
    """

    week: Week
    seasons: tuple[Season, ...] = ()
    on_holidays: Openings | Usual = ()
    on_make_up_days: Openings | Weekday | Usual = Weekday.MONDAY
    special_days: tuple[SpecialDay, ...] = ()

    def __post_init__(self) -> None:
        self._see_that_seasons_are_apart()
        if len(self._special) != len(self.special_days):
            raise BadCalendar(mark("A special day is named twice."))
        if not any(self._every()):
            raise NeverOpen(mark("These service hours never open."))

    @classmethod
    def always(cls) -> ServiceHours:
        """Return the hours of a service that is there round the clock, on every day of the year."""
        week = Week((WHOLE_DAY,) * len(Weekday))
        return cls(week, on_holidays=Usual.AS_USUAL, on_make_up_days=Usual.AS_USUAL)

    def special(self, day: date) -> SpecialDay | None:
        """Return what is special about that day, if anything is."""
        return self._special.get(day)

    def openings(self, day: date, holiday: Holiday | None) -> Openings:
        """Return the openings that begin on that day, which a notice makes a ``holiday`` of."""
        special = self.special(day)
        if special and special.openings is not None:
            return special.openings
        week = self._week_of(day)
        usual = week.days[day.weekday()]
        if holiday is None:
            return usual
        rule = self.on_holidays if holiday.kind is HolidayKind.OFF else self.on_make_up_days
        match rule:
            case Usual():
                return usual
            case Weekday():
                return week.days[rule]
            case _:
                return rule

    def heeds_holidays(self, day: date) -> bool:
        """Return whether a notice could change the openings of that day."""
        special = self.special(day)
        if special and special.openings is not None:
            return False
        return not (isinstance(self.on_holidays, Usual) and isinstance(self.on_make_up_days, Usual))

    @cached_property
    def passes_midnight(self) -> bool:
        """Whether an opening may reach into the day after the one it begins on."""
        return any(opening.passes_midnight for day in self._every() for opening in day)

    def _week_of(self, day: date) -> Week:
        return next((season.week for season in self.seasons if season.has(day)), self.week)

    def _every(self) -> Iterator[Openings]:
        for week in (self.week, *(season.week for season in self.seasons)):
            yield from week.days
        for rule in (self.on_holidays, self.on_make_up_days):
            if isinstance(rule, tuple):
                yield rule
        yield from (special.openings or () for special in self.special_days)

    def _see_that_seasons_are_apart(self) -> None:
        for number, season in enumerate(self.seasons):
            for other in self.seasons[:number]:
                if season.overlaps(other):
                    message = mark("The seasons {one} and {other} overlap.")
                    raise BadCalendar(message, one=_label(other), other=_label(season))

    @cached_property
    def _special(self) -> dict[date, SpecialDay]:
        return {special.day: special for special in self.special_days}


def _both_ways(one: Season, other: Season) -> tuple[tuple[Season, Season], tuple[Season, Season]]:
    return (one, other), (other, one)


def _label(season: Season) -> str:
    dates = "{:02}-{:02}..{:02}-{:02}".format(*season.first, *season.last)
    return f"{season.name} ({dates})" if season.name else dates

"""Callbacks as supervisors see them: shares, the forecast, the dissatisfied, what was heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from rexian.callbacks.domain.answers import OUTCOME_NAMES, WORD_NAMES, Outcome, WordKind
from rexian.callbacks.domain.months import month_after, month_of, month_span
from rexian.callbacks.domain.shares import Forecast, MonthSoFar, Rates
from rexian.callbacks.queries import CaseCallShown
from rexian.callbacks.queries.months import MonthSurvey, WordShown, dissatisfied, words_heard
from rexian.callbacks.queries.shares import (
    ShareShown,
    month_forecast,
    named_shares,
    rates_between,
)
from rexian.cases.domain.masking import masked_number
from rexian.cases.domain.rights import HANDLE, IDENTIFY, SUPERVISE
from rexian.contacts.domain.numbers import spaced
from rexian.contacts.queries import is_near
from rexian.kernel.authority import Actor
from rexian.kernel.calendar.instants import day_begins_at, local_day
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest
from rexian.look.shapes import Column, Tile
from rexian.org.queries import UnitShown, units_of
from rexian.reports.casework.figures import FigureId
from rexian.reports.casework.months import scope_of, targets_on

SHARES = (
    Column(title=mark("Person")),
    Column(title=mark("Still to call"), numeric=True),
    Column(title=mark("Given this month"), numeric=True),
    Column(title=mark("Reached this month"), numeric=True),
)
CALLS = (
    Column(title=mark("Customer")),
    Column(title=mark("Call by")),
    Column(title=mark("Calls so far"), numeric=True),
    Column(title=mark("Whose share")),
)
UNHAPPY = (
    Column(title=mark("Case")),
    Column(title=mark("Customer")),
    Column(title=mark("Asked at")),
    Column(title=mark("Is it solved")),
    Column(title=mark("Is the customer satisfied")),
    Column(title=mark("What the customer said")),
    Column(title=mark("Handled by")),
    Column(title=mark("What follows")),
)
HEARD = (
    Column(title=mark("Case")),
    Column(title=mark("Kind")),
    Column(title=mark("What the customer said")),
    Column(title=mark("About the unit")),
    Column(title=mark("Heard at")),
    Column(title=mark("What became of it")),
)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Unhappy:
    """Somebody who was not content, as the month's table shows them."""

    found: MonthSurvey
    href: str
    customer: str
    number: str
    asked_at: str
    solved: str
    satisfied: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that was heard, as the week's table shows it."""

    word: WordShown
    href: str
    kind: str
    heard_at: str
    may_answer: bool


@dataclass(frozen=True, slots=True)
class House:
    """A house that takes cases, with its shares and what its month comes to."""

    unit: UnitShown
    shares: tuple[ShareShown, ...]
    so_far: MonthSoFar
    ahead: Forecast
    rates: Rates


def home_of(request: PageRequest, asked: str) -> UnitShown:
    """Return the house whose shares are shown: the one asked for, else the one of the person.

    A supervisor of a team sees those of the house above it; raises ``NotFound`` for others.
    """
    actor = request.actor
    units = units_of(actor.organisation or 0)
    near = [one for one in units if is_near(one.path, actor.reach(SUPERVISE))]
    if asked:
        found = next((one for one in near if str(one.id) == asked), None)
    else:
        found = _likely(near, actor)
    if found is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"unit:{asked[:20]}")
    return found


def _likely(near: list[UnitShown], actor: Actor) -> UnitShown | None:
    """Return the top of what somebody supervises, or the house above their team."""
    own = sorted(actor.reach(SUPERVISE), key=len)
    found = next((one for one in near if own and one.path == own[0]), None)
    if found is None or found.parent is None:
        return found or next(iter(near), None)
    above = next((one for one in near if one.id == found.parent), None)
    return above if above is not None and above.parent is not None else found


def house_of(home: UnitShown, request: PageRequest, at: datetime) -> House:
    """Return the shares, the forecast and the rates of a house's month."""
    zone = ZoneInfo(request.person.time_zone)
    targets = targets_on(home.organisation, local_day(at, zone)).get(FigureId.CALLBACK_RATE, ())
    target = max((one.at_least or 0 for one in targets), default=1.0)
    so_far, ahead = month_forecast(home.path, target=target, zone=zone, at=at)
    begins, ends = month_span(month_of(at, zone), zone)
    rates = rates_between(home.path, begins=begins, ends=ends)
    shares = named_shares(home.path, zone=zone, at=at)
    return House(home, shares, so_far, ahead, rates)


def tiles_of(house: House) -> list[Tile]:
    """Return the month in figures: both rates, the forecast, the people that it needs."""
    rates, ahead = house.rates, house.ahead
    return [
        Tile(
            title=mark("Reached, of those called"),
            figure=percent(rates.reached_of_called),
            note=translated(mark("{count} called"), count=rates.called),
        ),
        Tile(
            title=mark("Satisfied, of those reached"),
            figure=percent(rates.satisfied_of_reached),
            note=translated(
                mark("{share} of all who were called"), share=percent(rates.satisfied_of_called)
            ),
        ),
        Tile(
            title=mark("Callback rate at the month's end"),
            figure=percent(ahead.rate),
            note=translated(
                mark("target {target}, {done} cases expected"),
                target=percent(house.so_far.target),
                done=ahead.done,
            ),
        ),
        Tile(
            title=mark("People needed"),
            figure="–" if ahead.needed is None else str(ahead.needed),
            note=_people_note(ahead),
        ),
    ]


def _people_note(ahead: Forecast) -> str:
    if ahead.a_day is None:
        return translated(mark("Nobody has called this month."))
    if ahead.lacking:
        return translated(mark("{count} more than call now"), count=ahead.lacking)
    return translated(mark("{count} calls a person a day"), count=f"{ahead.a_day:.1f}")


def percent(share: float | None) -> str:
    """Return a part as people read it."""
    return "–" if share is None else f"{share:.1%}"


def unhappy_in(request: PageRequest, first: date) -> tuple[MonthSurvey, ...]:
    """Return whoever was not content in a month, as far as the reader supervises."""
    scope = scope_of(request.actor)
    begins, ends = month_span(first, ZoneInfo(request.person.time_zone))
    return dissatisfied(scope.organisation, begins=begins, ends=ends, homes=scope.homes)


def unhappy_lines(request: PageRequest, found: Iterable[MonthSurvey]) -> list[Unhappy]:
    """Return the same as lines, numbers masked for whoever may not identify customers."""
    return [_unhappy(one, request) for one in found]


def may_identify(one: MonthSurvey, actor: Actor) -> bool:
    """Tell whether somebody sees the whole number of a customer who was called."""
    reach = actor.reach(IDENTIFY)
    return is_near(one.home_path, reach)


def _unhappy(one: MonthSurvey, request: PageRequest) -> Unhappy:
    said, zone = one.survey, request.person.time_zone
    is_whole = may_identify(one, request.actor)
    return Unhappy(
        one,
        reverse("console:case", args=(said.case,)),
        f"{said.name}{said.form_of_address}" if is_whole else "",
        spaced(one.number) if is_whole else masked_number(one.number),
        local_text(said.answered_at, zone) if said.answered_at else "",
        yes_no(said.solved),
        yes_no(said.satisfied),
        OUTCOME_NAMES[Outcome(said.outcome)] if said.outcome else "",
    )


def yes_no(said: bool | None) -> str:
    """Return an answer as a message."""
    return {True: mark("yes"), False: mark("no"), None: mark("not said")}[said]


def week_of(text: str, *, at: datetime, zone: ZoneInfo) -> date:
    """Return the Monday of the week that an address asks for, of the current one for none."""
    today = local_day(at, zone)
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise NotFound(mark("There is nothing under {code}."), code=f"week:{text[:20]}") from None
    return min(day, today) - timedelta(days=min(day, today).weekday())


def heard_in(request: PageRequest, monday: date) -> tuple[WordShown, ...]:
    """Return what was heard in a week: by one's house, or about one's units."""
    actor, zone = request.actor, ZoneInfo(request.person.time_zone)
    homes: tuple[int, ...] | None = ()
    if actor.may(SUPERVISE):
        homes = scope_of(actor).homes
    return words_heard(
        actor.organisation or 0,
        begins=day_begins_at(monday, zone),
        ends=day_begins_at(monday + WEEK, zone),
        homes=homes,
        units=actor.reach(HANDLE),
    )


def heard_lines(request: PageRequest, found: Iterable[WordShown]) -> list[Heard]:
    """Return the same as lines."""
    paths = {one.id: one.path for one in units_of(request.actor.organisation or 0)}
    return [
        Heard(
            one,
            reverse("console:case", args=(one.case,)),
            WORD_NAMES[WordKind(one.kind)],
            local_text(one.heard_at, request.person.time_zone),
            request.actor.may(HANDLE, paths.get(one.unit or 0, "-")),
        )
        for one in found
    ]


def month_links(first: date, address: str, *, at: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """Return the addresses of the month before, and of the next unless it is still to come."""
    earlier = (first - timedelta(days=1)).replace(day=1)
    following = month_after(first)
    next_ = f"{address}?month={following:%Y-%m}" if following <= month_of(at, zone) else ""
    return f"{address}?month={earlier:%Y-%m}", next_


def call_lines(request: PageRequest, calls: Iterable[CaseCallShown]) -> list[dict[str, object]]:
    """Return the calls that are late or want a number, for giving them to somebody."""
    zone = request.person.time_zone
    return [
        {
            "call": one,
            "customer": one.name or spaced(one.number) or translated(mark("Name unknown")),
            "call_by": local_text(one.due_at, zone),
            "href": reverse("desk:case-call", args=(one.id,)),
        }
        for one in calls
    ]

"""The figures of a month for whoever supervises, and the months that were closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from rexian.callbacks.domain.months import month_of, month_span
from rexian.callbacks.queries.case_calls import homes_near
from rexian.callbacks.queries.months import surveys_answered, surveys_called, surveys_done
from rexian.cases.domain.rights import SUPERVISE
from rexian.cases.queries.months import cases_taken, clocks_due
from rexian.cases.queries.seeing import is_top
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound, Refused
from rexian.kernel.language import mark
from rexian.org.queries import organisation
from rexian.reports import models
from rexian.reports.casework.figures import (
    Difference,
    Figure,
    FigureId,
    answered,
    called_back,
    difference,
    frozen_rows,
    on_time,
    satisfied,
    satisfied_of_called,
    solved,
)
from rexian.reports.events import MonthClosed
from rexian.standard.domain.pack.casework import TargetSpec
from rexian.standard.queries.published import load_version, standards_in_force


class MonthNotOver(Refused):
    """A month that is still going on cannot be closed (403)."""

    code = "month-not-over"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: the houses that took the cases, all of them where none are named."""

    organisation: int
    homes: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """A figure as it was when the month was closed, and what has changed since."""

    numerator: int
    denominator: int
    since: Difference

    @property
    def value(self) -> float | None:
        """The part that counted."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month with its figures as they are now and, where it is closed, as they were then."""

    first: date
    begins: datetime
    ends: datetime
    is_over: bool
    is_whole: bool
    may_close: bool
    figures: Mapping[FigureId, Figure]
    frozen: Mapping[FigureId, Frozen]
    targets: Mapping[str, tuple[TargetSpec, ...]]
    closed_at: datetime | None
    closed_by: str


def scope_of(actor: Actor) -> Scope:
    """Return whose figures the actor may see: of the houses where they supervise."""
    authorise(actor, SUPERVISE)
    if any(is_top(one) for one in actor.reach(SUPERVISE)):
        return Scope(actor.organisation or 0, None)
    return Scope(actor.organisation or 0, tuple(homes_near(actor, SUPERVISE)))


def read_month(text: str, *, at: datetime, zone: ZoneInfo) -> date:
    """Return the month that an address asks for, the current one for none; raise ``NotFound``."""
    current = month_of(at, zone)
    if not text:
        return current
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = date.max
    if not first.year >= 2000 or first > current:
        raise NotFound(mark("There is nothing under {code}."), code=f"month:{text[:20]}")
    return first


def month_page(first: date, *, actor: Actor, at: datetime) -> MonthPage:
    """Return a month's figures for the actor, with targets and what was frozen."""
    scope, house = scope_of(actor), organisation(actor)
    zone = ZoneInfo(house.time_zone)
    begins, ends = month_span(first, zone)
    figures = month_figures(scope, begins=begins, ends=ends, at=at)
    is_whole = scope.homes is None
    closed = _closed(scope.organisation, first) if is_whole else None
    return MonthPage(
        first=first,
        begins=begins,
        ends=ends,
        is_over=ends <= at,
        is_whole=is_whole,
        may_close=is_whole and ends <= at and closed is None,
        figures=figures,
        frozen=_frozen(closed, figures),
        targets=targets_on(scope.organisation, min(at, ends).astimezone(zone).date()),
        closed_at=closed.closed_at if closed else None,
        closed_by=closed.closed_by.name if closed and closed.closed_by else "",
    )


def month_figures(
    scope: Scope, *, begins: datetime, ends: datetime, at: datetime
) -> dict[FigureId, Figure]:
    """Return every figure of a time with its rows, from steps, clocks and answers."""
    when = {"begins": begins, "ends": ends}
    house, homes = scope.organisation, scope.homes
    done = list(surveys_done(house, homes=homes, **when))
    said = list(surveys_answered(house, homes=homes, **when))
    found = (
        answered(cases_taken(house, homes=homes, **when)),
        on_time(clocks_due(house, homes=homes, **when), at=at),
        called_back(done, FigureId.CALLBACK_RATE),
        called_back(done, FigureId.FULL_CALLBACK_RATE),
        solved(said),
        satisfied(said),
        satisfied_of_called(surveys_called(house, homes=homes, **when)),
    )
    return {one.id: one for one in found}


@in_one_transaction
def close_month(first: date, *, actor: Actor, at: datetime) -> int:
    """Freeze the figures of a month that is over, with the ids of their rows; return its id.

    It is the whole organisation's, and closed once: closed already, it stays as it is.
    """
    page = month_page(first, actor=actor, at=at)
    scope = scope_of(actor)
    if not page.is_whole:
        raise Refused(mark("The month is closed by whoever manages the whole."))
    if not page.is_over:
        raise MonthNotOver(mark("The month is not over yet."))
    before = _closed(scope.organisation, first)
    if before is not None:
        return before.pk
    try:
        with transaction.atomic():
            return _freeze(page, scope, actor, at)
    except IntegrityError:  # closed by somebody else at the same moment
        return models.ClosedMonth.objects.get(organisation=scope.organisation, first=first).pk


def targets_on(organisation_id: int, day: date) -> Mapping[str, tuple[TargetSpec, ...]]:
    """Return what the standards in force on a day want of each figure."""
    found: dict[str, list[TargetSpec]] = {}
    for line in standards_in_force(organisation_id, day).values():
        for one in load_version(line.id).pack.sections.targets:
            kept = found.setdefault(one.figure, [])
            if all((each.at_least, each.at_most) != (one.at_least, one.at_most) for each in kept):
                kept.append(one)
    return {figure: tuple(specs) for figure, specs in found.items()}


def _freeze(page: MonthPage, scope: Scope, actor: Actor, at: datetime) -> int:
    row = models.ClosedMonth.objects.create(
        organisation_id=scope.organisation,
        first=page.first,
        time_zone=organisation(actor).time_zone,
        closed_by_id=actor.person,
        closed_at=at,
    )
    models.ClosedFigure.objects.bulk_create(
        models.ClosedFigure(
            month=row,
            figure=one.id.value,
            numerator=one.numerator,
            denominator=one.denominator,
            rows=frozen_rows(one),
        )
        for one in page.figures.values()
    )
    closed = MonthClosed(
        subject_id=scope.organisation, organisation=scope.organisation, month=f"{page.first:%Y-%m}"
    )
    record(closed, actor=actor, at=at)
    return row.pk


def _closed(organisation_id: int, first: date) -> models.ClosedMonth | None:
    rows = models.ClosedMonth.objects.select_related("closed_by")
    return rows.filter(organisation=organisation_id, first=first).first()


def _frozen(
    closed: models.ClosedMonth | None, now: Mapping[FigureId, Figure]
) -> dict[FigureId, Frozen]:
    if closed is None:
        return {}
    return {
        FigureId(one.figure): Frozen(
            one.numerator, one.denominator, difference(one.rows, now[FigureId(one.figure)])
        )
        for one in closed.figures.all()
        if one.figure in now
    }


def by_person(figure: Figure) -> Mapping[int | None, tuple[int, int]]:
    """Return for each person credited how many count and of how many."""
    return _by(figure, [one.person for one in figure.rows])


def by_unit(figure: Figure) -> Mapping[int | None, tuple[int, int]]:
    """Return for each unit credited how many count and of how many."""
    return _by(figure, [one.unit for one in figure.rows])


def _by(figure: Figure, whose: Collection[int | None]) -> Mapping[int | None, tuple[int, int]]:
    found: dict[int | None, tuple[int, int]] = {}
    for row, one in zip(figure.rows, whose, strict=True):
        if row.out is None:
            counted, of_all = found.get(one, (0, 0))
            found[one] = (counted + row.counts, of_all + 1)
    return found

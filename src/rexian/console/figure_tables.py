"""The figures of a month as pages show them: formula, of how many, target, what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rexian.console.callback_tables import percent
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark, text_in
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest
from rexian.look.shapes import Column, Tone
from rexian.org.queries import people_by_id, units_by_id
from rexian.reports.casework.figures import FORMULAS, TITLES, Figure, FigureId, Row
from rexian.reports.casework.months import Frozen, MonthPage, by_person, by_unit
from rexian.reports.casework.xlsx import counts_text, left_out_text, target_text
from rexian.standard.domain.pack.casework import TargetSpec

_READER = Actor.system("console")
COLUMNS = (
    Column(title=mark("Figure")),
    Column(title=mark("Numerator"), numeric=True),
    Column(title=mark("Denominator"), numeric=True),
    Column(title=mark("Value"), numeric=True),
    Column(title=mark("Target")),
    Column(title=mark("Left out")),
    Column(title=mark("When closed"), numeric=True),
)
ROWS = (
    Column(title=mark("Case")),
    Column(title=mark("Matter")),
    Column(title=mark("At")),
    Column(title=mark("How it counts")),
)
CREDIT = (
    Column(title=mark("Credited to")),
    Column(title=mark("Numerator"), numeric=True),
    Column(title=mark("Denominator"), numeric=True),
    Column(title=mark("Value"), numeric=True),
)
CREDITED = frozenset({FigureId.SOLVED, FigureId.SATISFIED, FigureId.SATISFIED_OF_CALLED})


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as a line of the month."""

    figure: Figure
    title: str
    formula: str
    value: str
    targets: tuple[tuple[str, str, Tone], ...]
    left_out: str
    frozen: Frozen | None
    frozen_value: str
    changed: int
    href: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of a figure, with the page of its case."""

    row: Row
    href: str
    at: str
    how: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What somebody, or a unit, is credited with."""

    name: str
    numerator: int
    denominator: int
    value: str


def figure_line(one: Figure, page: MonthPage, language: str) -> FigureLine:
    """Return a figure as a line of the month."""
    frozen = page.frozen.get(one.id)
    since = frozen.since if frozen else None
    return FigureLine(
        one,
        TITLES[one.id],
        FORMULAS[one.id],
        percent(one.value),
        tuple(_target(each, one, language) for each in page.targets.get(one.id, ())),
        left_out_text(one, language),
        frozen,
        percent(frozen.value) if frozen else "",
        len(since.came) + len(since.went) + len(since.changed) if since is not None else 0,
        f"{reverse('console:figure', args=(one.id.value,))}?month={page.first:%Y-%m}",
    )


def _target(spec: TargetSpec, one: Figure, language: str) -> tuple[str, str, Tone]:
    """Return a target, its clause, and whether it is kept."""
    if one.value is None:
        tone = Tone.QUIET
    else:
        low = spec.at_least is None or one.value >= spec.at_least
        high = spec.at_most is None or one.value <= spec.at_most
        tone = Tone.GOOD if low and high else Tone.BAD
    return target_text(spec), f"{spec.clause} {text_in(spec.title, language)}", tone


def row_line(row: Row, request: PageRequest) -> RowLine:
    """Return a row of a figure."""
    tone = Tone.QUIET if row.out else Tone.GOOD if row.counts else Tone.CAUTION
    return RowLine(
        row,
        reverse("console:case", args=(row.case,)),
        local_text(row.at, request.person.time_zone),
        counts_text(row, request.language),
        tone,
    )


def people_lines(one: Figure) -> list[CreditLine]:
    """Return what each person is credited with, who has most first."""
    found = by_person(one)
    names = people_by_id([each for each in found if each], actor=_READER)
    return _credit(found, {key: each.name for key, each in names.items()})


def unit_lines(one: Figure) -> list[CreditLine]:
    """Return what each unit is credited with."""
    found = by_unit(one)
    names = units_by_id([each for each in found if each])
    return _credit(found, {key: each.name for key, each in names.items()})


def _credit(
    found: Mapping[int | None, tuple[int, int]], names: Mapping[int, str]
) -> list[CreditLine]:
    ordered = sorted(found.items(), key=lambda each: -each[1][1])
    return [
        CreditLine(names.get(key or 0, "–"), counted, of_all, percent(counted / of_all))
        for key, (counted, of_all) in ordered
    ]


def closed_text(page: MonthPage, request: PageRequest) -> str:
    """Return when the month was closed."""
    at: datetime | None = page.closed_at
    return local_text(at, request.person.time_zone) if at else ""

"""Plan what a file of roads and points changes: rows and what is there in, a plan out.

A file adds and alters; it retires nothing. What is as the file says is no change, so that the same
file twice changes nothing the second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from rexian.kernel.errors import RexianError
from rexian.kernel.language import Language, mark, translate
from rexian.kernel.text.folding import fold
from rexian.org.domain.refusals import WrongField
from rexian.places.domain.reading.names import SUFFIXES
from rexian.places.domain.roads import (
    KIND_NAMES,
    Point,
    PointKind,
    Road,
    Way,
    checked_point,
    checked_road,
    direction_of,
    split_names,
)
from rexian.places.domain.stakes import NotAStake, Stake, read_stake


class Sheet(StrEnum):
    """The two sheets of a list."""

    ROADS = "roads"
    POINTS = "points"


SHEET_TITLES: Mapping[Sheet, str] = {
    Sheet.ROADS: mark("Roads"),
    Sheet.POINTS: mark("Points on roads"),
}
COLUMN_TITLES: Mapping[Sheet, Mapping[str, str]] = {
    Sheet.ROADS: {
        "code": mark("Road code"),
        "name": mark("Name of the road"),
        "aliases": mark("Also called"),
        "begin": mark("First stake"),
        "end": mark("Last stake"),
        "rising": mark("Direction of rising stakes"),
        "falling": mark("Direction of falling stakes"),
    },
    Sheet.POINTS: {
        "road": mark("Road code"),
        "kind": mark("Kind of point"),
        "name": mark("Name of the point"),
        "stake": mark("Stake"),
        "way": mark("Only in the direction"),
        "aliases": mark("Also called"),
    },
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read: its number in the sheet, and its cells by field."""

    sheet: Sheet
    number: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """Return what stands in a column; nothing where there is no such column."""
        return self.cells.get(name, "")


class Deed(StrEnum):
    """What a change does."""

    ADD_ROAD = "add-road"
    CHANGE_ROAD = "change-road"
    ADD_POINT = "add-point"
    CHANGE_POINT = "change-point"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: what the list is to say; ``there`` is the id of what it says now."""

    deed: Deed
    row: int
    code: str
    road: Road | None = None
    point: Point | None = None
    there: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: a sheet, a row, a field (empty for the row as a whole)."""

    sheet: Sheet
    row: int
    field: str
    error: RexianError


@dataclass(frozen=True, slots=True)
class Present:
    """What the list has already: roads by code, and the ids of roads and of their points."""

    roads: Mapping[str, Road]
    road_ids: Mapping[str, int]
    point_ids: Mapping[tuple[str, str, Way | None], int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What carrying out a file would change, in order; with faults it cannot be carried out."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]

    @property
    def digest(self) -> str:
        """A short name of exactly these changes, to see that it is still the same plan."""
        return sha256(repr(self.changes).encode()).hexdigest()[:16]

    @property
    def can_be_carried_out(self) -> bool:
        """Tell whether there is something to do and nothing in the way."""
        return bool(self.changes) and not self.faults


@dataclass(slots=True)
class _Planner:
    """Goes through the rows once; a road that it has planned is there for the points after."""

    present: Present
    roads: dict[str, Road]
    named: Counter[tuple[str, str]]
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: set[object] = field(default_factory=set)

    def fault(self, row: Row, error: RexianError, column: str = "") -> None:
        """Write down what is wrong with a row."""
        where = column or str(error.details.get("field", ""))
        known = where if where in COLUMN_TITLES[row.sheet] else ""
        self.faults.append(Fault(row.sheet, row.number, known, error))

    def is_second(self, row: Row, key: object, name: str) -> bool:
        """Tell whether something stands in the file twice, and write that down."""
        is_second = key in self.seen
        self.seen.add(key)
        if is_second:
            message = mark("{name} stands in the sheet twice.")
            self.fault(row, WrongField(message, name=name), "name")
        return is_second


def plan_list(rows: Sequence[Row], present: Present) -> Plan:
    """Return what the rows change, and every fault in them."""
    points = [row for row in rows if row.sheet is Sheet.POINTS]
    named = Counter((_code(row.cell("road")), row.cell("name")) for row in points)
    planner = _Planner(present, dict(present.roads), named)
    for row in rows:
        if row.sheet is Sheet.ROADS:
            _plan(row, planner, _plan_road)
    for row in points:
        _plan(row, planner, _plan_point)
    planner.faults.sort(key=lambda one: (one.sheet is Sheet.POINTS, one.row))
    return Plan(tuple(planner.changes), tuple(planner.faults))


def kind_of(word: str) -> PointKind:
    """Return the kind that a word means in any of our languages; raise ``WrongField``."""
    said = fold(word).strip()
    for kind in PointKind:
        names = {translate(KIND_NAMES[kind], language).casefold() for language in Language}
        if said in names or said == kind or said in SUFFIXES[kind]:
            return kind
    raise WrongField(mark("There is no kind of point “{kind}”."), kind=word[:20], field="kind")


def way_of(word: str, road: Road) -> Way | None:
    """Return the way that a cell names, none for both; raise ``WrongField``."""
    if not word or word in {"双向", "雙向", "both"}:
        return None
    way = road.way_of(word)
    if way is None:
        raise WrongField(
            mark("{road} has no direction “{direction}”. It has: {directions}."),
            road=road.code,
            direction=word[:40],
            directions=f"{road.rising.name}、{road.falling.name}",
            field="way",
        )
    return way


def _plan(row: Row, planner: _Planner, plan: Callable[[Row, _Planner], None]) -> None:
    try:
        plan(row, planner)
    except RexianError as error:
        planner.fault(row, error)


def _plan_road(row: Row, planner: _Planner) -> None:
    road = checked_road(
        Road(
            code=row.cell("code"),
            name=row.cell("name"),
            aliases=split_names(row.cell("aliases")),
            begin=_stake(row, "begin"),
            end=_stake(row, "end"),
            rising=direction_of(row.cell("rising")),
            falling=direction_of(row.cell("falling")),
        )
    )
    if planner.is_second(row, road.code, road.code):
        return
    there = planner.present.roads.get(road.code)
    planner.roads[road.code] = replace(road, points=there.points if there else ())
    if there == planner.roads[road.code]:
        return
    planner.changes.append(
        Change(
            deed=Deed.CHANGE_ROAD if there else Deed.ADD_ROAD,
            row=row.number,
            code=road.code,
            road=road,
            there=planner.present.road_ids.get(road.code),
        )
    )


def _plan_point(row: Row, planner: _Planner) -> None:
    road = planner.roads.get(_code(row.cell("road")))
    if road is None:
        message = mark("There is no road {road} in the list.")
        raise WrongField(message, road=row.cell("road")[:20], field="road")
    point = checked_point(
        Point(
            kind=kind_of(row.cell("kind")),
            name=row.cell("name"),
            stake=_stake(row, "stake"),
            way=way_of(row.cell("way"), road),
            aliases=split_names(row.cell("aliases")),
        ),
        road,
    )
    if planner.is_second(row, (road.code, point.name, point.way), point.name):
        return
    there = _point_there(point, road, planner)
    if there == point:
        return
    key = (road.code, there.name, there.way) if there else None
    planner.changes.append(
        Change(
            deed=Deed.CHANGE_POINT if there else Deed.ADD_POINT,
            row=row.number,
            code=road.code,
            point=point,
            there=planner.present.point_ids[key] if key else None,
        )
    )


def _point_there(point: Point, road: Road, planner: _Planner) -> Point | None:
    """Return what the list has under the name: on the same side, else the only one there is."""
    known = planner.present.roads.get(road.code)
    same = [one for one in known.points if one.name == point.name] if known else []
    exact = [one for one in same if one.way == point.way]
    is_only = len(same) == 1 and planner.named[road.code, point.name] == 1
    return next(iter(exact), same[0] if is_only else None)


def _stake(row: Row, column: str) -> Stake:
    try:
        return read_stake(row.cell(column))
    except NotAStake as error:
        raise WrongField(error.template, **{**error.details, "field": column}) from None


def _code(text: str) -> str:
    return fold(text).strip().upper()

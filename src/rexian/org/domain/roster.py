"""Plan what a workbook of units and people changes: rows and what is there in, a plan out.

A roster adds and alters; it never closes a unit, relieves anybody or lets anybody go. What is as
the workbook says is no change, so that the same workbook twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.org.domain.people import PersonDetails, UnitDetails, checked_person, checked_unit
from rexian.org.domain.refusals import WrongField
from rexian.org.domain.roles import Role


class Sheet(StrEnum):
    """The two sheets of a roster."""

    UNITS = "units"
    PEOPLE = "people"


SHEET_TITLES: Mapping[Sheet, str] = {Sheet.UNITS: mark("Units"), Sheet.PEOPLE: mark("People")}
COLUMN_TITLES: Mapping[Sheet, Mapping[str, str]] = {
    Sheet.UNITS: {
        "code": mark("Unit code"),
        "name": mark("Name of the unit"),
        "tier": mark("Tier"),
        "parent": mark("Code of the unit above"),
    },
    Sheet.PEOPLE: {
        "sign_in": mark("Sign-in name"),
        "name": mark("Name"),
        "unit": mark("Unit code"),
        "roles": mark("Roles"),
        "agent_number": mark("Agent number"),
        "extension": mark("Extension"),
        "email": mark("Mail address"),
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


@dataclass(frozen=True, slots=True)
class UnitThere:
    """An open unit that the reader manages; the top has no parent."""

    details: UnitDetails
    parent: str | None


@dataclass(frozen=True, slots=True)
class PersonThere:
    """Somebody whom the reader manages; ``posts`` are (role, unit's code)."""

    details: PersonDetails
    unit: str
    posts: frozenset[tuple[Role, str]]
    holds_open: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """What is there already: ``top`` is the code of the unit that the others stand below.

    ``taken`` are sign-in names and ``numbers`` agent numbers that belong to others.
    """

    top: str
    units: Mapping[str, UnitThere]
    people: Mapping[str, PersonThere]
    taken: frozenset[str] = frozenset()
    taken_codes: frozenset[str] = frozenset()


class Kind(StrEnum):
    """What a change does."""

    OPEN_UNIT = "open-unit"
    CHANGE_UNIT = "change-unit"
    MOVE_UNIT = "move-unit"
    JOIN = "join"
    CHANGE_PERSON = "change-person"
    MOVE_PERSON = "move-person"
    APPOINT = "appoint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: of which unit (code) or person (sign-in name), from what, to what."""

    kind: Kind
    row: int
    subject: str
    unit: UnitDetails | None = None
    person: PersonDetails | None = None
    to_unit: str = ""
    roles: tuple[Role, ...] = ()
    was: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: a sheet, a row, a field (empty for the row as a whole)."""

    sheet: Sheet
    row: int
    field: str
    error: RexianError


@dataclass(frozen=True, slots=True)
class Plan:
    """What carrying out a roster would change, in order; with faults it cannot be carried out."""

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


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person is handed: who they are, how they sign in, the address of their link."""

    name: str
    sign_in: str
    unit: str
    address: str
    until: str


@dataclass(slots=True)
class _Planner:
    """Goes through the rows once; what it has planned counts as there for the rows after."""

    present: Present
    units: dict[str, UnitThere]
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: set[tuple[Sheet, str]] = field(default_factory=set)
    numbers: dict[str, str] = field(default_factory=dict)

    def fault(self, row: Row, column: str, message: str, /, **details: object) -> None:
        """Write down what is wrong with a row."""
        self.faults.append(Fault(row.sheet, row.number, column, WrongField(message, **details)))


def plan_roster(rows: Sequence[Row], present: Present) -> Plan:
    """Return what the rows change, and every fault in them."""
    planner = _Planner(present, dict(present.units))
    planner.numbers = {
        one.details.agent_number: name
        for name, one in present.people.items()
        if one.details.agent_number
    }
    _plan_units([row for row in rows if row.sheet is Sheet.UNITS], planner)
    for row in rows:
        if row.sheet is Sheet.PEOPLE:
            _plan_person(row, planner)
    planner.faults.sort(key=lambda one: (one.sheet is Sheet.PEOPLE, one.row))
    return Plan(tuple(planner.changes), tuple(planner.faults))


def _plan_units(rows: Sequence[Row], planner: _Planner) -> None:
    """Plan the units from above to below, in whichever order they are written."""
    waiting = [(row, unit) for row in rows if (unit := _read_unit(row, planner))]
    written = {unit.details.code for _, unit in waiting}
    while waiting:
        ready = [
            (row, unit) for row, unit in waiting if unit.parent not in written - {unit.details.code}
        ]
        for row, unit in ready:
            _plan_unit(row, unit, planner)
            written.discard(unit.details.code)
        waiting = [one for one in waiting if one not in ready]
        if not ready:
            for row, _ in waiting:
                planner.fault(row, "parent", mark("These units stand in a circle."))
            return


def _read_unit(row: Row, planner: _Planner) -> UnitThere | None:
    details = UnitDetails(code=row.cell("code"), name=row.cell("name"), tier=row.cell("tier"))
    try:
        details = checked_unit(details)
    except WrongField as error:
        planner.faults.append(Fault(row.sheet, row.number, error.details["field"], error))
        return None
    if (Sheet.UNITS, details.code) in planner.seen:
        planner.fault(row, "code", mark("{name} stands in the sheet twice."), name=details.code)
        return None
    planner.seen.add((Sheet.UNITS, details.code))
    if details.code in planner.present.taken_codes:
        planner.fault(row, "code", mark("There is a unit {code} already."), code=details.code)
        return None
    is_top = details.code == planner.present.top
    return UnitThere(details, None if is_top else row.cell("parent") or planner.present.top)


def _plan_unit(row: Row, unit: UnitThere, planner: _Planner) -> None:
    code = unit.details.code
    there = planner.units.get(code)
    if unit.parent is not None and unit.parent not in planner.units:
        planner.fault(row, "parent", mark("There is no unit {code}."), code=unit.parent)
        return
    if there is None:
        change = Change(
            kind=Kind.OPEN_UNIT,
            row=row.number,
            subject=code,
            unit=unit.details,
            to_unit=unit.parent or "",
        )
        planner.changes.append(change)
    else:
        _plan_known_unit(row, unit, there, planner)
    planner.units[code] = unit


def _plan_known_unit(row: Row, unit: UnitThere, there: UnitThere, planner: _Planner) -> None:
    code = unit.details.code
    if there.details != unit.details:
        change = Change(kind=Kind.CHANGE_UNIT, row=row.number, subject=code, unit=unit.details)
        planner.changes.append(replace(change, was=f"{there.details.tier} {there.details.name}"))
    if unit.parent is None or there.parent is None or there.parent == unit.parent:
        return
    if _stands_below(unit.parent, code, planner):
        planner.fault(row, "parent", mark("A unit cannot be moved below itself."))
        return
    change = Change(kind=Kind.MOVE_UNIT, row=row.number, subject=code, unit=unit.details)
    planner.changes.append(replace(change, to_unit=unit.parent, was=there.parent))


def _stands_below(code: str | None, above: str, planner: _Planner) -> bool:
    while code is not None:
        if code == above:
            return True
        there = planner.units.get(code)
        code = there.parent if there else None
    return False


def _plan_person(row: Row, planner: _Planner) -> None:
    details = _read_person(row, planner)
    roles = _read_roles(row, planner)
    unit = row.cell("unit") or planner.present.top
    if unit not in planner.units:
        planner.fault(row, "unit", mark("There is no unit {code}."), code=unit)
        return
    if details is None or roles is None:
        return
    there = planner.present.people.get(details.sign_in)
    if there is None:
        change = Change(
            kind=Kind.JOIN,
            row=row.number,
            subject=details.sign_in,
            person=details,
            to_unit=unit,
            roles=roles,
        )
        planner.changes.append(change)
        return
    _plan_known_person(row, replace(there, details=details, unit=unit), there, roles, planner)


def _plan_known_person(
    row: Row, wanted: PersonThere, there: PersonThere, roles: tuple[Role, ...], planner: _Planner
) -> None:
    change = Change(kind=Kind.CHANGE_PERSON, row=row.number, subject=wanted.details.sign_in)
    change = replace(change, person=wanted.details)
    posts = there.posts
    if wanted.details != there.details:
        planner.changes.append(replace(change, was=there.details.name))
    if wanted.unit != there.unit:
        if there.holds_open:
            message = mark("{name} has things open. Move them by hand, with a successor.")
            planner.fault(row, "unit", message, name=there.details.name)
            return
        moved = replace(change, kind=Kind.MOVE_PERSON, to_unit=wanted.unit, was=there.unit)
        planner.changes.append(moved)
        posts = frozenset(
            (role, wanted.unit if unit == there.unit else unit) for role, unit in posts
        )
    missing = tuple(role for role in roles if (role, wanted.unit) not in posts)
    if missing:
        appointed = replace(change, kind=Kind.APPOINT, to_unit=wanted.unit, roles=missing)
        planner.changes.append(appointed)


def _read_person(row: Row, planner: _Planner) -> PersonDetails | None:
    names = ("sign_in", "name", "agent_number", "extension", "email")
    try:
        details = checked_person(PersonDetails(**{name: row.cell(name) for name in names}))
    except WrongField as error:
        planner.faults.append(Fault(row.sheet, row.number, error.details["field"], error))
        return None
    sign_in, number = details.sign_in, details.agent_number
    if (Sheet.PEOPLE, sign_in) in planner.seen:
        planner.fault(row, "sign_in", mark("{name} stands in the sheet twice."), name=sign_in)
        return None
    planner.seen.add((Sheet.PEOPLE, sign_in))
    if sign_in in planner.present.taken:
        message = mark("The sign-in name {name} is somebody else's.")
        planner.fault(row, "sign_in", message, name=sign_in)
        return None
    if number and planner.numbers.setdefault(number, sign_in) != sign_in:
        message = mark("The agent number {number} is somebody else's.")
        planner.fault(row, "agent_number", message, number=number)
        return None
    return details


def _read_roles(row: Row, planner: _Planner) -> tuple[Role, ...] | None:
    """Return the roles of a row, which the reader of the workbook has turned into codes."""
    written = [one for one in row.cell("roles").split(",") if one]
    unknown = [one for one in written if one not in set(Role)]
    for one in unknown:
        planner.fault(row, "roles", mark("There is no role {name}."), name=one)
    return None if unknown else tuple(sorted({Role(one) for one in written}))

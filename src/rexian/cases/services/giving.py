"""What somebody gives with a move, read against the units, people and files that there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from rexian.cases import models
from rexian.cases.domain.moving import Asked
from rexian.cases.domain.refusals import Lacking
from rexian.cases.domain.standing import Finding, Unit
from rexian.cases.services.stepping import MACHINE
from rexian.contacts.domain.words import keepable, one_line, several_lines
from rexian.kernel.language import mark
from rexian.org.queries import people_by_id, units_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody gives with a move; ids of units and people, ``files`` of the case itself.

    ``values`` and ``missing`` are the answers of the move's form, ``signer`` the name that it is
    signed with and ``signature`` a drawing. ``sent_as`` is the name of the request: the same one
    again is the same step.
    """

    reason: str = ""
    text: str = ""
    unit: int | None = None
    person: int | None = None
    due_at: datetime | None = None
    finding: str = ""
    responsible: bool | None = None
    case_class: str = ""
    files: tuple[int, ...] = ()
    signer: str = ""
    signature: str = ""
    values: Mapping[str, str] | None = None
    missing: Mapping[str, str] | None = None
    sent_as: str = ""


def read_given(row: models.Case, given: Given) -> Asked:
    """Return what was given as the rules see it; raise ``Lacking`` for what there is not."""
    return Asked(
        reason=one_line(given.reason, most=500),
        text=several_lines(given.text),
        unit=_unit(row, given.unit),
        person=_person(row, given.person),
        due_at=given.due_at,
        finding=_finding(given.finding),
        responsible=given.responsible,
        case_class=given.case_class,
        files=_files(row, given.files),
        signature=given.signer,
        values=given.values or {},
        missing=given.missing or {},
    )


def told(given: Given) -> dict[str, Any]:
    """Return the particulars of a move that its step keeps besides words."""
    particulars: dict[str, Any] = {
        "unit": given.unit,
        "person": given.person,
        "due_at": given.due_at.isoformat() if given.due_at else None,
        "finding": given.finding or None,
        "responsible": given.responsible,
        "case_class": given.case_class or None,
        "files": list(given.files) or None,
    }
    return {name: keepable(value) for name, value in particulars.items() if value is not None}


def as_json(given: Given) -> dict[str, Any]:
    """Return what was given as it is kept until it is approved."""
    whole = {one.name: getattr(given, one.name) for one in fields(given) if one.name != "sent_as"}
    whole["due_at"] = given.due_at.isoformat() if given.due_at else None
    whole["files"] = list(given.files)
    return {name: keepable(value) for name, value in whole.items()}


def from_json(kept: Mapping[str, Any]) -> Given:
    """Return what ``as_json`` kept."""
    due_at = kept.get("due_at")
    read = {
        "due_at": datetime.fromisoformat(due_at) if due_at else None,
        "files": tuple(kept.get("files", ())),
    }
    return Given(**{**kept, **read})


def _unit(row: models.Case, unit_id: int | None) -> Unit | None:
    if unit_id is None:
        return None
    found = units_by_id([unit_id]).get(unit_id)
    if found is None or found.organisation != row.organisation_id:
        raise Lacking(mark("There is no such unit."), field="unit")
    return Unit(found.id, found.path, found.tier, found.closed_at is not None)


def _person(row: models.Case, person_id: int | None) -> int | None:
    if person_id is None:
        return None
    found = people_by_id([person_id], actor=MACHINE).get(person_id)
    unit = units_by_id([found.unit]).get(found.unit) if found and not found.left_at else None
    if unit is None or unit.organisation != row.organisation_id:
        raise Lacking(mark("There is no such person."), field="person")
    return person_id


def _finding(code: str) -> Finding | None:
    try:
        return Finding(code) if code else None
    except ValueError:
        raise Lacking(mark("There is no such finding."), field="finding") from None


def _files(row: models.Case, ids: tuple[int, ...]) -> tuple[int, ...]:
    if not ids:
        return ()
    return tuple(models.File.objects.filter(case=row, pk__in=ids).values_list("pk", flat=True))

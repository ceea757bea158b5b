"""Hold a case, add steps to its timeline, and note which units have a part in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rexian.cases import models
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.queries.rows import rows
from rexian.contacts.queries import HotlineShown, hotline
from rexian.kernel.authority import Actor
from rexian.prepared import insert

MACHINE = Actor.system("cases")

_RANK = {"past": 0, "assisting": 1, "home": 2, "holder": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """What is to be added to a timeline."""

    kind: str
    move: str = ""
    effect: str = ""
    part: str = ""
    person: int | None = None
    from_unit: int | None = None
    to_unit: int | None = None
    reason: str = ""
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    sent_as: str | None = None


def held(case_id: int) -> models.Case:
    """Return a case that nobody else changes until the transaction ends; raise ``NotFound``.

    It is held first and read then: PostgreSQL joins a row that it has waited for with the unit that
    had it before, and where that is another one now it finds none.
    """
    one = models.Case.objects.filter(pk=case_id)
    if not one.select_for_update(no_key=True).values_list("pk", flat=True).first():
        raise nothing_there(f"case:{case_id}")
    return rows().get(pk=case_id)


def hotline_of(row: models.Case) -> HotlineShown:
    """Return the hotline of a case; the machine asks, whoever moves it."""
    return hotline(row.hotline_id, actor=MACHINE)


def about(row: models.Case) -> dict[str, Any]:
    """Return what every event of a case tells."""
    return {"subject_id": row.pk, "organisation": row.organisation_id, "unit": row.unit_id}


def add_step(row: models.Case, step: NewStep, at: datetime) -> models.Step:
    """Add a step to the timeline of a case that is held; the caller saves the case."""
    row.steps += 1
    new = models.Step(
        case=row,
        seq=row.steps,
        at=at,
        kind=step.kind,
        move=step.move,
        effect=step.effect,
        part=step.part,
        state=row.state,
        round=row.round,
        person_id=step.person,
        from_unit_id=step.from_unit,
        to_unit_id=step.to_unit,
        reason=step.reason,
        text=step.text,
        data=dict(step.data),
        sent_as=step.sent_as or None,
    )
    return insert(new)


def note_party(row: models.Case, unit_id: int, part: str, at: datetime) -> None:
    """Note a unit's part in a case; one that it has already is not made less by it."""
    party, is_new = models.Party.objects.get_or_create(
        case=row, unit_id=unit_id, defaults={"part": part, "since_at": at}
    )
    if not is_new and party.part != part and _RANK[party.part] <= _RANK[part]:
        party.part, party.since_at = part, at
        party.save(update_fields=["part", "since_at"])


def end_part(row: models.Case, unit_id: int, at: datetime) -> None:
    """Note that a unit had a part in a case; the one that took it keeps it."""
    part = "home" if unit_id == row.home_id else "past"
    models.Party.objects.filter(case=row, unit=unit_id).update(part=part, since_at=at)


def save(row: models.Case, *changed: str) -> None:
    """Write what was changed, count the version; the row is held, so nobody comes between."""
    row.version += 1
    row.save(update_fields=[*changed, "steps", "version"])

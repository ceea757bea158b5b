"""Rows of cases as values: what the rules need of one, and what pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from rexian.cases import models
from rexian.cases.domain.standing import CaseStanding, Made, Unit
from rexian.prepared import Prepared


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case as pages show it; ``hotline_path`` and the other paths are those of units."""

    id: int
    organisation: int
    hotline: int
    reference: str
    source: str
    standard: int
    flow: str
    state: str
    standing: str
    case_type: str
    category: str
    case_class: str
    customer_class: str
    urgent: bool
    round: int
    unit: int
    unit_name: str
    unit_path: str
    home: int
    home_name: str
    home_path: str
    taken_by: int | None
    handler: int | None
    contact: int | None
    customer: int | None
    parent: int | None
    merged_into: int | None
    split_from: int | None
    name: str
    form_of_address: str
    number: str
    hides_customer: bool
    wants_answer: bool
    title: str
    matter: str
    place: Mapping[str, Any]
    place_text: str
    place_key: str
    outside_body: str
    outside_number: str
    finding: str
    responsible: bool | None
    answer: str
    pressed: int
    added: int
    returned: int
    asked: Mapping[str, Any]
    solved: bool | None
    satisfied: int | None
    taken_at: datetime
    due_at: datetime | None
    breached_at: datetime | None
    answered_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    moved_at: datetime
    steps: int
    version: int


_SAME = frozenset(one for one in CaseShown.__dataclass_fields__ if not one.endswith("_path")) - {
    "organisation", "hotline", "unit", "unit_name", "home", "home_name", "taken_by", "handler",
    "contact", "customer", "parent", "merged_into", "split_from",
}  # fmt: skip
_IDS = ("organisation", "hotline", "unit", "home", "taken_by", "handler", "contact", "customer",
        "parent", "merged_into", "split_from")  # fmt: skip


def rows() -> QuerySet[models.Case]:
    """Return cases with the units that they name."""
    return models.Case.objects.select_related("unit", "home")


def shown(row: models.Case) -> CaseShown:
    """Return a case as a value."""
    return CaseShown(
        **{name: getattr(row, name) for name in _SAME},
        **{name: getattr(row, f"{name}_id") for name in _IDS},
        unit_name=row.unit.name,
        unit_path=row.unit.path,
        home_name=row.home.name,
        home_path=row.home.path,
    )


def standing_of(
    row: models.Case, *, steps: Iterable[models.Step], parties: Iterable[models.Party]
) -> CaseStanding:
    """Return where a case stands, as its flow sees it."""
    moves = (one for one in steps if one.kind == "move")
    return CaseStanding(
        state=row.state,
        round=row.round,
        unit=Unit(row.unit_id, row.unit.path, row.unit.tier, row.unit.closed_at is not None),
        home=Unit(row.home_id, row.home.path, row.home.tier, row.home.closed_at is not None),
        taken_by=row.taken_by_id,
        handler=row.handler_id,
        case_class=row.case_class,
        is_merged=row.merged_into_id is not None,
        pending=row.asked.get("move", ""),
        asked_by=row.asked.get("person"),
        assisting={one.unit_id: one.unit.path for one in parties if one.part == "assisting"},
        made=tuple(Made(one.move, one.person_id, one.to_unit_id, one.round) for one in moves),
    )


def whole_standing(row: models.Case) -> CaseStanding:
    """Return where one case stands, asking for its steps and parties."""
    return standing_of(row, steps=_moves.all(row.pk), parties=_parties.all(row.pk))


_moves = Prepared(
    lambda case: (
        models.Step.objects.filter(case=case, kind="move").order_by("seq").defer("text", "reason")
    )
)
_parties = Prepared(lambda case: models.Party.objects.filter(case=case).select_related("unit"))

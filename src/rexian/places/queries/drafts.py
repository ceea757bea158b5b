"""A file that somebody has uploaded, and what it would change now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rexian.kernel.authority import Actor, authorise
from rexian.places import models
from rexian.places.domain.lists import Plan, Present, Row, Sheet, plan_list
from rexian.places.domain.refusals import nothing_there
from rexian.places.domain.rights import MANAGE
from rexian.places.domain.roads import Way
from rexian.places.queries.rows import list_of, road_value


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it was uploaded, and what it would change now."""

    file_name: str
    made_at: datetime
    plan: Plan


def list_draft(actor: Actor) -> Draft:
    """Return the draft of whoever asks; raise ``NotFound`` where there is none."""
    authorise(actor, MANAGE)
    row = models.ListDraft.objects.filter(person=actor.person).first()
    if row is None:
        raise nothing_there("list")
    plan = plan_list(rows_of(row), present_of(actor.organisation or 0))
    return Draft(row.file_name, row.made_at, plan)


def rows_of(draft: models.ListDraft) -> list[Row]:
    """Return the rows that a draft keeps."""
    return [Row(Sheet(sheet), number, cells) for sheet, number, cells in draft.rows]


def present_of(organisation: int) -> Present:
    """Return what the list of an organisation says now."""
    there = list_of(organisation)
    return Present(
        roads={row.code: road_value(row, points) for row, points in there},
        road_ids={row.code: row.pk for row, _ in there},
        point_ids={
            (row.code, one.name, Way(one.way) if one.way else None): one.pk
            for row, points in there
            for one in points
        },
    )

"""The organisation: what it is called, its units, its people; as far as the token's owner sees."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router, Schema
from ninja.params.functions import Query
from pydantic import Field

from rexian.kernel.authority import authorise
from rexian.org.domain.rights import SEE
from rexian.org.domain.roles import Role
from rexian.org.queries.people import PersonShown, Wanted, people, people_count
from rexian.org.queries.units import UnitShown, unit, units_for
from rexian.rest.access import TokenRequest, organisation_of
from rexian.rest.paging import PartAsked
from rexian.rest.schemas import Organisation, People, Unit

router = Router(tags=["organisation"])


class Sought(Schema):
    """Which people are wanted."""

    text: str = Field("", max_length=80, description="Part of a name, or the start of a number.")
    unit: int | None = Field(None, ge=1, le=2**53, description="There, or below it.")
    role: Role | None = None


@router.get("", response=Organisation, operation_id="read_organisation")
def read_organisation(request: TokenRequest) -> dict[str, Any]:
    """Return the organisation that the token's owner belongs to."""
    found = organisation_of(request)
    return {
        "id": found.id,
        "code": found.code,
        "name": found.name,
        "time_zone": found.time_zone,
        "language": found.language,
    }


@router.get("/units", response=list[Unit], operation_id="list_units")
def list_units(request: TokenRequest) -> list[dict[str, Any]]:
    """Return the units, each after the one above it."""
    authorise(request.auth, SEE)
    return [_unit(one) for one in units_for(request.auth)]


@router.get("/people", response=People, operation_id="list_people")
def list_people(
    request: TokenRequest, part: PartAsked, sought: Annotated[Sought, Query()]
) -> dict[str, Any]:
    """Return people who work there now, by name."""
    within = unit(sought.unit, actor=request.auth).path if sought.unit else ""
    wanted = Wanted(text=sought.text, within=within, role=sought.role)
    found = people(request.auth, wanted, offset=part.offset, limit=part.limit)
    total = people_count(request.auth, wanted)
    return {**part.of(total), "items": [_person(one) for one in found]}


def _unit(shown: UnitShown) -> dict[str, Any]:
    return {
        "id": shown.id,
        "parent": shown.parent,
        "path": shown.path,
        "tier": shown.tier,
        "code": shown.code,
        "name": shown.name,
    }


def _person(shown: PersonShown) -> dict[str, Any]:
    return {
        "id": shown.id,
        "name": shown.name,
        "agent_number": shown.agent_number,
        "extension": shown.extension,
        "unit": shown.unit,
        "posts": [{"role": one.role, "unit": one.unit} for one in shown.posts],
    }

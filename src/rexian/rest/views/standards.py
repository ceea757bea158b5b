"""Standards: the versions of the token's organisation, and their clauses."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Router

from rexian.rest.access import TokenRequest, organisation_of
from rexian.rest.paging import Id
from rexian.rest.schemas import Standard, StandardWithClauses
from rexian.standard.queries import ClauseCoverage
from rexian.standard.queries.published import VersionLine, published_standard, versions

router = Router(tags=["standards"])


@router.get("", response=list[Standard], operation_id="list_standards")
def list_standards(request: TokenRequest) -> list[dict[str, Any]]:
    """Return all versions, by standard, the latest first."""
    organisation = organisation_of(request)
    lines = versions(request.auth, organisation.id, on=organisation.day(timezone.now()))
    return [_standard(one) for one in lines]


@router.get("/{standard_id}", response=StandardWithClauses, operation_id="read_standard")
def read_standard(request: TokenRequest, standard_id: Id) -> dict[str, Any]:
    """Return a version with its parameters and clauses."""
    today = organisation_of(request).day(timezone.now())
    found = published_standard(request.auth, standard_id, on=today)
    return {
        **_standard(found.line),
        "parameters": {one.name: one.value for one in found.settings},
        "clauses": [_clause(one) for one in found.clauses],
    }


def _standard(line: VersionLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "name": line.name,
        "version": line.number,
        "title": dict(line.title),
        "content_hash": line.content_hash,
        "standing": line.standing,
        "effective_on": line.effective_on,
    }


def _clause(covered: ClauseCoverage) -> dict[str, Any]:
    return {
        "id": covered.clause.id,
        "text": dict(covered.clause.text),
        "means": list(covered.means),
        "waiting_for": covered.waiting_for or None,
        "rules": [one.id for one in covered.rules],
    }

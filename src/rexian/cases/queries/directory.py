"""The directory of those who can be called in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from rexian.cases import models
from rexian.cases.domain.helping import Kind
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.domain.rights import DISPATCH
from rexian.kernel.authority import Actor, authorise

_PLACES = {kind.value: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class HelperShown:
    """A helper of the directory."""

    id: int
    organisation: int
    code: str
    name: str
    kind: str
    telephone: str
    hours: str
    remark: str
    unit: int | None
    unit_name: str
    retired_at: datetime | None
    version: int


def helpers(actor: Actor, *, text: str = "", kind: str = "") -> tuple[HelperShown, ...]:
    """Return the helpers of the actor's house that can be called, by kind and code."""
    authorise(actor, DISPATCH)
    rows = _ours(actor).filter(retired_at=None)
    if kind:
        rows = rows.filter(kind=kind)
    if text.strip():
        words = text.strip()
        rows = rows.filter(
            Q(name__icontains=words) | Q(code__icontains=words) | Q(telephone__contains=words)
            | Q(remark__icontains=words)
        )  # fmt: skip
    return in_order(rows)


def helper(helper_id: int, *, actor: Actor) -> HelperShown:
    """Return a helper of the actor's house, also one that was taken out; raise ``NotFound``."""
    authorise(actor, DISPATCH)
    row = _ours(actor).filter(pk=helper_id).first()
    if row is None:
        raise nothing_there(f"helper:{helper_id}")
    return helper_shown(row)


def helpers_by_id(ids: Iterable[int], *, organisation: int) -> Mapping[int, HelperShown]:
    """Return helpers of an organisation by their ids."""
    rows = models.Helper.objects.select_related("unit").filter(
        pk__in=set(ids), organisation=organisation
    )
    return {one.pk: helper_shown(one) for one in rows}


def in_order(rows: QuerySet[models.Helper]) -> tuple[HelperShown, ...]:
    """Return helpers in the order in which kinds of them stand in the book, then by code."""
    found = [helper_shown(one) for one in rows.order_by("code")]
    return tuple(sorted(found, key=lambda one: _PLACES.get(one.kind, len(_PLACES))))


def helper_shown(row: models.Helper) -> HelperShown:
    """Return a helper as a value."""
    return HelperShown(
        row.pk, row.organisation_id, row.code, row.name, row.kind, row.telephone, row.hours,
        row.remark, row.unit_id, row.unit.name if row.unit else "", row.retired_at, row.version,
    )  # fmt: skip


def _ours(actor: Actor) -> QuerySet[models.Helper]:
    rows = models.Helper.objects.select_related("unit")
    return rows if actor.is_system else rows.filter(organisation=actor.organisation)

"""Keep the directory of those who can be called in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from rexian.cases import events, models
from rexian.cases.domain.helping import BadHelper, HelperChanged, Kind
from rexian.cases.domain.rights import SUPERVISE
from rexian.cases.queries.directory import helper
from rexian.contacts.domain.words import one_line
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.language import mark
from rexian.org.queries import units_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperDetails:
    """What is written down of a helper; ``unit`` is that of a crew of our own."""

    code: str
    name: str
    kind: str
    telephone: str
    hours: str = ""
    remark: str = ""
    unit: int | None = None


@in_one_transaction
def add_helper(organisation_id: int, *, details: HelperDetails, actor: Actor, at: datetime) -> int:
    """Add a helper to the directory and return its id; raises ``BadHelper``."""
    belongs(actor, organisation_id, code=f"organisation:{organisation_id}")
    authorise(actor, SUPERVISE)
    given = _tidied(organisation_id, details)
    row = models.Helper(organisation_id=organisation_id, **_columns(given))
    _save(row)
    added = events.HelperAdded(subject_id=row.pk, organisation=organisation_id, kind=given.kind)
    record(added, actor=actor, at=at)
    return row.pk


@in_one_transaction
def change_helper(
    helper_id: int, *, details: HelperDetails, version: int, actor: Actor, at: datetime
) -> None:
    """Change what is known of a helper; raises ``BadHelper``, ``HelperChanged``."""
    authorise(actor, SUPERVISE)
    shown = helper(helper_id, actor=actor)
    row = models.Helper.objects.select_for_update().get(pk=shown.id)
    if row.version != version or row.retired_at is not None:
        raise HelperChanged(mark("Somebody has changed this entry meanwhile: look again."))
    given = _columns(_tidied(shown.organisation, details))
    changed = tuple(sorted(name for name, value in given.items() if getattr(row, name) != value))
    if not changed:
        return
    for name, value in given.items():
        setattr(row, name, value)
    row.version += 1
    _save(row)
    told = events.HelperChanged(
        subject_id=row.pk,
        organisation=row.organisation_id,
        changed=tuple(one.removesuffix("_id") for one in changed),
    )
    record(told, actor=actor, at=at)


@in_one_transaction
def retire_helper(helper_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a helper out of the directory; where they were called in, they stay in the records."""
    authorise(actor, SUPERVISE)
    shown = helper(helper_id, actor=actor)
    rows = models.Helper.objects.filter(pk=shown.id, retired_at=None)
    if rows.update(retired_at=at, code=f"{shown.code[:18]}-{shown.id}"):
        told = events.HelperRetired(subject_id=shown.id, organisation=shown.organisation)
        record(told, actor=actor, at=at)


def _columns(given: HelperDetails) -> dict[str, object]:
    return {
        "code": given.code,
        "name": given.name,
        "kind": given.kind,
        "telephone": given.telephone,
        "hours": given.hours,
        "remark": given.remark,
        "unit_id": given.unit,
    }


def _tidied(organisation_id: int, details: HelperDetails) -> HelperDetails:
    """Return the details as they can be kept; raise ``BadHelper``, which names the field."""
    given = HelperDetails(
        code=one_line(details.code, most=30),
        name=one_line(details.name, most=80),
        kind=details.kind,
        telephone=one_line(details.telephone, most=30),
        hours=one_line(details.hours, most=60),
        remark=one_line(details.remark, most=200),
        unit=details.unit,
    )
    for field in ("code", "name", "telephone"):
        if not getattr(given, field):
            raise BadHelper(mark("Please fill this in."), field=field)
    if given.kind not in set(Kind):
        raise BadHelper(mark("There is no such kind of helper."), field="kind")
    if given.unit is not None:
        unit = units_by_id([given.unit]).get(given.unit)
        if unit is None or unit.organisation != organisation_id or unit.closed_at is not None:
            raise BadHelper(mark("There is no such unit."), field="unit")
    return given


def _save(row: models.Helper) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise BadHelper(mark("This code is taken by another helper."), field="code") from None

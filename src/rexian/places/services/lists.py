"""Import the list from a file: read it, look at the plan, carry it out or drop it; export it.

All of a file is carried out in one transaction, or nothing of it. That is more rows than a
transaction usually writes (up to some thousands); readers of the journal wait so long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.org.domain.refusals import Changed
from rexian.places import events, models
from rexian.places.adapters.list_files import read_list, write_csv, write_workbook
from rexian.places.domain.lists import Change, Deed, Sheet, plan_list
from rexian.places.domain.refusals import nothing_there
from rexian.places.domain.rights import MANAGE
from rexian.places.queries.drafts import present_of, rows_of
from rexian.places.queries.reading import roads_of
from rexian.places.services.points import add_point, change_point
from rexian.places.services.roads import add_road, change_road

_OF_ROADS = frozenset({Deed.ADD_ROAD, Deed.CHANGE_ROAD})


@transaction.atomic
def draft_list(content: bytes, *, file_name: str, actor: Actor, at: datetime) -> None:
    """Read a workbook or CSV and keep its rows for whoever uploaded it, instead of earlier ones.

    Nothing is changed yet: ``queries.list_draft`` shows what would be.
    """
    authorise(actor, MANAGE)
    kept = [[row.sheet.value, row.number, dict(row.cells)] for row in read_list(content)]
    values = {"file_name": file_name[:120], "rows": kept, "made_at": at}
    models.ListDraft.objects.update_or_create(person_id=actor.person or 0, defaults=values)


def drop_list(*, actor: Actor) -> None:
    """Forget the draft."""
    models.ListDraft.objects.filter(person=actor.person).delete()


@transaction.atomic
def carry_out_list(*, digest: str, actor: Actor, at: datetime) -> int:
    """Carry out one's draft, all or nothing, and return how much was changed.

    ``digest`` names the plan that was looked at: where another one has become of it meanwhile,
    ``Changed`` is raised.
    """
    authorise(actor, MANAGE)
    organisation = actor.organisation or 0
    _hold_list(organisation)
    draft = models.ListDraft.objects.filter(person=actor.person).first()
    if draft is None:
        raise nothing_there("list")
    plan = plan_list(rows_of(draft), present_of(organisation))
    if plan.digest != digest or not plan.can_be_carried_out:
        raise Changed
    for change in plan.changes:
        _DEEDS[change.deed](change, organisation, actor, at)
    draft.delete()
    of_roads = sum(change.deed in _OF_ROADS for change in plan.changes)
    told = events.ListCarriedOut(
        subject_id=organisation,
        organisation=organisation,
        roads=of_roads,
        points=len(plan.changes) - of_roads,
    )
    record(told, actor=actor, at=at)
    return len(plan.changes)


def list_template(*, language: str) -> bytes:
    """Return the workbook that people fill in, with its titles in ``language``."""
    return write_workbook((), language)


def exported_list(form: str, *, actor: Actor, language: str) -> bytes:
    """Return the list as a file that can be imported again: ``xlsx``, ``roads``, ``points``."""
    roads = roads_of(actor)
    return (
        write_workbook(roads, language)
        if form == "xlsx"
        else write_csv(Sheet(form), roads, language)
    )


def _hold_list(organisation: int) -> None:
    """Keep others from changing roads until this transaction ends."""
    models.Road.objects.filter(organisation=organisation).update(version=F("version"))


def _add_road(change: Change, organisation: int, actor: Actor, at: datetime) -> None:
    assert change.road  # noqa: S101 - a plan's change of a road has its details
    add_road(organisation, details=change.road, actor=actor, at=at)


def _change_road(change: Change, organisation: int, actor: Actor, at: datetime) -> None:  # noqa: ARG001
    assert change.road and change.there  # noqa: S101, PT018 - a plan's change has both
    row = models.Road.objects.get(pk=change.there)
    change_road(row.pk, details=change.road, version=row.version, actor=actor, at=at)


def _add_point(change: Change, organisation: int, actor: Actor, at: datetime) -> None:
    assert change.point  # noqa: S101 - a plan's change of a point has its details
    roads = models.Road.objects.filter(organisation=organisation, retired_at=None)
    row = roads.get(code=change.code)
    add_point(row.pk, details=change.point, actor=actor, at=at)


def _change_point(change: Change, organisation: int, actor: Actor, at: datetime) -> None:  # noqa: ARG001
    assert change.point and change.there  # noqa: S101, PT018 - a plan's change has both
    row = models.Point.objects.get(pk=change.there)
    change_point(row.pk, details=change.point, version=row.version, actor=actor, at=at)


_DEEDS: Mapping[Deed, Callable[[Change, int, Actor, datetime], None]] = {
    Deed.ADD_ROAD: _add_road,
    Deed.CHANGE_ROAD: _change_road,
    Deed.ADD_POINT: _add_point,
    Deed.CHANGE_POINT: _change_point,
}

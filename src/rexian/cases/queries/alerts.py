"""What people are told of cases, who has how much to do, and what looks like the same case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from rexian.cases import models
from rexian.cases.domain.moving import is_at_home
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.domain.rights import HANDLE, IDENTIFY, SUPERVISE
from rexian.cases.queries.lists import LIVE, masked
from rexian.cases.queries.rows import CaseShown, shown
from rexian.cases.queries.seeing import identified, seen
from rexian.contacts.queries import HotlineShown
from rexian.kernel.authority import Actor

RECENT = timedelta(days=30)
MOST = 200


@dataclass(frozen=True, slots=True)
class AlertShown:
    """Something that somebody is told of a case: what, of which clock, since when."""

    id: int
    case: int
    reference: str
    title: str
    urgent: bool
    what: str
    clock: str
    flow: str
    standard: int
    unit: int
    at: datetime
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has to do: all, what is due by an instant, what is late."""

    person: int
    all: int
    due: int
    late: int


def alerts_for(actor: Actor, *, at: datetime, limit: int = 50) -> tuple[AlertShown, ...]:
    """Return what the actor is told and nobody has seen yet, the newest first."""
    return tuple(_alert(one) for one in _open_alerts(actor, at)[:limit])


def alert_count(actor: Actor, *, at: datetime) -> int:
    """Return how many things the actor is told, up to ``MOST``."""
    return _open_alerts(actor, at)[:MOST].count()


def alert_for(alert_id: int, *, actor: Actor) -> AlertShown:
    """Return something that the actor is told; raise ``NotFound``."""
    row = models.Alert.objects.select_related("case", "unit").filter(pk=alert_id).first()
    if row is None or row.organisation_id != actor.organisation or not _is_meant(row, actor):
        raise nothing_there(f"alert:{alert_id}")
    return _alert(row)


def workload(actor: Actor, *, until: datetime, at: datetime) -> tuple[Load, ...]:
    """Return for each handler of cases that the actor sees what is open, due by then, and late."""
    rows = seen(actor).filter(standing__in=LIVE, handler__isnull=False).order_by()
    late = Q(due_at__lte=at)
    counted = rows.values_list("handler").annotate(
        all=Count("pk"),
        due=Count("pk", filter=Q(due_at__lt=until) & ~late),
        late=Count("pk", filter=late),
    )
    return tuple(Load(*one) for one in sorted(counted, key=lambda one: (-one[3], -one[1])))


def likely_duplicates(
    hotline: HotlineShown,
    *,
    number: str,
    place_key: str,
    case_type: str = "",
    actor: Actor,
    at: datetime,
    apart_from: int | None = None,
) -> tuple[CaseShown, ...]:
    """Return open cases of the same person or place, of the same kind, of the last 30 days."""
    same = Q(pk__in=())
    if number:
        same |= Q(number=number) & identified(actor)
    if place_key:
        same |= Q(place_key=place_key)
    rows = seen(actor).filter(same, hotline=hotline.id, standing__in=LIVE, taken_at__gt=at - RECENT)
    if case_type:
        rows = rows.filter(case_type=case_type)
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from)
    return tuple(masked(shown(one), actor) for one in rows.order_by("-pk")[:10])


def standings_of(actor: Actor) -> Mapping[str, int]:
    """Return how many cases that the actor sees are of each standing."""
    return dict(seen(actor).order_by().values_list("standing").annotate(Count("pk")))


def _open_alerts(actor: Actor, at: datetime) -> QuerySet[models.Alert]:
    meant = Q(pk__in=())
    for right in (HANDLE, SUPERVISE):
        for path in actor.reach(right):
            meant |= Q(right=right, unit__path__startswith=path)
            if path in actor.reach(IDENTIFY):  # a team hears what its house is told
                above = [int(one) for one in path.strip("/").split("/")[1:-1]]
                meant |= Q(right=right, unit__in=above, unit=F("case__home"))
    rows = models.Alert.objects.filter(
        meant, organisation=actor.organisation, seen_at=None, told_at__lte=at
    )
    return rows.select_related("case", "unit").order_by("-told_at", "-pk")


def _is_meant(row: models.Alert, actor: Actor) -> bool:
    if row.unit_id == row.case.home_id:
        return is_at_home(row.unit.path, actor, row.right)
    return actor.may(row.right, row.unit.path)


def _alert(row: models.Alert) -> AlertShown:
    return AlertShown(
        row.pk,
        row.case_id,
        row.case.reference,
        row.case.title,
        row.case.urgent,
        row.what,
        row.clock,
        row.case.flow,
        row.case.standard,
        row.unit_id,
        row.at,
        row.told_at,
    )

"""The list itself, for those who look at it: roads and points, searched and page by page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from rexian.kernel.authority import Actor, authorise
from rexian.places import models
from rexian.places.domain.refusals import nothing_there
from rexian.places.domain.rights import READ
from rexian.places.domain.roads import Point, PointKind, Road
from rexian.places.domain.stakes import find_stakes
from rexian.places.queries.rows import point_value, road_value


@dataclass(frozen=True, slots=True)
class RoadShown:
    """A road of the list; ``road`` has its points only where one road is asked for.

    ``point_ids`` and ``point_versions`` are in the order of the road's points.
    """

    id: int
    road: Road
    point_count: int
    version: int
    point_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PointShown:
    """A point of the list, and which road it is on."""

    id: int
    road: int
    code: str
    road_name: str
    point: Point
    direction: str
    version: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: part of a name, initials, the code of a road, a stake; a kind."""

    text: str = ""
    kind: PointKind | None = None


def road_count(actor: Actor, wanted: Wanted) -> int:
    """Return how many roads were asked for."""
    return _roads(actor, wanted).count()


def roads(actor: Actor, wanted: Wanted, *, offset: int, limit: int) -> tuple[RoadShown, ...]:
    """Return some of the roads that were asked for, by code, without their points."""
    there = Count("points", filter=Q(points__retired_at=None))
    rows = _roads(actor, wanted).annotate(there=there).order_by("code")
    return tuple(
        RoadShown(one.pk, road_value(one), one.there, one.version)
        for one in rows[offset : offset + limit]
    )


def road(road_id: int, *, actor: Actor) -> RoadShown:
    """Return a road with its points in order; raise ``NotFound``."""
    row = _roads(actor, Wanted()).filter(pk=road_id).first()
    if row is None:
        raise nothing_there(f"road:{road_id}")
    on_it = list(row.points.filter(retired_at=None).order_by("metres", "way", "name"))
    ids = tuple(one.pk for one in on_it)
    return RoadShown(row.pk, road_value(row, on_it), len(on_it), row.version, ids)


def point_count(actor: Actor, wanted: Wanted) -> int:
    """Return how many points were asked for."""
    return _points(actor, wanted).count()


def points(actor: Actor, wanted: Wanted, *, offset: int, limit: int) -> tuple[PointShown, ...]:
    """Return some of the points that were asked for, along each road."""
    rows = _points(actor, wanted).order_by("road__code", "metres", "way", "name")
    return tuple(_point_shown(one) for one in rows[offset : offset + limit])


def point(point_id: int, *, actor: Actor) -> PointShown:
    """Return a point; raise ``NotFound``."""
    row = _points(actor, Wanted()).filter(pk=point_id).first()
    if row is None:
        raise nothing_there(f"point:{point_id}")
    return _point_shown(row)


def _point_shown(row: models.Point) -> PointShown:
    value, on = point_value(row), road_value(row.road)
    return PointShown(
        id=row.pk,
        road=row.road_id,
        code=on.code,
        road_name=on.name,
        point=value,
        direction=on.direction(value.way).name if value.way else "",
        version=row.version,
    )


def _roads(actor: Actor, wanted: Wanted) -> QuerySet[models.Road]:
    authorise(actor, READ)
    rows = models.Road.objects.filter(retired_at=None)
    rows = rows if actor.is_system else rows.filter(organisation=actor.organisation)
    text = " ".join(wanted.text.split())
    if not text:
        return rows
    fits = _named(text) | Q(code__icontains=text)
    if metres := _metres(text):
        fits |= Q(begin__lte=metres, end__gte=metres)
    return rows.filter(fits)


def _points(actor: Actor, wanted: Wanted) -> QuerySet[models.Point]:
    authorise(actor, READ)
    rows = models.Point.objects.select_related("road").filter(
        retired_at=None, road__retired_at=None
    )
    rows = rows if actor.is_system else rows.filter(organisation=actor.organisation)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    text = " ".join(wanted.text.split())
    if not text:
        return rows
    fits = _named(text) | Q(road__code__iexact=text)
    if metres := _metres(text):
        near = 5000
        fits |= Q(metres__gte=metres - near, metres__lte=metres + near)
    return rows.filter(fits)


def _named(text: str) -> Q:
    letters = text.casefold()
    return (
        Q(name__icontains=text)
        | Q(aliases__icontains=text)
        | Q(initials__startswith=letters)
        | Q(initials__contains=f" {letters}")
    )


def _metres(text: str) -> int | None:
    """Return the metres of a stake, if that is what was asked for."""
    found = next(find_stakes(text.casefold()), None)
    is_all = found is not None and (found.start, found.end) == (0, len(text))
    return found.stake.metres if found and is_all else None

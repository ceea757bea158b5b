"""Read notices, as far as somebody sees them.

One sees what is put up for the units one works in (there, or above), and whatever is put up where
one may put up notices oneself. Everything else is not found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When

from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.notices import models
from rexian.notices.domain.notices import Importance, units_of
from rexian.notices.domain.rights import POST, READ
from rexian.org.queries import PersonShown, Wanted, people, people_count

MOST_CURRENT = 200


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice as one person sees it; ``read_at`` is when that person read it.

    ``concerns`` tells whether it is put up for them, ``manageable`` whether they may take it down
    and see who has read it.
    """

    id: int
    unit: int
    unit_name: str
    text: str
    importance: Importance
    posted_by: str
    posted_at: datetime
    until_at: datetime
    down_at: datetime | None
    read_at: datetime | None
    concerns: bool
    manageable: bool

    def is_up(self, at: datetime) -> bool:
        """Tell whether it is up at an instant; after its end it is not, whoever is late."""
        return self.down_at is None and self.until_at > at


@dataclass(frozen=True, slots=True)
class Readership:
    """How many of those whom a notice concerns have read it, and some of those who have not."""

    read: int
    total: int
    waiting: tuple[PersonShown, ...]


def current_notices(actor: Actor, *, at: datetime) -> tuple[NoticeShown, ...]:
    """Return what is up: urgent first, then the newest."""
    authorise(actor, READ)
    urgent_first = Case(When(importance=Importance.URGENT, then=0), default=1)
    rows = _seen(actor).filter(_up(at)).order_by(urgent_first, "-posted_at", "-id")
    return tuple(_shown(one, actor) for one in rows[:MOST_CURRENT])


def earlier_notices(
    actor: Actor, *, at: datetime, offset: int, limit: int
) -> tuple[NoticeShown, ...]:
    """Return some of what has come down, the latest put up first."""
    authorise(actor, READ)
    rows = _seen(actor).exclude(_up(at)).order_by("-posted_at", "-id")
    return tuple(_shown(one, actor) for one in rows[offset : offset + limit])


def earlier_count(actor: Actor, *, at: datetime) -> int:
    """Return how many notices have come down that the actor sees."""
    authorise(actor, READ)
    return _seen(actor).exclude(_up(at)).count()


def notice(notice_id: int, *, actor: Actor) -> NoticeShown:
    """Return a notice, up or not; raise ``NotFound``."""
    authorise(actor, READ)
    row = _seen(actor).filter(pk=notice_id).first()
    if row is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"notice:{notice_id}")
    return _shown(row, actor)


def readership(notice_id: int, *, actor: Actor, offset: int, limit: int) -> Readership:
    """Return who has read a notice and who has not, for those who may take it down."""
    row = _seen(actor).filter(pk=notice_id).select_related("unit").first()
    if row is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"notice:{notice_id}")
    authorise(actor, POST, within=row.unit.path)
    readers = frozenset(row.readings.values_list("person", flat=True))
    concerned = Wanted(within=row.unit.path, right=READ)
    waiting = Wanted(within=row.unit.path, right=READ, besides=readers)
    total = people_count(actor, concerned)
    return Readership(
        read=total - people_count(actor, waiting),
        total=total,
        waiting=people(actor, waiting, offset=offset, limit=limit),
    )


def units_concerning(actor: Actor) -> frozenset[int]:
    """Return the units whose notices concern the actor: where they work, and all above."""
    return units_of(actor.reach(READ))


def current_ids(units: Collection[int], *, at: datetime) -> Mapping[int, tuple[int, ...]]:
    """Return what is up for each of some units itself, the newest first."""
    rows = models.Notice.objects.filter(_up(at), unit__in=units).order_by("-id")
    found: dict[int, tuple[int, ...]] = dict.fromkeys(units, ())
    for notice_id, unit_id in rows.values_list("id", "unit"):
        found[unit_id] += (notice_id,)
    return found


def _up(at: datetime) -> Q:
    return Q(down_at=None, until_at__gt=at)


def _seen(actor: Actor) -> QuerySet[models.Notice]:
    """Return the notices that the actor sees, each with its unit and when the actor read it."""
    own = models.Reading.objects.filter(notice=OuterRef("pk"), person=actor.person)
    rows = models.Notice.objects.select_related("unit").annotate(
        own_read_at=Subquery(own.values("read_at")[:1])
    )
    if actor.is_system:
        return rows
    seen = Q(unit__in=units_concerning(actor))
    for path in actor.reach(POST):
        seen |= Q(unit__path__startswith=path)
    return rows.filter(seen, organisation=actor.organisation)


def _shown(row: models.Notice, actor: Actor) -> NoticeShown:
    return NoticeShown(
        id=row.pk,
        unit=row.unit_id,
        unit_name=row.unit.name,
        text=row.text,
        importance=Importance(row.importance),
        posted_by=row.posted_by,
        posted_at=row.posted_at,
        until_at=row.until_at,
        down_at=row.down_at,
        read_at=getattr(row, "own_read_at", None),
        concerns=row.unit_id in units_concerning(actor),
        manageable=actor.may(POST, row.unit.path),
    )

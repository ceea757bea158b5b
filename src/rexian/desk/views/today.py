"""One's own day: figures, breaks against what they may take, what one has finished."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rexian.contacts.domain.presence import BREAK_NAMES, Break
from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import (
    HotlineShown,
    OwnDay,
    break_times,
    hotline,
    own_day,
    own_presence,
    own_served,
    records_of,
)
from rexian.desk.book import category_name
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.instants import local_text
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb, Tile
from rexian.org.queries import SignedIn

SIZE = 30
COLUMNS = (
    Column(title=mark("Customer")),
    Column(title=mark("Category")),
    Column(title=mark("Came")),
    Column(title=mark("Talked"), numeric=True),
    Column(title=mark("Wrote up"), numeric=True),
)


def day_began(person: SignedIn, at: datetime) -> datetime:
    """Return when today began where the person works."""
    zone = ZoneInfo(person.time_zone)
    return datetime.combine(at.astimezone(zone).date(), time(), zone)


def used_breaks(request: PageRequest, at: datetime) -> dict[str, int]:
    """Return the minutes of each kind of break that the agent has used today."""
    found = break_times(request.actor, since=day_began(request.person, at), at=at)
    return {reason: int(span.total_seconds() // 60) for reason, span in found.items()}


@with_right(SERVE)
@require_safe
def today(request: PageRequest) -> HttpResponse:
    """Show the agent's own day."""
    at = timezone.now()
    since = day_began(request.person, at)
    figures = own_day(request.actor, since=since)
    page = page_of(
        request.GET.get("page"), size=SIZE, total=figures.served, query=request.GET.urlencode()
    )
    served = own_served(request.actor, since=since, offset=page.offset, limit=page.size)
    records = records_of([one.id for one in served])
    zone = request.person.time_zone
    there = own_presence(request.actor, at=at)
    values = {
        "tiles": _tiles(figures),
        "breaks": _breaks(request, hotline(there.hotline, actor=request.actor) if there else None),
        "columns": COLUMNS,
        "page": page,
        "served": [
            {
                "contact": one,
                "category": category_name(one.standard, records[one.id].category, request.language)
                if one.id in records
                else "",
                "came": local_text(one.arrived_at, zone),
                "talked": _minutes(one.connected_at, one.talked_until),
                "wrote": _minutes(one.talked_until, one.ended_at),
            }
            for one in served
        ],
        "trail": (Crumb(mark("Desk"), reverse("desk:desk")), Crumb(mark("My day"))),
    }
    return render(request, "desk/today.html", values)


def _tiles(day: OwnDay) -> tuple[Tile, ...]:
    return (
        Tile(title=mark("Served"), figure=str(day.served)),
        Tile(title=mark("Missed offers"), figure=str(day.missed)),
        Tile(title=mark("Talk, on average"), figure=_clock(day.average_talk)),
        Tile(title=mark("Writing up, on average"), figure=_clock(day.average_after)),
        Tile(
            title=mark("Satisfaction"),
            figure="–" if day.satisfied is None else f"{day.satisfied:.1f}",
            note=translated(
                mark("{solved} of {rated} say it is solved"), solved=day.solved, rated=day.rated
            )
            if day.rated
            else "",
        ),
    )


def _breaks(request: PageRequest, shown: HotlineShown | None) -> list[dict[str, object]]:
    """Return each kind of break with the minutes that were used, and those that are allowed."""
    used = used_breaks(request, timezone.now())
    allowed = shown.breaks if shown else {}
    return [
        {
            "title": BREAK_NAMES[kind],
            "used": used.get(kind.value, 0),
            "allowed": allowed.get(kind.value),
        }
        for kind in Break
        if kind.value in used or kind.value in allowed
    ]


def _minutes(since: datetime | None, until: datetime | None) -> str:
    return _clock((until - since).total_seconds()) if since and until else "–"


def _clock(seconds: float | None) -> str:
    """Return a span as minutes and seconds, a dash for none."""
    if seconds is None:
        return "–"
    whole = timedelta(seconds=round(seconds))
    return f"{whole.total_seconds() // 60:.0f}:{whole.seconds % 60:02d}"


urlpatterns = [path("today/", today, name="today")]

"""Notices as the pages show them: what is up for one, on the first page and on their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from rexian.console.telling import who
from rexian.journal.queries import newest_id
from rexian.kernel.language import mark
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest
from rexian.look.shapes import Tone
from rexian.notices.domain.notices import Importance
from rexian.notices.domain.rights import READ
from rexian.notices.queries import NoticeShown, current_notices, units_concerning

# A stream takes a hundred watches; nobody works below that many units.
MOST_WATCHED = 50
PLACES: Mapping[str, str] = {"home": "console:home", "notices": "console:notices"}
IMPORTANCE: Mapping[Importance, tuple[str, Tone]] = {
    Importance.ORDINARY: (mark("ordinary"), Tone.INFO),
    Importance.URGENT: (mark("urgent"), Tone.BAD),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A notice as a line of a page."""

    notice: NoticeShown
    word: str
    tone: Tone
    poster: str
    posted_at: str
    until_at: str
    down_at: str
    read_at: str


def current_part(request: PageRequest, *, place: str, at: datetime) -> dict[str, Any]:
    """Return the values of the fragment that shows what is up, for a place of ``PLACES``.

    The first page shows only what concerns whoever looks.
    """
    seen = current_notices(request.actor, at=at)
    shown = [one for one in seen if one.concerns or place != "home"]
    return {"place": place, "current": lines_of(shown, request)}


def watched_part(request: PageRequest, *, place: str) -> dict[str, Any]:
    """Return what keeps that fragment up to date; to be asked for before what it shows is read."""
    after = newest_id()
    return {
        "after": after,
        "watched": sorted(units_concerning(request.actor))[:MOST_WATCHED],
        "part_address": f"{reverse('console:notices-part')}?place={place}",
    }


def pinned_part(request: PageRequest, *, at: datetime) -> dict[str, Any]:
    """Return all that the first page needs to pin notices, for those who may read any."""
    if not request.actor.may(READ):
        return {"watched": ()}
    return {
        **watched_part(request, place="home"),
        **current_part(request, place="home", at=at),
    }


def lines_of(notices: Iterable[NoticeShown], request: PageRequest) -> list[Line]:
    """Return notices as lines, with the names of those who put them up."""
    found = tuple(notices)
    names = who((one.posted_by for one in found), request)
    zone = request.person.time_zone
    return [_line(one, names.get(one.posted_by, one.posted_by), zone) for one in found]


def _line(notice: NoticeShown, poster: str, zone: str) -> Line:
    word, tone = IMPORTANCE[notice.importance]
    return Line(
        notice=notice,
        word=word,
        tone=tone,
        poster=poster,
        posted_at=local_text(notice.posted_at, zone),
        until_at=local_text(notice.until_at, zone),
        down_at=local_text(notice.down_at or notice.until_at, zone),
        read_at=local_text(notice.read_at, zone) if notice.read_at else "",
    )

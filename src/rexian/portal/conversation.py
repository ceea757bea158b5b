"""The page of a conversation, as it stands: for a first look, and for browsers without a script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rexian.cases.queries.public import cases_of_contact
from rexian.contacts.domain.lines import LONGEST
from rexian.contacts.queries import attachment_limit
from rexian.journal.queries import newest_id
from rexian.look.shapes import Notice
from rexian.portal.doors import Visit
from rexian.portal.forms import RatingForm, RingBackForm, new_token
from rexian.portal.telling import tell
from rexian.portal.words import happening, speaker, status_of, words_in

_NOTHING: Mapping[str, object] = MappingProxyType({})


def conversation_page(
    request: HttpRequest,
    visit: Visit,
    *,
    status: int = 200,
    notices: tuple[Notice, ...] = (),
    values: Mapping[str, object] = _NOTHING,
) -> HttpResponse:
    """Return the whole page; ``values`` are forms that were refused, and words not yet sent."""
    newest = newest_id()
    told = tell(visit.contact.id, at=visit.at)
    words = words_in(visit.language)
    shown = {
        "place": visit,
        "hotline": visit.hotline,
        "told": told,
        "turns": turns_of(told, visit),
        "status": status_of(told, words, visit.hotline.time_zone),
        "words": words,
        "newest": newest,
        "longest": LONGEST,
        "largest": attachment_limit(),
        "sent_as": new_token(),
        "file_sent_as": new_token(),
        "text": "",
        "notices": notices,
        "rating": RatingForm(prefix="rating"),
        "ring_back": RingBackForm(prefix="ring", initial={"number": visit.contact.number}),
        "cases": cases_of_contact(visit.contact.id),
        "refreshes": _refreshes(request, visit, told["state"]),
    }
    return render(request, "portal/conversation.html", {**shown, **values}, status=status)


def _refreshes(request: HttpRequest, visit: Visit, state: str) -> str:
    """Return the address at which a browser without a script looks again by itself, if it does.

    While somebody waits it does, since whoever is not heard of loses their place; later only where
    they asked for it, since it takes away what they have begun to write.
    """
    if "refresh" in request.GET:
        return visit.anew(refresh="1")
    return visit.anew() if state in {"queued", "offered"} else ""


def turns_of(told: dict[str, Any], visit: Visit) -> list[dict[str, Any]]:
    """Return the lines with who says them and when, in the reader's language and their zone."""
    words = words_in(visit.language)
    zone = ZoneInfo(visit.hotline.time_zone)
    return [
        one
        | {
            "who": speaker(one, words),
            "happened": happening(one, words) if one["signal"] else "",
            "clock": datetime.fromisoformat(one["at"]).astimezone(zone).strftime("%H:%M"),
            "is_read": one["by"] == "customer" and one["seq"] <= told["seen"],
        }
        for one in told["lines"]
    ]

"""The transcript for the customer to keep: as a text, and as a page to print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.instants import local_text
from rexian.portal.conversation import turns_of
from rexian.portal.doors import Visit, with_visit
from rexian.portal.telling import tell

# An old editor takes a text without this mark for another encoding than UTF-8.
_MARK = "\ufeff"
_ALL = 100_000


@require_safe
@with_visit
def printed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the transcript for printing."""
    told = tell(visit.contact.id, most=_ALL, at=visit.at)
    values = {
        "place": visit,
        "hotline": visit.hotline,
        "turns": turns_of(told, visit),
        "begun": local_text(visit.contact.arrived_at, visit.hotline.time_zone),
    }
    return render(request, "portal/transcript.html", values)


@require_safe
@with_visit
def text(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001 - the form of a view
    """Hand out the transcript as a text."""
    told = tell(visit.contact.id, most=_ALL, at=visit.at)
    answer = HttpResponse(
        _MARK + "\r\n".join(_text(visit, turns_of(told, visit))) + "\r\n",
        content_type="text/plain; charset=utf-8",
    )
    name = f"{visit.hotline.code}-{visit.contact.id}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _text(visit: Visit, turns: list[dict[str, Any]]) -> Iterator[str]:
    yield visit.hotline.name
    begun = local_text(visit.contact.arrived_at, visit.hotline.time_zone)
    yield translated(
        mark("Conversation {number}, {at} ({zone})"),
        number=visit.contact.id,
        at=begun,
        zone=visit.hotline.time_zone,
    )
    yield ""
    for one in turns:
        words = (
            one["happened"]
            or one["text"]
            or translated(mark("File: {name}"), name=one["file"]["name"] if one["file"] else "")
        )
        rest = words.replace("\n", "\r\n    ")
        yield f"{one['clock']}  {'— ' if one['happened'] else one['who'] + ': '}{rest}"


urlpatterns = [
    path("chat/c/<str:key>/transcript", printed, name="transcript"),
    path("chat/c/<str:key>/transcript.txt", text, name="transcript-text"),
]

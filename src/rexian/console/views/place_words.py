"""What the place picker asks as one types: how words go on, and what is understood of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rexian.kernel.language import mark
from rexian.look.environment import current_language
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb
from rexian.places.domain.reading import EDITABLE, LONGEST_READ
from rexian.places.domain.rights import READ
from rexian.places.queries import read_told, suggestions

MOST_SUGGESTED = 8


@never_cache
@with_right(READ)
@require_safe
def suggested(request: PageRequest) -> JsonResponse:
    """Return how the words of ``q`` may go on: each with where it begins and what it stands for."""
    found = suggestions(request.actor, request.GET.get("q", ""), limit=MOST_SUGGESTED)
    told = [
        {
            "start": one.start,
            "text": one.text,
            "note": one.note,
            "part": one.part.value,
            "kind": one.kind.value if one.kind else "",
        }
        for one in found
    ]
    return JsonResponse({"suggestions": told})


@never_cache
@with_right(READ)
@require_safe
def read(request: PageRequest) -> JsonResponse:
    """Return the place that the words of ``q`` tell; parts by name, put right by hand, prevail."""
    return JsonResponse(_told(request, ""))


@with_right(READ)
@require_safe
def attempt(request: PageRequest) -> HttpResponse:
    """Let people try what is understood of words, as the desk will."""
    words = request.GET.get("q", "")
    values = {
        "words": words[:LONGEST_READ],
        "told": _told(request, "q.") if words else None,
        "trail": (
            Crumb(mark("Places"), reverse("console:places")),
            Crumb(mark("What is understood")),
        ),
    }
    return render(request, "console/place_words.html", values)


def _told(request: PageRequest, prefix: str) -> dict[str, Any]:
    """Return the reading of ``q``; the fields of its parts are called with a prefix."""
    asked = request.GET
    parts = {one.value: asked.get(f"{prefix}{one.value}", "")[:LONGEST_READ] for one in EDITABLE}
    return read_told(request.actor, asked.get("q", ""), parts, language=current_language())


urlpatterns = [
    path("places/words", attempt, name="place-words"),
    path("places/suggest", suggested, name="places-suggest"),
    path("places/read", read, name="places-read"),
]

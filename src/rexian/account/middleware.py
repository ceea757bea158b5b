"""Who asks, and in which language they are answered."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from rexian.kernel.language import DEFAULT, recognise
from rexian.org.queries import signed_in


class PersonMiddleware:
    """Gives the request its ``person``, ``actor`` and ``language``."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the person, else of the browser."""
        person = signed_in(request.user.pk) if request.user.is_authenticated else None
        request.person = person  # type: ignore[attr-defined]
        request.actor = person.actor if person else None  # type: ignore[attr-defined]
        language = recognise(person.language) if person else _of_browser(request)
        with translation.override((language or DEFAULT).lower()):
            response = self._respond(request)
        response.setdefault("Content-Language", language or DEFAULT)
        return response


def _of_browser(request: HttpRequest) -> str | None:
    chosen = recognise(request.COOKIES.get("rexian_language", ""))
    if chosen:
        return chosen
    for one in request.headers.get("Accept-Language", "").split(","):
        if found := recognise(one.split(";")[0].strip()):
            return found
    return None

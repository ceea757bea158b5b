"""Who asks, and in which language they are answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation

from rexian.kernel.language import DEFAULT, recognise
from rexian.org.queries import Owed, SignedIn, signed_in
from rexian.org.services import see_session

SEEN_EVERY = timedelta(minutes=5)

# Where somebody can go who has to do something first: there, out, and into another language.
_ALWAYS = ("account:sign-out", "account:language", "account:sign-in")
_PAGES = {
    Owed.PASSWORD: "account:password",
    Owed.SECOND_FACTOR: "account:second-factor",
}


class PersonMiddleware:
    """Gives the request its ``person``, ``actor`` and ``language``."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the person, else of the browser."""
        person = signed_in(request.user.pk) if request.user.is_authenticated else None
        language = (recognise(person.language) if person else _of_browser(request)) or DEFAULT
        request.person = person  # type: ignore[attr-defined]
        request.actor = person.actor if person else None  # type: ignore[attr-defined]
        request.language = language  # type: ignore[attr-defined]
        if person:
            _see(request, timezone.now())
        with translation.override(language.lower()):
            response = (person and _first_to(person, request)) or self._respond(request)
        response.setdefault("Content-Language", language)
        return response


def _first_to(person: SignedIn, request: HttpRequest) -> HttpResponse | None:
    """Return the way to what somebody has to do before anything else, if there is such a thing."""
    if person.owes is None:
        return None
    page = reverse(_PAGES[person.owes])
    open_to_them = {page, *map(reverse, _ALWAYS)}
    return None if request.path in open_to_them else HttpResponseRedirect(page)


def _see(request: HttpRequest, at: datetime) -> None:
    """Note now and then that a session is used: for the list of sessions, and to keep it open."""
    seen_at = request.session.get("seen_at", 0)
    if at.timestamp() - seen_at >= SEEN_EVERY.total_seconds():
        request.session["seen_at"] = at.timestamp()
        see_session(request.session.session_key or "", at=at)


def _of_browser(request: HttpRequest) -> str | None:
    chosen = recognise(request.COOKIES.get("rexian_language", ""))
    if chosen:
        return chosen
    for one in request.headers.get("Accept-Language", "").split(","):
        if found := recognise(one.split(";")[0].strip()):
            return found
    return None

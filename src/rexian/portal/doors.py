"""How one comes in: by a hotline's code, or by the key of a conversation or of a case.

These doors ask for no CSRF token. A token protects what a browser may do in somebody's name because
it sends a cookie by itself; here there is no cookie, and nobody can send what another may, since it
takes the key in the address. A cookie would be withheld on another site's page anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from rexian.cases.queries.keys import case_of_key
from rexian.cases.queries.public import PublicCase, public_case
from rexian.contacts import queries
from rexian.contacts.queries import ContactShown, HotlineShown
from rexian.kernel.errors import RexianError
from rexian.kernel.language import DEFAULT, recognise
from rexian.look.environment import quoted, translated
from rexian.portal.telling import PORTAL

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Where a customer stands who has not begun yet; ``chosen`` is a language asked for here."""

    hotline: HotlineShown
    language: str
    chosen: str
    at: datetime

    @property
    def suffix(self) -> str:
        """What the addresses of the next pages end in, so that they speak the same language."""
        return f"?{urlencode({'language': self.chosen})}" if self.chosen else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Hall):
    """A conversation, for whoever has shown its key."""

    key: str
    contact: ContactShown

    def address(self, page: str, **values: object) -> str:
        """Return the address of one of the conversation's pages."""
        return reverse(f"portal:{page}", kwargs={"key": self.key, **values}) + self.suffix

    def anew(self, **query: str) -> str:
        """Return an address of the page that no browser takes for the one it shows.

        Without a script this is how one sees what is new: to the same address with a ``#`` a
        browser only scrolls.
        """
        chosen = {"language": self.chosen} if self.chosen else {}
        asked = {**chosen, **query, "at": str(int(self.at.timestamp() * 1000))}
        address = reverse("portal:conversation", kwargs={"key": self.key})
        return f"{address}?{urlencode(asked)}#end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed(Hall):
    """A case, for the customer who has shown its key."""

    key: str
    case_id: int
    case: PublicCase

    def address(self, page: str, **values: object) -> str:
        """Return the address of one of the case's pages."""
        return reverse(f"portal:{page}", kwargs={"case_key": self.key, **values}) + self.suffix


Place = TypeVar("Place", bound=Hall)
Find = Callable[[HttpRequest], Place]
View = Callable[Concatenate[HttpRequest, Place, Rest], HttpResponseBase]


def with_hotline(
    view: View[Hall, Rest],
) -> Callable[..., HttpResponseBase]:
    """Return a door to the hotline whose code stands in the address."""

    @csrf_exempt
    @wraps(view)
    def guarded(
        request: HttpRequest, code: str, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        def act(place: Hall) -> HttpResponseBase:
            return view(request, place, *args, **kwargs)

        return _through(request, lambda: _hall(request, code), act)

    return guarded


def with_visit(
    view: View[Visit, Rest],
) -> Callable[..., HttpResponseBase]:
    """Return a door to the conversation whose key stands in the address."""

    @csrf_exempt
    @wraps(view)
    def guarded(
        request: HttpRequest, key: str, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        def act(place: Visit) -> HttpResponseBase:
            return view(request, place, *args, **kwargs)

        return _through(request, lambda: _visit(request, key), act)

    return guarded


def with_case(
    view: View[Followed, Rest],
) -> Callable[..., HttpResponseBase]:
    """Return a door to the case whose key stands in the address."""

    @csrf_exempt
    @wraps(view)
    def guarded(
        request: HttpRequest, case_key: str, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        def act(place: Followed) -> HttpResponseBase:
            return view(request, place, *args, **kwargs)

        return _through(request, lambda: _followed(request, case_key), act)

    return guarded


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, which shows what comes by itself."""
    return request.headers.get("Accept", "").startswith("application/json")


def policy(sites: tuple[str, ...]) -> str:
    """Return what a page of ours may load, and which sites may show it in a frame."""
    shown_by = " ".join(("'self'", *sites))
    return (
        "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
        f"form-action 'self'; frame-ancestors {shown_by}"
    )


def _through(
    request: HttpRequest, find: Callable[[], Place], act: Callable[[Place], HttpResponseBase]
) -> HttpResponseBase:
    """Find the place, act there in its language, and put on the answer what all answers bear."""
    place: Place | None = None
    language = _chosen(request) or getattr(request, "language", DEFAULT)
    try:
        place = find()
        language = place.language
        with translation.override(language.lower()):
            response = act(place)
    except RexianError as error:
        with translation.override(language.lower()):
            response = refusal(request, error, place)
    response["Content-Language"] = language
    return _dressed(response, place.hotline.sites if place else ())


def refusal(request: HttpRequest, error: RexianError, place: Hall | None) -> HttpResponse:
    """Return what was refused: to a script as JSON, to a person as a page."""
    if wants_json(request):
        told = {"code": error.code, "detail": quoted(error), **_field(error)}
        return JsonResponse(told, status=error.status)
    is_case = request.path.startswith("/service/c/")
    values = {
        "status": error.status,
        "sentence": quoted(error),
        "place": place,
        "is_case": is_case,
    }
    return render(request, "portal/error.html", values, status=error.status)


def form_refusal(form: Form, *, code: str = "invalid", status: int = 422) -> HttpResponse:
    """Tell a script what is wrong with a form, field by field."""
    told = {name: [translated(str(one)) for one in faults] for name, faults in form.errors.items()}
    detail = next(iter(told.values()))[0]
    return JsonResponse({"code": code, "detail": detail, "fields": told}, status=status)


def _field(error: RexianError) -> dict[str, str]:
    field = error.details.get("field")
    return {"field": str(field)} if field else {}


def _dressed(response: HttpResponseBase, sites: tuple[str, ...]) -> HttpResponseBase:
    """Keep the key where it is: in no other site's log, in no cache, in no search."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Content-Security-Policy", policy(sites))
    return response


def _hall(request: HttpRequest, code: str) -> Hall:
    chosen = _chosen(request)
    return Hall(
        hotline=queries.hotline_named(code),
        language=chosen or getattr(request, "language", DEFAULT),
        chosen=chosen,
        at=timezone.now(),
    )


def _visit(request: HttpRequest, key: str) -> Visit:
    contact = queries.contact_of_customer(queries.contact_of_visit(key))
    chosen = _chosen(request)
    return Visit(
        hotline=queries.hotline(contact.hotline, actor=PORTAL),
        language=chosen or recognise(contact.language) or DEFAULT,
        chosen=chosen,
        at=timezone.now(),
        key=key,
        contact=contact,
    )


def _followed(request: HttpRequest, key: str) -> Followed:
    case_id, at = case_of_key(key), timezone.now()
    case = public_case(case_id, at=at)
    chosen = _chosen(request)
    return Followed(
        hotline=queries.hotline(case.hotline, actor=PORTAL),
        language=chosen or getattr(request, "language", DEFAULT),
        chosen=chosen,
        at=at,
        key=key,
        case_id=case_id,
        case=case,
    )


def _chosen(request: HttpRequest) -> str:
    return recognise(request.GET.get("language", "")) or ""

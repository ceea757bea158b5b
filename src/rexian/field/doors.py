"""How one comes in: by the key of a call for help, while its case lasts.

There is no cookie, and so no CSRF token: nobody can send what another may, since it takes the key
in the address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from rexian.cases.queries import CasePage, case_page
from rexian.cases.queries.notifications import NotificationShown, notification_of_key
from rexian.contacts.queries import HotlineShown, attachment_limit, hotline
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Invalid, RexianError
from rexian.kernel.language import DEFAULT, mark, recognise
from rexian.look.environment import quoted

MOST_FIELDS = 256 * 1024
"""The most bytes that a form without pictures may have: a signature is a long list of numbers."""

MOST_PICTURES = 6
"""So many pictures are sent at once."""

_READER = Actor.system("field")
Rest = ParamSpec("Rest")


class TooMuch(Invalid):
    """A form larger than anybody fills in (413)."""

    code = "too-large"
    status = 413


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call for help, for whoever has shown its key."""

    key: str
    notification: NotificationShown
    page: CasePage
    hotline: HotlineShown
    at: datetime

    def address(self, name: str) -> str:
        """Return the address of one of its pages."""
        return reverse(f"field:{name}", kwargs={"field_key": self.key})


View = Callable[Concatenate[HttpRequest, Call, Rest], HttpResponseBase]


def with_call(view: View[Rest]) -> Callable[..., HttpResponseBase]:
    """Return a door to the call whose key stands in the address."""

    @csrf_exempt
    @wraps(view)
    def guarded(
        request: HttpRequest, field_key: str, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        chosen = recognise(request.GET.get("language", ""))
        language: str = chosen or getattr(request, "language", None) or DEFAULT
        with translation.override(language.lower()):
            try:
                answer = view(request, call_of(field_key), *args, **kwargs)
            except RexianError as error:
                answer = refusal(request, error)
        answer["Content-Language"] = language
        return _dressed(answer)

    return guarded


def call_of(key: str) -> Call:
    """Return the call of a key as it stands now, while its case lasts; raise ``NotFound``."""
    found = notification_of_key(key)
    page = case_page(found.case, actor=_READER)
    return Call(
        key=key,
        notification=found,
        page=page,
        hotline=hotline(page.case.hotline, actor=_READER),
        at=timezone.now(),
    )


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the page's script asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def refuse_more_than(request: HttpRequest, most: int) -> None:
    """Raise ``TooMuch`` for a body of more bytes than that, before any is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > most:
        raise TooMuch(mark("That is too large."))


def most_of_pictures() -> int:
    """Return how many bytes a form with pictures may have."""
    return MOST_PICTURES * attachment_limit() + MOST_FIELDS


def refusal(request: HttpRequest, error: RexianError) -> HttpResponse:
    """Return what was refused: to the script as JSON, to a person as a page."""
    if wants_json(request):
        told = {"code": error.code, "detail": quoted(error)}
        return JsonResponse(told, status=error.status)
    values = {"status": error.status, "sentence": quoted(error)}
    return render(request, "field/gone.html", values, status=error.status)


def _dressed(answer: HttpResponseBase) -> HttpResponseBase:
    """Keep the key where it is: in no other site's log, in no cache, in no search."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer

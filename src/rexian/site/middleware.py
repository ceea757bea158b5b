"""What happens around every request: a name for it, safe headers, errors as pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from rexian.kernel.errors import RexianError
from rexian.site.failures import failure_page, not_allowed

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

Respond = Callable[[HttpRequest], HttpResponse]


class RequestMiddleware:
    """Names each request, so that its answer, log lines and entries can be brought together.

    A proxy's own ``X-Request-ID`` is kept.
    """

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and put the name and the policy for scripts on the answer."""
        given = request.headers.get("X-Request-ID", "")
        request.id = given if _GIVEN_ID.fullmatch(given) else uuid4().hex  # type: ignore[attr-defined]
        response = self._respond(request)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        response.setdefault("Content-Security-Policy", POLICY)
        return response


class ErrorMiddleware:
    """Turns our own errors, and refusals without a word, into pages in the reader's language."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a NUL is in no text that anybody types, and no database takes one."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            return failure_page(request, 400)
        response = self._respond(request)
        return not_allowed(request, response) if response.status_code == 405 else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for one of our errors; what is a bug goes on its way."""
        if isinstance(error, RexianError):
            return failure_page(request, error.status, error)
        return None

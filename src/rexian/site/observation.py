"""Every request leaves a line in the log and is counted, by the name of its view."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

from rexian.site.logs import current_request, facts
from rexian.site.metrics import count_request

_log = logging.getLogger("rexian.site.requests")

# What machines ask every few seconds would hide what people ask.
_QUIET = frozenset({"static", "health:live", "health:ready", "metrics"})


class ObservationMiddleware:
    """Measures each request; comes after the one that names it, and before all others."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then count and tell: which view, which status, how long, for whom."""
        began = perf_counter()
        mark = current_request.set(getattr(request, "id", ""))
        try:
            response = self._respond(request)
            took = perf_counter() - began
            view = view_of(request)
            count_request(view, request.method or "", response.status_code, took)
            self._tell(request, view, response.status_code, took)
        finally:
            current_request.reset(mark)
        return response

    def _tell(self, request: HttpRequest, view: str, status: int, took: float) -> None:
        actor = getattr(request, "actor", None)
        _log.log(
            logging.DEBUG if view in _QUIET else logging.INFO,
            "answered",
            extra=facts(
                method=request.method,
                view=view,
                status=status,
                ms=round(took * 1000, 1),
                actor=actor.code if actor else "",
            ),
        )


def view_of(request: HttpRequest) -> str:
    """Return the name of the view that answers; addresses that lead nowhere have one in common."""
    given: str = getattr(request, "view_name", "")
    match = request.resolver_match
    return given or (match.view_name if match else "") or "unknown"

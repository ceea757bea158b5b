"""The pages of what did not work, by status, from whichever part of the site it comes."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.look.environment import quoted, translated
from rexian.rest.problems import problem

_FOR_MACHINES = "/api/"
_DETAILS: Mapping[int, str] = {
    400: mark("This request could not be understood."),
    403: mark("You may not do this."),
    404: mark("There is nothing at this address."),
    405: mark("This address cannot be used like that."),
    413: mark("That is too large."),
    500: mark("This did not work, and it is our fault. Nothing was changed."),
}


def failure_page(
    request: HttpRequest, status: int, error: RexianError | None = None
) -> HttpResponse:
    """Return the page for ``status``, with the error's own sentence where there is one.

    Machines are told the same as a problem that they can read.
    """
    if request.path.startswith(_FOR_MACHINES):
        code = HTTPStatus(status).phrase.lower().replace(" ", "-")
        detail = quoted(error) if error else translated(_DETAILS[status])
        return problem(request, status, code=error.code if error else code, detail=detail)
    values = {"status": status, "sentence": quoted(error) if error else ""}
    return render(request, "look/error.html", values, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be understood at all, or is more than is taken in at once."""
    too_large = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
    return failure_page(request, 413 if isinstance(exception, too_large) else 400)


def not_allowed(request: HttpRequest, refusal: HttpResponseBase) -> HttpResponse:
    """Answer a method that an address does not take, where Django would answer with nothing."""
    page = failure_page(request, 405)
    page["Allow"] = refusal.get("Allow", "")
    return page


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer what Django itself refuses."""
    return failure_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere."""
    return failure_page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer where a bug of ours got in the way."""
    return failure_page(request, 500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that was not ours, or is too old."""
    return failure_page(request, 403)

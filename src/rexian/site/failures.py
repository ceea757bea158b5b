"""The pages of what did not work, by status, from whichever part of the site it comes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rexian.kernel.errors import RexianError
from rexian.look.environment import quoted


def failure_page(
    request: HttpRequest, status: int, error: RexianError | None = None
) -> HttpResponse:
    """Return the page for ``status``, with the error's own sentence where there is one."""
    values = {"status": status, "sentence": quoted(error) if error else ""}
    return render(request, "look/error.html", values, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer what cannot be understood at all."""
    return failure_page(request, 400)


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

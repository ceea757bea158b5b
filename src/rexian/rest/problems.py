"""Errors as RFC 9457 has them: ``application/problem+json``, with our stable code and sentence."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from rexian.cases.domain.letters import BadLetters
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.look.environment import current_language, translated

_CONTENT_TYPE = "application/problem+json; charset=utf-8"
_log = logging.getLogger(__name__)


def problem(
    request: HttpRequest, status: int, *, code: str, detail: str, **more: Any
) -> HttpResponse:
    """Return an answer that says what went wrong; ``more`` are members of its own."""
    content = {
        "type": f"urn:rexian:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "request": getattr(request, "id", ""),
        **more,
    }
    response = HttpResponse(orjson.dumps(content), status=status, content_type=_CONTENT_TYPE)
    response["Content-Language"] = current_language()
    return response


def of_ours(request: HttpRequest, error: RexianError) -> HttpResponse:
    """Answer one of our own errors."""
    language = current_language()
    more: dict[str, Any] = {}
    if isinstance(error, BadLetters) and error.faults:
        more["errors"] = [
            {"at": f"letters.{one.row - 1}.{one.field}", "problem": one.sentence(language)}
            for one in error.faults
        ]
    if field := error.details.get("field"):
        more["field"] = str(field)
    detail = error.sentence(language)
    return problem(request, error.status, code=error.code, detail=detail, **more)


def of_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer values that are not of the type that the description asks for."""
    faults = [
        {"at": ".".join(str(part) for part in one["loc"]), "problem": one["msg"]}
        for one in error.errors
    ]
    detail = translated(mark("Some values are not as the description of the interface has them."))
    return problem(request, 422, code="invalid", detail=detail, errors=faults)


def of_authentication(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    """Answer a request without a token, or with one that is not valid any more."""
    detail = translated(mark("A valid token is needed: Authorization: Bearer ..."))
    response = problem(request, 401, code="not-signed-in", detail=detail)
    response["WWW-Authenticate"] = 'Bearer realm="rexian"'
    return response


def of_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the framework itself refuses, such as a body that is no JSON."""
    return problem(request, error.status_code, code="bad-request", detail=str(error))


def of_nowhere(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere."""
    detail = translated(mark("There is nothing at this address."))
    return problem(request, 404, code="not-found", detail=detail)


def of_size(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:  # noqa: ARG001
    """Answer a body that is larger than what is read into memory."""
    detail = translated(
        mark("A body of JSON has {megabytes} MB at most: send files, or send it in parts."),
        megabytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2,
    )
    return problem(request, 413, code="too-large", detail=detail)


def of_bugs(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer where a bug of ours got in the way, and say nothing of what it was."""
    _log.error("rest request failed", exc_info=error)
    detail = translated(mark("This did not work, and it is our fault. Nothing was changed."))
    return problem(request, 500, code="error", detail=detail)


def say_problems(api: NinjaAPI) -> None:
    """Have an interface answer every error as a problem."""
    answers: dict[type[Exception], Any] = {
        RexianError: of_ours,
        ValidationError: of_input,
        AuthenticationError: of_authentication,
        HttpError: of_http,
        Http404: of_nowhere,
        RequestDataTooBig: of_size,
        Exception: of_bugs,
    }
    for kind, handler in answers.items():
        api.add_exception_handler(kind, handler)

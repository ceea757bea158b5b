"""What is said in plain ASGI: the shapes of its calls, and an answer without a body."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings
from django.http.cookie import parse_cookie

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PLAIN = (
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)


def headers_of(scope: Scope) -> Mapping[bytes, bytes]:
    """Return the headers of a request, by names in small letters."""
    return dict(scope["headers"])


def session_of(headers: Mapping[bytes, bytes]) -> str:
    """Return the session that a request claims, or nothing."""
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    return cookies.get(settings.SESSION_COOKIE_NAME, "")


async def answer(send: Send, status: int) -> None:
    """Answer with a status alone."""
    await send({"type": "http.response.start", "status": status, "headers": list(PLAIN)})
    await send({"type": "http.response.body", "body": b""})

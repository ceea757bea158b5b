"""Bodies of requests, kept from filling the disk before anybody has looked who sends them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rexian.site.exchanges import Application, Receive, Scope, Send

_END = {"type": "http.request", "body": b"", "more_body": False}
_GONE = {"type": "http.disconnect"}


class LimitedBodies:
    """An ASGI application around another, which is given ``most`` bytes of a body and no more.

    A body that says that it is larger is not read at all: the page that it was meant for sees its
    length and says so. One that grows larger without saying so is cut off.
    """

    def __init__(self, application: Application, *, most: int) -> None:
        self._application = application
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            receive = self._unread() if _length(scope) > self._most else self._counted(receive)
        await self._application(scope, receive, send)

    def _unread(self) -> Receive:
        async def nothing() -> Mapping[str, Any]:
            return _END

        return nothing

    def _counted(self, receive: Receive) -> Receive:
        left = self._most

        async def counted() -> Mapping[str, Any]:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            return message if left >= 0 else _GONE

        return counted


def _length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0

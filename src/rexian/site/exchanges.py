"""The requests that an ASGI server is answering, so that it can end them when it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Exchanges:
    """An ASGI application around another, which knows what is open."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._open: set[asyncio.Task[Any]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and forget it when it is over."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("A request is answered in a task.")
        self._open.add(task)
        try:
            await self._application(scope, receive, send)
        finally:
            self._open.discard(task)

    def end_all(self) -> None:
        """End everything that is not over yet."""
        for task in list(self._open):
            task.cancel()

"""Django's pages under ASGI, each answered whole by one thread of a few that last.

Django's own handler goes back and forth between the loop and a thread of its own for each request,
and connects to the database anew each time: with middleware and views that know no ``async`` that
is half the work of a short answer.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.db import connections
from django.http import FileResponse
from django.urls import set_script_prefix

from rexian.site.exchanges import Receive, Scope, Send

_THREADS = 16


class Pages(ASGIHandler):
    """An ASGI application that answers by Django's middleware and views, in threads.

    Whoever goes away before the answer has come does not break off what they have asked for.
    """

    def __init__(self, threads: int = _THREADS) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise ValueError(f"There is nothing for {scope['type']}.")
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        response = await loop.run_in_executor(self._threads, self._answered, scope, body)
        if not response.streaming:
            await self.send_response(response, send)
            return
        try:
            async with ThreadSensitiveContext():
                await self.send_response(response, send)
                await sync_to_async(connections.close_all)()
        finally:
            await loop.run_in_executor(self._threads, response.close)

    def _answered(self, scope: Scope, body: IO[bytes]) -> Any:
        """Return the answer, already closed unless it is made while it is sent."""
        with body:
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=self.__class__, scope=scope)
            request, refused = self.create_request(scope, body)
            response: Any = self.get_response(request) if request is not None else refused
            response._handler_class = self.__class__  # noqa: SLF001 - as every handler of Django's
            if isinstance(response, FileResponse):
                response.block_size = self.chunk_size
            if not response.streaming:
                response.close()
            return response

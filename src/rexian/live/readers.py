"""Threads that read the database for streams, each with a connection of its own that lasts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connections

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class Readers:
    """A few threads that answer questions to the database; the event loop never waits for it."""

    def __init__(self, count: int) -> None:
        self._threads = [ThreadPoolExecutor(1, thread_name_prefix="live") for _ in range(count)]
        self._next = cycle(self._threads)

    async def ask(
        self,
        question: Callable[Arguments, Answer],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Answer:
        """Return what ``question`` answers, from one of the threads."""
        loop = asyncio.get_running_loop()
        thread = next(self._next)
        return await loop.run_in_executor(thread, lambda: _asked(question, *args, **kwargs))

    async def rest(self) -> None:
        """Give up the connections until somebody asks again."""
        loop = asyncio.get_running_loop()
        for thread in self._threads:
            await loop.run_in_executor(thread, connections.close_all)

    async def close(self) -> None:
        """End the threads and their connections."""
        await self.rest()
        for thread in self._threads:
            thread.shutdown(wait=True)


def _asked(
    question: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Answer:
    try:
        return question(*args, **kwargs)
    except DatabaseError:
        connections.close_all()  # it may be broken; the next question opens another
        raise

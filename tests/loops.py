"""An event loop for one piece of work, whatever else the process of the test keeps running."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run ``work`` to its end in a thread of its own, and return what it returns.

    A browser that is driven by Playwright leaves its loop running in the thread of the tests, where
    ``asyncio.run`` then refuses to start another one.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()

"""Load the standards that hotlines go by, so that no customer's first turn waits for one."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from time import sleep

from django.db import connections
from django.utils import timezone

from rexian.kernel.text.sounds import sound

EVERY = 60.0
"""Seconds until it is looked again for versions that have been published meanwhile."""

logger = logging.getLogger(__name__)


def keep_warm(pause: Callable[[float], None] = sleep) -> threading.Thread:
    """Load them in a thread beside the server, and later those that come into force."""

    def run() -> None:
        loaded: frozenset[int] = frozenset()
        while True:
            try:
                loaded = warm(loaded)
            except Exception:  # the edge of a thread: the database may be back in a minute
                logger.exception("The standards in force cannot be loaded ahead.")
            connections.close_all()
            pause(EVERY)

    thread = threading.Thread(target=run, name="rexian-warming", daemon=True)
    thread.start()
    return thread


def warm(loaded: frozenset[int] = frozenset()) -> frozenset[int]:
    """Load what is in force today or tomorrow, besides what is; return all that is then."""
    from rexian.contacts.queries import standards_of_hotlines  # noqa: PLC0415 - contexts are loaded
    from rexian.standard.queries.published import in_force, load_version  # noqa: PLC0415

    today = timezone.now().date()
    days = [today + timedelta(days=one) for one in (-1, 0, 1)]  # wherever a hotline is
    found = [in_force(*named, day) for named in standards_of_hotlines() for day in days]
    fresh = {one.id for one in found if one is not None} - loaded
    for version in sorted(fresh):
        load_version(version)
    if fresh:
        sound("好")  # which has a dictionary read
        gc.freeze()  # it stays: looking through it again and again takes 0.1 s at a time
    return loaded | fresh

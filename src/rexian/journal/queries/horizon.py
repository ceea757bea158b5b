"""How far the journal can be read without missing what is written just now."""

from __future__ import annotations

from django.db import connection
from django.db.models import Max

from rexian.journal import models


def newest_id() -> int:
    """Return the greatest id up to which everything is decided: there or never there.

    Whatever is read after this call holds all that the entries up to this id tell of. A page asks
    it before it reads what it shows, and the stream continues from there. SQLite writes one
    transaction at a time, so the last id is the answer. PostgreSQL hands ids out in one order and
    commits in another; there the journal's triggers announce who is still writing
    (``docs/decisions/0005``).
    """
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT journal_horizon()" if is_postgresql else "SELECT max(id) FROM journal_entry"
        )
        return int(cursor.fetchone()[0] or 0)


def undecided() -> int:
    """Return how many ids readers are held back from by what is still being written."""
    last = models.Entry.objects.aggregate(last=Max("id"))["last"] or 0
    return max(0, last - newest_id())

"""Whether this process lives, and whether it can do its work; asked by proxies and the like."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now

from rexian import __version__
from rexian.clockwork import queries as clockwork
from rexian.journal import queries as journal

# What has been due for longer than this, in seconds, waits for a worker that is not there.
_LATE = 60.0

# A transaction that is still being written holds back the readers of the journal behind it.
_MANY = 500


@dataclass(frozen=True, slots=True)
class Condition:
    """How things stand: the database answers, it is as we need it, the rest keeps up.

    Only the first two keep requests away; a worker that is gone is no reason to close the pages.
    """

    database: bool = False
    schema: bool = False
    worker: bool = False
    journal: bool = False

    @property
    def is_ready(self) -> bool:
        """Tell whether requests should be sent here."""
        return self.database and self.schema

    @property
    def status(self) -> str:
        """Return the whole in a word."""
        if not self.is_ready:
            return "unavailable"
        return "ok" if self.worker and self.journal else "degraded"


def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Answer that the process answers."""
    return JsonResponse({"status": "ok", "version": __version__})


def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Answer 200 where requests can be sent here, else 503; and what keeps up and what does not."""
    found = condition()
    body = {"status": found.status, "version": __version__, "checks": asdict(found)}
    return JsonResponse(body, status=200 if found.is_ready else 503)


def condition() -> Condition:
    """Ask the database how things stand."""
    try:
        if set(MigrationRecorder(connection).applied_migrations()) != _known():
            return Condition(database=True)
        return Condition(
            database=True,
            schema=True,
            worker=clockwork.lag(at=now()).total_seconds() < _LATE,
            journal=journal.undecided() < _MANY,
        )
    except DatabaseError:
        return Condition()


@cache
def _known() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations or {})

"""The database as this version of the program needs it: older, just so, or newer."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from rexian.kernel.errors import Conflict, RexianError
from rexian.kernel.language import mark

# The advisory lock of PostgreSQL that whoever changes the schema holds; the number says nothing.
_LOCK = 0x7265786961


class DatabaseUnreachable(RexianError):
    """There is no answer from the database (500)."""

    code = "database-unreachable"


class DatabaseNewer(Conflict):
    """A later version of the program has changed the database already (409)."""

    code = "database-newer"


class DatabaseOlder(Conflict):
    """The database waits for ``rexian migrate`` (409)."""

    code = "database-older"


@dataclass(frozen=True, slots=True)
class Schema:
    """The steps, as ``context.name``, that the database lacks, and those that we do not know."""

    pending: tuple[str, ...]
    unknown: tuple[str, ...]


def reach() -> None:
    """See that the database answers, or raise ``DatabaseUnreachable``."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise DatabaseUnreachable(
            mark("The database {database} cannot be reached: {reason}"),
            database=place(),
            reason=str(error).strip().splitlines()[0]
            if str(error).strip()
            else type(error).__name__,
        ) from None


def place() -> str:
    """Return where the database is, without the password."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(given["NAME"])
    return f"{given['HOST'] or 'localhost'}:{given['PORT'] or 5432}/{given['NAME']}"


def schema() -> Schema:
    """Compare the database with the program; raise ``DatabaseUnreachable`` if there is none."""
    reach()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    known = executor.loader.disk_migrations or {}
    return Schema(
        pending=tuple(map(_name, (step for step, _ in plan))),
        unknown=tuple(
            ".".join(key) for key in sorted(executor.loader.applied_migrations) if key not in known
        ),
    )


def refuse_newer(found: Schema) -> None:
    """Raise ``DatabaseNewer`` where the database has steps that this program does not know."""
    if found.unknown:
        raise DatabaseNewer(
            mark(
                "The database is newer than this program: it has {step}. Install the version that "
                "made it, or a later one."
            ),
            step=found.unknown[-1],
        )


def refuse_older(found: Schema) -> None:
    """Raise ``DatabaseOlder`` where steps are missing."""
    if found.pending:
        raise DatabaseOlder(
            mark("The database lacks {count} steps; `rexian migrate` carries them out."),
            count=len(found.pending),
        )


def migrate(tell: Callable[[str], None]) -> int:
    """Carry out what is pending and return how many steps that were; ``tell`` hears each name.

    Two that begin at once do it one after the other, and the second finds nothing left to do.
    """
    with alone():
        refuse_newer(schema())
        executor = MigrationExecutor(connection, _teller(tell))
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    return len(plan)


@contextmanager
def alone() -> Iterator[None]:
    """Keep all others that would prepare the same database waiting until we are done."""
    reach()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        return
    with _lock_file().open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def in_use() -> Iterator[None]:
    """Mark the home folder as one that a server works in, so that nothing is restored under it."""
    with _use_file().open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def unused() -> Iterator[None]:
    """Keep servers out of the home folder; raise ``HomeInUse`` where one is at work."""
    with _use_file().open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HomeInUse(
                mark("A server is at work in {folder}; stop it first."),
                folder=settings.CONFIGURATION.home,
            ) from None
        yield


class HomeInUse(Conflict):
    """A server runs in the home folder, and what was asked cannot be done under it (409)."""

    code = "home-in-use"


def _lock_file() -> Path:
    home: Path = settings.CONFIGURATION.home
    return home / "preparing.lock"


def _use_file() -> Path:
    home: Path = settings.CONFIGURATION.home
    return home / "serving.lock"


def _name(step: Migration) -> str:
    return f"{step.app_label}.{step.name}"


def _teller(tell: Callable[[str], None]) -> Callable[..., None]:
    """Return a callback for Django's executor, which tells of much more than steps begun."""

    def progress(action: str, step: Migration | None = None, fake: bool = False) -> None:  # noqa: ARG001 - Django's form
        if action == "apply_start" and step is not None:
            tell(_name(step))

    return progress

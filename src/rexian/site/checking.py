"""Look an installation over, without changing it: each point with what was found."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from shutil import disk_usage
from smtplib import SMTP, SMTP_SSL, SMTPException
from typing import Any

from django.db import connection
from django.utils.timezone import now

from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.site import schema
from rexian.site.configuration import Configuration, read_configuration
from rexian.site.setup import is_loopback, set_up

# Signatures and deadlines suffer from a clock that differs from the database's by more than this.
_CLOCK_TOLERANCE = timedelta(seconds=2)
_LEAST_ROOM = 1024**3
_MAIL_PATIENCE = 5


class State(StrEnum):
    """How a point stands: in order, worth a look, or in the way."""

    GOOD = "good"
    NOTED = "noted"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at: its name and what was found, as messages with their values."""

    name: str
    state: State
    found: str
    values: dict[str, Any] = field(default_factory=dict)


Check = Callable[[Configuration], Iterator[Point]]


def check() -> Iterator[Point]:
    """Yield each point as soon as it has been looked at; what hinders the next ones comes last."""
    configuration = read_configuration(os.environ)
    yield _good(mark("Settings"), mark("understood"))
    yield from _folders(configuration)
    yield from _secret(configuration)
    secret = configuration.secret or configuration.secret_file.is_file()
    if not secret:
        os.environ["REXIAN_SECRET"] = "-"  # noqa: S105 - nothing is signed while looking
    set_up()
    try:
        found = schema.schema()
    except schema.DatabaseUnreachable as error:
        yield Point(mark("Database"), State.BAD, error.template, error.details)
    else:
        yield from _schema(found)
        if not found.pending and not found.unknown:
            yield from _contents()
    yield from _packs(configuration)
    yield from _mail(configuration)


def _folders(configuration: Configuration) -> Iterator[Point]:
    home = configuration.home
    if not home.is_dir():
        yield _noted(mark("Home folder"), mark("{folder} is made at the first start"), folder=home)
        return
    for folder in (home, configuration.files):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            yield _bad(mark("Home folder"), mark("{folder} cannot be written to"), folder=folder)
            return
    free = disk_usage(home).free
    told = _good if free > _LEAST_ROOM else _noted
    yield told(
        mark("Home folder"), mark("{folder}, {free} GB free"), folder=home, free=free // 10**9
    )


def _secret(configuration: Configuration) -> Iterator[Point]:
    name = mark("Secret")
    file = configuration.secret_file
    if configuration.secret:
        weak = len(configuration.secret) < 50
        yield (
            _noted(name, mark("REXIAN_SECRET is short"))
            if weak
            else _good(name, mark("given by REXIAN_SECRET"))
        )
    elif not file.is_file():
        public = not is_loopback(configuration.public_url.hostname or "")
        told = _bad if public else _noted
        yield told(name, mark("missing; `rexian init` makes one"))
    elif file.stat().st_mode & 0o077:
        yield _bad(name, mark("{file} can be read by others than its owner"), file=file)
    else:
        yield _good(name, mark("in {file}"), file=file)


def _schema(found: schema.Schema) -> Iterator[Point]:
    name = mark("Database")
    if found.unknown:
        yield _bad(name, mark("newer than this program: {step}"), step=found.unknown[-1])
    elif found.pending:
        yield _noted(name, mark("lacks {count} steps: `rexian migrate`"), count=len(found.pending))
    else:
        yield _good(name, mark("{place}, up to date"), place=schema.place())


def _contents() -> Iterator[Point]:
    """Look at what only a complete database can tell."""
    from rexian.journal.services import verify  # noqa: PLC0415 - contexts are loaded by now
    from rexian.org.queries import installation  # noqa: PLC0415

    if not installation.has_organisation():
        yield _noted(mark("Organisation"), mark("none yet: `rexian init`"))
    else:
        known = installation.known_accounts()
        told = _noted if known else _good
        yield told(
            mark("Organisation"), mark("the demonstration") if known else mark("there is one")
        )
    journal = verify()
    if journal.sound:
        yield _good(
            mark("Journal"),
            mark("sound: {entries} entries sealed, {unsealed} not yet"),
            entries=journal.entries,
            unsealed=journal.unsealed,
        )
    else:
        yield _bad(mark("Journal"), mark("not sound: `rexian journal verify` says more"))
    yield from _clock()


def _clock() -> Iterator[Point]:
    """Compare our clock with the database's, where that is on another machine."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(cursor.fetchone()[0] - now())
    told = _good if apart < _CLOCK_TOLERANCE else _bad
    yield told(
        mark("Clock"),
        mark("{seconds} s from the database's"),
        seconds=round(apart.total_seconds(), 1),
    )


def _packs(configuration: Configuration) -> Iterator[Point]:
    """Load the standards of one's own, as publishing them would."""
    from rexian.standard import queries  # noqa: PLC0415 - it takes a while to load

    name = mark("Standards")
    for folder in configuration.packs:
        if not folder.is_dir():
            yield _bad(name, mark("{folder} is no folder"), folder=folder)
            continue
        for pack in sorted(one.parent for one in folder.glob("*/pack.yaml")):
            yield _pack(name, pack, queries)


def _pack(name: str, folder: Path, queries: Any) -> Point:
    try:
        errors = [one for one in queries.lint(str(folder)) if one.severity == "error"]
    except RexianError as error:
        return Point(name, State.BAD, error.template, error.details)
    if errors:
        return _bad(name, mark("{folder}: `rexian standard lint` says more"), folder=folder)
    return _good(name, mark("{folder} is sound"), folder=folder)


def _mail(configuration: Configuration) -> Iterator[Point]:
    name = mark("Mail")
    server = configuration.mail
    if server is None:
        yield _noted(name, mark("none: administrators hand out links to passwords"))
        return
    secure = server.scheme == "smtps"
    kind, port = (SMTP_SSL, 465) if secure else (SMTP, 587)
    place = f"{server.hostname}:{server.port or port}"
    try:
        with closing(
            kind(server.hostname or "", server.port or port, timeout=_MAIL_PATIENCE)
        ) as box:
            if server.scheme == "smtp+starttls":
                box.starttls(context=ssl.create_default_context())
            if server.username:
                box.login(server.username, server.password or "")
    except (OSError, SMTPException, socket.gaierror) as error:
        why = type(error).__name__
        yield _bad(name, mark("{place} does not answer as it should ({why})"), place=place, why=why)
    else:
        yield _good(name, mark("{place} answers"), place=place)


def _good(name: str, found: str, **values: Any) -> Point:
    return Point(name, State.GOOD, found, values)


def _noted(name: str, found: str, **values: Any) -> Point:
    return Point(name, State.NOTED, found, values)


def _bad(name: str, found: str, **values: Any) -> Point:
    return Point(name, State.BAD, found, values)

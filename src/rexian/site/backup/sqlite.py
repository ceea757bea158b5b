"""Copy an SQLite database that is being written to, by its own means, and put a copy in place."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from rexian.kernel.language import mark
from rexian.site.backup.archive import Headway, Manifest, damaged, unpacked
from rexian.site.backup.copies import Copy

NAME = "rexian.sqlite3"
_BLOCK = 1024 * 1024


def copy_out(folder: Path, headway: Headway) -> Copy:
    """Write a packed copy, as of one moment, into ``folder``.

    In one step: a copy in several begins anew whenever somebody writes in between, and would never
    end on a busy server. Writers do not wait for it.
    """
    plain = folder / NAME
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(plain)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        copied = Copy(_migrations(target), _rows(target))
    with plain.open("rb") as stream, gzip.open(folder / f"{NAME}.gz", "wb", 5) as packed:
        while block := stream.read(_BLOCK):
            packed.write(block)
            headway(len(block))
    plain.unlink()
    return copied


def unpack_copy(folder: Path, manifest: Manifest) -> Path:
    """Unpack the copy in ``folder`` and see that it is sound and has its rows; return its file."""
    plain = folder / NAME
    with unpacked(folder / f"{NAME}.gz") as stream, plain.open("wb") as target:
        shutil.copyfileobj(stream, target, _BLOCK)
    with closing(sqlite3.connect(plain)) as copy:
        try:
            sound = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
            rows = _rows(copy)
        except sqlite3.DatabaseError:
            sound, rows = False, {}
    if not sound or rows != dict(manifest.rows):
        raise damaged(mark("its database is not sound"))
    return plain


def put_in_place(copy: Path, place: Path) -> None:
    """Make ``copy`` the database at ``place``, with nothing left of one that was there."""
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    copy.replace(place)


def _rows(database: sqlite3.Connection) -> dict[str, int]:
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = sorted(name for (name,) in database.execute(asked))
    counted = 'SELECT count(*) FROM "{}"'
    return {name: database.execute(counted.format(name)).fetchone()[0] for name in names}


def _migrations(database: sqlite3.Connection) -> tuple[str, ...]:
    asked = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
    return tuple(name for (name,) in database.execute(asked))

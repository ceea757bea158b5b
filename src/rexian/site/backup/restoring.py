"""Restore a backup: all of it and verified, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import DataError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from rexian.journal.services import Verification, verify
from rexian.kernel.errors import Conflict
from rexian.kernel.language import mark
from rexian.site import schema
from rexian.site.backup import postgresql, sqlite
from rexian.site.backup.archive import Headway, Manifest, damaged, unpack
from rexian.site.configuration import Configuration


class NotEmpty(Conflict):
    """There is something where the backup would go (409)."""

    code = "not-empty"


class OtherDatabase(Conflict):
    """The backup is of another kind of database (409)."""

    code = "other-database"


class BackupNewer(Conflict):
    """A later version of the program made the backup (409)."""

    code = "backup-newer"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what verifying the journal found."""

    manifest: Manifest
    journal: Verification


def restore_backup(
    file: Path, configuration: Configuration, *, replace: bool, headway: Headway = lambda _: None
) -> Restored:
    """Put database, files and secret of a backup where this installation has its own.

    Everything is unpacked and compared with its manifest before anything that is there is touched.
    Without ``replace`` there must be nothing there yet.
    """
    with schema.unused(), _workshop(configuration.home) as folder:
        if not replace:
            _refuse_what_is_there(configuration)
        manifest = unpack(file, folder, headway)
        _refuse_what_does_not_fit(manifest)
        if manifest.vendor == "sqlite":
            _restore_sqlite(folder, manifest, configuration)
        else:
            _restore_postgresql(folder, manifest, configuration)
        schema.migrate(lambda _: None)
        return Restored(manifest, verify())


def _refuse_what_is_there(configuration: Configuration) -> None:
    there = [one for one in (configuration.files,) if one.is_dir() and any(one.iterdir())]
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        there += [place] if place.exists() and place.stat().st_size else []
    elif not postgresql.is_empty():
        there.append(Path(schema.place()))
    if there:
        raise NotEmpty(
            mark("{place} is not empty; with --replace, what is there is given up."),
            place=there[0],
        )


def _refuse_what_does_not_fit(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise OtherDatabase(
            mark("The backup is of {made} and goes into {made} only; the database here is {here}."),
            made=manifest.vendor,
            here=connection.vendor,
        )
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations or {}}
    unknown = sorted(set(manifest.migrations) - known)
    if unknown:
        raise BackupNewer(
            mark("Version {version} made this backup; this program is older and lacks {step}."),
            version=manifest.program,
            step=unknown[-1],
        )


def _restore_sqlite(folder: Path, manifest: Manifest, configuration: Configuration) -> None:
    copy = sqlite.unpack_copy(folder / "database", manifest)
    place = Path(connection.settings_dict["NAME"])
    connections.close_all()
    with _exchanged_files(folder, configuration):
        sqlite.put_in_place(copy, place)


def _restore_postgresql(folder: Path, manifest: Manifest, configuration: Configuration) -> None:
    try:
        with transaction.atomic(), _exchanged_files(folder, configuration):
            postgresql.drop_everything()
            postgresql.load(folder / "database", manifest)
    except DataError:
        raise damaged(mark("its database is not sound")) from None


@contextmanager
def _exchanged_files(folder: Path, configuration: Configuration) -> Iterator[None]:
    """Put the backup's files in place; where what follows fails, put those back that were there."""
    old, new = folder / "old-files", folder / "files"
    new.mkdir(mode=0o700, exist_ok=True)
    if configuration.files.exists():
        configuration.files.rename(old)
    new.rename(configuration.files)
    try:
        yield
    except BaseException:
        shutil.rmtree(configuration.files)
        if old.exists():
            old.rename(configuration.files)
        raise
    if (folder / "secret").is_file() and not configuration.secret:
        (folder / "secret").replace(configuration.secret_file)


@contextmanager
def _workshop(home: Path) -> Iterator[Path]:
    """Make a folder on the same disk, where renaming is all that remains to be done."""
    with tempfile.TemporaryDirectory(dir=home, prefix=".restoring-") as folder:
        yield Path(folder)

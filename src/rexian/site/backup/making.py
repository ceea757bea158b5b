"""Make a backup of an installation that goes on working."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.db import connection

from rexian import __version__
from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark
from rexian.site.backup import postgresql, sqlite
from rexian.site.backup.archive import FORMAT, Headway, Manifest, new_archive
from rexian.site.configuration import Configuration


class FileThere(Conflict):
    """There is a file of that name already (409)."""

    code = "file-there"


class UnwritableFile(Invalid):
    """The backup cannot be written where it should be (422)."""

    code = "unwritable-file"


def make_backup(
    file: Path, configuration: Configuration, *, at: datetime, headway: Headway = lambda _: None
) -> Manifest:
    """Write database, files and secret into ``file``, as they are at one moment.

    The database is copied first: what it names among the files is there, since files are written
    before they are named.
    """
    if file.exists():
        raise FileThere(mark("There is {file} already; nothing is overwritten."), file=file)
    try:
        return _make(file, configuration, at, headway)
    except OSError as error:
        raise UnwritableFile(
            mark("{file} cannot be written: {reason}."), file=file, reason=error.strerror or error
        ) from None


def _make(file: Path, configuration: Configuration, at: datetime, headway: Headway) -> Manifest:
    with (
        tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder,
        new_archive(file, headway) as archive,
    ):
        database = sqlite if connection.vendor == "sqlite" else postgresql
        copied = database.copy_out(Path(folder), headway)
        for path in sorted(Path(folder).iterdir()):
            archive.add_file(f"database/{path.name}", path)
        for path in sorted(configuration.files.rglob("*")):
            if path.is_file():
                name = path.relative_to(configuration.files).as_posix()
                archive.add_file(f"files/{name}", path)
        if configuration.secret_file.is_file():
            archive.add_file("secret", configuration.secret_file)
        manifest = Manifest(
            format=FORMAT,
            program=__version__,
            made_at=at.isoformat(),
            vendor=connection.vendor,
            migrations=copied.migrations,
            rows=copied.rows,
            columns=copied.columns,
            parts=archive.parts,
        )
        archive.finish(manifest)
    return manifest

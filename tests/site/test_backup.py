"""A backup of a database that is being written to is whole, and is restored whole or not at all."""

from __future__ import annotations

import io
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as given
from django.db import connection, connections, transaction
from django.utils.timezone import now

from rexian.journal.services import record, seal
from rexian.kernel.authority import Actor
from rexian.org.events import OrganisationFounded
from rexian.site.backup import DamagedBackup, Manifest, make_backup, read_manifest
from rexian.site.backup.archive import unpack
from rexian.site.configuration import Configuration
from tests.cast import Cast
from tests.site.conftest import Run

MACHINE = Actor.system("test")


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    """Return the settings with a home of one's own, where something has been uploaded."""
    found = replace(given.CONFIGURATION, home=tmp_path / "here")
    (found.files / "7").mkdir(parents=True)
    (found.files / "7" / "通话.jsonl").write_text('{"id": "A1"}\n', "utf-8")
    found.secret_file.write_text("the secret of this home\n", "ascii")
    return found


@contextmanager
def busy_database() -> Iterator[None]:
    """Have somebody write to the journal, entry by entry, for as long as it takes."""
    stop, begun = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        with closing(connections["default"]):
            while not stop.wait(0.001):  # the backup is to get on, too
                number += 1
                with transaction.atomic():
                    told = OrganisationFounded(subject_id=number, organisation=number)
                    record(told, actor=MACHINE, at=now())
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(20)
    yield
    stop.set()
    writer.join()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return the settings of an empty installation with the same kind of database."""
    settings = {"REXIAN_HOME": str(tmp_path / "there")}
    if connection.vendor == "sqlite":
        yield settings
        return
    name = f"restored_{tmp_path.name}"[:60].lower()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    place = connection.settings_dict
    host = quote(place["HOST"], safe="")
    where = f"postgresql://{place['USER']}:{place['PASSWORD']}@/{name}?host={host}"
    yield settings | {"REXIAN_DATABASE": where}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_under_writes_is_restored_elsewhere(
    cast: Cast,  # noqa: ARG001 - people to back up
    configuration: Configuration,
    elsewhere: dict[str, str],
    rexian: Run,
    tmp_path: Path,
) -> None:
    seal(at=now())
    file = tmp_path / "backup.tar"
    with busy_database():
        made = make_backup(file, configuration, at=now())
    assert made.rows["org_person"] > 9
    assert made.rows["journal_entry"] < connection_rows("journal_entry")
    there = Path(elsewhere["REXIAN_HOME"])
    done = rexian("restore", str(file), **elsewhere)
    assert done.stdout == f"Restored and verified: {sum(made.rows.values())} rows.\n", done.stderr
    assert (there / "files" / "7" / "通话.jsonl").read_text("utf-8") == '{"id": "A1"}\n'
    assert (there / "secret").read_text("ascii") == "the secret of this home\n"

    again = tmp_path / "again.tar"
    assert rexian("backup", str(again), **elsewhere).returncode == 0
    copied = read_manifest(again)
    assert copied.rows == made.rows
    assert copied.migrations == made.migrations

    refused = rexian("restore", str(file), **elsewhere)
    assert "is not empty" in refused.stderr
    assert refused.returncode == 2
    assert rexian("restore", "--replace", str(again), **elsewhere).returncode == 0


def connection_rows(table: str) -> int:
    """Return how many rows a table has now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        count: int = cursor.fetchone()[0]
    return count


@pytest.fixture
def backup(configuration: Configuration, tmp_path: Path, transactional_db: None) -> Path:  # noqa: ARG001
    """Return a backup."""
    file = tmp_path / "backup.tar"
    make_backup(file, configuration, at=now())
    return file


def changed(file: Path, name: str, content: bytes) -> None:
    """Write the archive anew with another content in one part."""
    with tarfile.open(file) as tar:
        parts = [(one, tar.extractfile(one)) for one in tar.getmembers()]
        contents = [(one, stream.read() if stream else b"") for one, stream in parts]
    with tarfile.open(file, "w") as tar:
        for one, before in contents:
            after = content if one.name == name else before
            one.size = len(after)
            tar.addfile(one, io.BytesIO(after))


@pytest.mark.parametrize("kept", [0, 100, 2000, -12000])
def test_a_backup_that_ends_early_is_refused(backup: Path, kept: int, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[:kept])
    with pytest.raises(DamagedBackup):
        unpack(backup, tmp_path / "unpacked", lambda _: None)


@pytest.mark.parametrize("part", ["files/7/通话.jsonl", "secret", "manifest.json"])
def test_a_backup_that_was_changed_is_refused(backup: Path, part: str, tmp_path: Path) -> None:
    changed(backup, part, b"something else")
    with pytest.raises(DamagedBackup):
        unpack(backup, tmp_path / "unpacked", lambda _: None)


@pytest.mark.parametrize("name", ["../outside", "/outside", "files/../../outside"])
def test_no_part_is_written_outside(tmp_path: Path, name: str) -> None:
    file = tmp_path / "evil.tar"
    with tarfile.open(file, "w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        tar.addfile(entry, io.BytesIO(b"x"))
    with pytest.raises(DamagedBackup):
        unpack(file, tmp_path / "inside" / "deep", lambda _: None)
    assert [one.name for one in tmp_path.iterdir()] == ["evil.tar"]


def test_a_damaged_backup_leaves_nothing_behind(rexian: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "no-backup.tar"
    file.write_bytes(b"not a tar")
    done = rexian("restore", str(file))
    assert done.stderr.startswith("Error: This is no whole backup")
    assert done.stderr.count("\n") == 1
    assert done.returncode == 2
    left = {one.name for one in home.rglob("*")}
    assert left <= {"files", "preparing.lock", "serving.lock"}


def test_nothing_is_restored_under_a_server(rexian: Run, home: Path, tmp_path: Path) -> None:
    import fcntl  # noqa: PLC0415

    home.mkdir()
    with (home / "serving.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        done = rexian("restore", str(tmp_path / "any.tar"))
    assert "A server is at work in" in done.stderr


def test_no_file_is_overwritten(
    backup: Path,
    configuration: Configuration,
    transactional_db: None,  # noqa: ARG001
) -> None:
    before = backup.read_bytes()
    with pytest.raises(Exception, match="nothing is overwritten"):
        make_backup(backup, configuration, at=now())
    assert backup.read_bytes() == before


def test_a_manifest_of_another_form_is_refused() -> None:
    with pytest.raises(DamagedBackup):
        Manifest.read(b'{"format": 99}')

"""The file of a backup: a tar whose last part says what all the others must be.

``database/…gz``, ``files/…``, ``secret`` and last ``manifest.json``, with the version and the
schema that it was made from, the rows of each table and the hash of every part. A file that ends
early has no manifest, and what was changed does not fit it.
"""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from time import time
from typing import Any, Protocol, Self

import orjson

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark, translate

FORMAT = 1
_MANIFEST = "manifest.json"
_BLOCK = 1024 * 1024


class Readable(Protocol):
    """A stream of bytes, as far as it matters here."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, none at the end."""


Headway = Callable[[int], None]
"""Hears of every so many bytes that have been dealt with."""


class DamagedBackup(Invalid):
    """The file is no backup, is not whole, or has been changed (422)."""

    code = "damaged-backup"

    def sentence(self, language: str) -> str:
        """Return what is wrong in ``language``, with the reason in it too."""
        reason = self.details["why"]
        why = translate(reason, language, **self.details)
        return translate(self.template, language, **{**self.details, "why": why})


@dataclass(frozen=True, slots=True)
class Part:
    """What a part must be: its size in bytes and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; ``columns`` is empty for SQLite, whose file says it itself."""

    format: int
    program: str
    made_at: str
    vendor: str
    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    columns: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, Part]

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Return the manifest in a text of JSON; raise ``DamagedBackup`` for another."""
        try:
            found = orjson.loads(text)
            parts = {name: Part(**part) for name, part in found.pop("parts").items()}
            columns = {table: tuple(names) for table, names in found.pop("columns").items()}
            made = cls(
                **{**found, "migrations": tuple(found["migrations"])}, parts=parts, columns=columns
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise damaged(mark("its list of contents cannot be read")) from None
        if made.format != FORMAT:
            raise damaged(mark("its form is that of another version"))
        return made


class Writer:
    """Writes parts one after the other and remembers what they were."""

    def __init__(self, tar: tarfile.TarFile, headway: Headway) -> None:
        self._tar = tar
        self._headway = headway
        self.parts: dict[str, Part] = {}

    def add(self, name: str, stream: Readable, size: int) -> None:
        """Write ``size`` bytes of ``stream`` as the part ``name``."""
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime, entry.mode = size, int(time()), 0o600
        reading = _Hashing(stream, self._headway)
        self._tar.addfile(entry, reading)
        self.parts[name] = Part(size, reading.hash.hexdigest())

    def add_file(self, name: str, path: Path) -> None:
        """Write a file; one that has been deleted meanwhile belonged to nothing any more."""
        try:
            stream = path.open("rb")
        except FileNotFoundError:
            return
        with stream:
            self.add(name, stream, os.fstat(stream.fileno()).st_size)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, last."""
        text = orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2)
        self.add(_MANIFEST, io.BytesIO(text), len(text))


@contextmanager
def new_archive(file: Path, headway: Headway) -> Iterator[Writer]:
    """Open a writer for a new file, which gets its name when it is whole and on the disk."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar, headway)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)


def unpack(file: Path, folder: Path, headway: Headway) -> Manifest:
    """Write all parts into ``folder`` and return the manifest that they fit.

    Raises ``DamagedBackup`` where a part is missing, more, or not what it should be.
    """
    found: dict[str, Part] = {}
    manifest: Manifest | None = None
    with _opened(file) as entries:
        for entry, stream in entries:
            name = _safe(entry)
            if name == _MANIFEST:
                manifest = Manifest.read(stream.read(min(entry.size, 64 * _BLOCK)))
                continue
            found[name] = _write(stream, folder / name, headway)
    if manifest is None:
        raise damaged(mark("it ends too early"))
    if wrong := {name for name, _ in found.items() ^ manifest.parts.items()}:
        raise damaged(mark("{name} is not what it was"), name=min(wrong))
    return manifest


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says of itself, without looking at the rest."""
    with _opened(file) as entries:
        for entry, stream in entries:
            if entry.name == _MANIFEST:
                return Manifest.read(stream.read(min(entry.size, 64 * _BLOCK)))
    raise damaged(mark("it ends too early"))


@contextmanager
def unpacked(path: Path) -> Iterator[Readable]:
    """Open a part that was packed."""
    try:
        with gzip.open(path, "rb") as stream:
            yield stream
    except (EOFError, gzip.BadGzipFile):
        raise damaged(mark("{name} is not what it was"), name=path.name) from None


@contextmanager
def _opened(file: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, Readable]]]:
    """Open an archive and yield its parts; whatever cannot be read in it damages it."""
    try:
        with tarfile.open(file, "r:") as tar:
            yield _entries(tar)
    except (tarfile.TarError, EOFError):
        raise damaged(mark("it is no archive, or ends too early")) from None
    except FileNotFoundError:
        raise damaged(mark("there is no file {name}"), name=file) from None


def _entries(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, Readable]]:
    for entry in tar:
        stream = tar.extractfile(entry)
        if stream is None:
            raise damaged(mark("{name} is no file"), name=entry.name)
        yield entry, stream


def _safe(entry: tarfile.TarInfo) -> str:
    """Return the name of a part, which stays inside the folder it is unpacked into."""
    path = PurePosixPath(entry.name)
    if path.is_absolute() or ".." in path.parts or not entry.isfile():
        raise damaged(mark("{name} is no file of a backup"), name=entry.name)
    return str(path)


def _write(stream: Readable, path: Path, headway: Headway) -> Part:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    reading = _Hashing(stream, headway)
    with path.open("wb") as target:
        while block := reading.read(_BLOCK):
            target.write(block)
    path.chmod(0o600)
    return Part(path.stat().st_size, reading.hash.hexdigest())


def damaged(why: str, **values: Any) -> DamagedBackup:
    """Return the error that says why a backup cannot be used."""
    return DamagedBackup(mark("This is no whole backup: {why}."), why=why, **values)


class _Hashing:
    """Reads through to a stream, and hashes what passes."""

    def __init__(self, stream: Readable, told: Headway) -> None:
        self._stream = stream
        self._told = told
        self.hash = sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        block = self._stream.read(size)
        self.hash.update(block)
        self._told(len(block))
        return block

"""Files that people sent in, each under a random name in the random folder of its batch."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django.conf import settings

from rexian.dialogue.adapters.workbooks import SIGNATURE
from rexian.dialogue.domain.batches import WrongUpload
from rexian.kernel.language import mark

MEGABYTE = 1 << 20
_LARGEST_UNPACKED = 128 * MEGABYTE
_SWELLS = 150
"""A workbook shrinks to a tenth or so; what shrinks to a hundred-and-fiftieth was made to harm."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it lies there: its random name, its size in bytes, its SHA-256."""

    stored: str
    size: int
    digest: str


def store(folder: str, name: str, chunks: Iterable[bytes], *, room: int) -> StoredFile:
    """Write a file and have it safe on the disk before anything is said of it.

    Raises ``WrongUpload`` for one that is empty, larger than ``room`` bytes, or a workbook that
    swells when it is unpacked.
    """
    place = place_of(folder)
    place.mkdir(parents=True, exist_ok=True)
    stored = uuid4().hex
    size, digest = 0, hashlib.sha256()
    with (place / stored).open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > room:
                raise too_large()
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise WrongUpload(mark("{file} is empty."), file=name)
    _refuse_what_swells(place / stored, name)
    _settle(place)
    return StoredFile(stored, size, digest.hexdigest())


def place_of(folder: str) -> Path:
    """Return where the files of a batch lie."""
    return Path(settings.CONFIGURATION.files) / "inspections" / folder


def settled(before: datetime) -> Iterator[str]:
    """Yield the folders in which nothing has been written since ``before``."""
    top = place_of("")
    for one in top.iterdir() if top.is_dir() else ():
        if one.stat().st_mtime < before.timestamp():
            yield one.name


def remove(folder: str) -> None:
    """Remove the files of a batch, however many of them are there."""
    shutil.rmtree(place_of(folder), ignore_errors=True)


def room() -> int:
    """Return how many bytes the files of one batch may have together."""
    return int(settings.CONFIGURATION.upload_limit)


def too_large() -> WrongUpload:
    """Return the error for files that are larger than the operator allows."""
    return WrongUpload(
        mark("The files are larger than {megabytes} MB together: send them in parts."),
        megabytes=room() // MEGABYTE,
    )


def _settle(place: Path) -> None:
    """Have the folder itself on the disk, so that the file is found there after a power cut."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_what_swells(path: Path, name: str) -> None:
    with path.open("rb") as file:
        if file.read(len(SIGNATURE)) != SIGNATURE:
            return
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        return  # whoever reads it says that it is no workbook
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, path.stat().st_size)
    if unpacked > _LARGEST_UNPACKED or (unpacked > 8 * MEGABYTE and unpacked > _SWELLS * packed):
        raise WrongUpload(
            mark("{file} swells to many times its size when it is unpacked, and is not accepted."),
            file=name,
        )

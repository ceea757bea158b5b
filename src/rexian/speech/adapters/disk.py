"""Recordings on the disk of this installation, each under a random name in one of 256 folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.speech.domain.recordings import STORED_AS

_UNFINISHED = re.compile(r"[0-9a-f]{2}/\.[0-9a-f]{30,60}\.[0-9]+")
_BLOCK = 1 << 18


class DiskStore:
    """Keeps sealed recordings in a folder; a name appears there when all of it is safe."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, pieces: Iterator[bytes]) -> int:
        """Write under another name, have it on the disk, then give it this one."""
        place = self._place(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = place.with_name(f".{place.name}.{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                size = sum(file.write(piece) for piece in pieces)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(place)
        finally:
            unfinished.unlink(missing_ok=True)
        _settle(place.parent)
        _settle(self._folder)
        return size

    def open(self, name: str, *, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes from ``start`` on. Raises ``NotFound``."""
        try:
            file = self._place(name).open("rb")
        except FileNotFoundError:
            raise _nothing(name) from None
        file.seek(start)
        return _read(file)

    def remove(self, name: str) -> bool:
        """Remove it for good; tell whether it was there."""
        place = self._place(name)
        try:
            place.unlink()
        except FileNotFoundError:
            return False
        _settle(place.parent)
        return True

    def stored_before(self, before: datetime) -> Iterator[str]:
        """Yield the names of what has not been written to since, finished or not."""
        for place in self._folder.glob("*/*"):
            name = place.relative_to(self._folder).as_posix()
            with suppress(FileNotFoundError):
                if _is_ours(name) and place.stat().st_mtime < before.timestamp():
                    yield name

    def _place(self, name: str) -> Path:
        if not _is_ours(name):
            raise _nothing(name)
        return self._folder / name


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while block := file.read(_BLOCK):
            yield block


def _is_ours(name: str) -> bool:
    """Tell whether a name is one that we give, to what is finished or not."""
    return bool(STORED_AS.fullmatch(name) or _UNFINISHED.fullmatch(name))


def _settle(folder: Path) -> None:
    """Have a folder itself on the disk, so that the file is found there after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _nothing(name: str) -> NotFound:
    return NotFound(mark("The store has no recording under {code}."), code=name)

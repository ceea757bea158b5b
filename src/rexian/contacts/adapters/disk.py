"""Files on the disk of this installation, each under a random name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from rexian.contacts.ports import FileStore

_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{30,64}")


class DiskStore:
    """Keeps files in a folder; a name appears there when all of it is safe."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def store(self, name: str, content: bytes) -> None:
        """Write the bytes under another name, have them on the disk, then give them this one."""
        place = self._place(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(place)
        finally:
            unfinished.unlink(missing_ok=True)
        _settle(place.parent)
        _settle(self._folder)

    def fetch(self, name: str) -> bytes:
        """Return the bytes of a name; raise ``FileNotFoundError``."""
        return self._place(name).read_bytes()

    def remove(self, name: str) -> None:
        """Forget a name; one that is not there is no error."""
        self._place(name).unlink(missing_ok=True)

    def stored_before(self, before: datetime) -> Iterator[str]:
        """Yield the names of what has not been written to since, finished or not."""
        for place in self._folder.glob("*/*"):
            with suppress(FileNotFoundError):
                if place.stat().st_mtime < before.timestamp():
                    yield place.relative_to(self._folder).as_posix()

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name) and not _is_unfinished(name):
            raise FileNotFoundError(name)
        return self._folder / name


def file_store() -> FileStore:
    """Return where this installation keeps what customers and agents send each other."""
    return DiskStore(Path(settings.CONFIGURATION.files) / "contacts")


def most_bytes() -> int:
    """Return how large a file may be, as the operator says."""
    return int(settings.CONFIGURATION.attachment_limit)


def _is_unfinished(name: str) -> bool:
    folder, _, file = name.partition("/")
    return file.startswith(".") and bool(_NAME.fullmatch(f"{folder}/{file[1:].partition('.')[0]}"))


def _settle(folder: Path) -> None:
    """Have a folder itself on the disk, so that the file is found there after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

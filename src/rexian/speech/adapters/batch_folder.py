"""Files of recordings as they were sent, each under its own name, until they are sealed.

They lie in the clear only between the sending and the moment at which a worker takes them in.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from rexian.kernel.language import mark
from rexian.speech.domain.batches import WrongRecordings

_MEGABYTE = 1 << 20


def place_of(folder: str) -> Path:
    """Return where the files of a batch lie."""
    return Path(settings.CONFIGURATION.files) / "recordings-sent" / folder


def room() -> int:
    """Return how many bytes the files of one sending may have together."""
    return int(settings.CONFIGURATION.upload_limit)


def store(folder: str, name: str, chunks: Iterable[bytes], *, room: int) -> int:
    """Write a file and have it safe on the disk; return its size in bytes.

    Raises ``WrongRecordings`` for one that is larger than ``room`` bytes.
    """
    place = place_of(folder)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    size = 0
    with (place / name).open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > room:
                raise too_large()
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size


def too_large() -> WrongRecordings:
    """Return the error for files that are larger than the operator allows."""
    return WrongRecordings(
        mark("The files are larger than {megabytes} MB together: send them in parts."),
        megabytes=int(settings.CONFIGURATION.upload_limit) // _MEGABYTE,
        field="uploads",
    )


def remove(folder: str) -> None:
    """Remove the files of a sending, however many of them are there."""
    if folder:
        shutil.rmtree(place_of(folder), ignore_errors=True)


def settled(before: datetime) -> Iterator[str]:
    """Yield the folders in which nothing has been written since ``before``."""
    top = place_of("")
    for one in top.iterdir() if top.is_dir() else ():
        if one.stat().st_mtime < before.timestamp():
            yield one.name

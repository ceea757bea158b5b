"""Where this installation keeps recordings and their keys, as its operator has set it."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from django.conf import settings

from rexian.kernel.language import mark
from rexian.speech.adapters.disk import DiskStore
from rexian.speech.domain.sealing import KeyMissing, KeyRing, MasterKey, new_key, read_keys
from rexian.speech.ports import Store

_log = logging.getLogger(__name__)

_HEAD = """\
# Keys of the recordings of this installation: the first seals, all of them open.
# Whoever loses this file loses the recordings. Keep a copy, and not beside them.
"""


def store_of_recordings() -> Store:
    """Return where recordings lie: a folder, or a bucket of an object store."""
    return _store(
        settings.CONFIGURATION.recordings,
        settings.CONFIGURATION.recordings_folder,
        settings.CONFIGURATION.s3_endpoint,
        settings.CONFIGURATION.s3_region,
        settings.CONFIGURATION.s3_access_key,
        settings.CONFIGURATION.s3_secret_key,
    )


def most_bytes() -> int:
    """Return how large one recording may be."""
    return int(settings.CONFIGURATION.recording_limit)


def key_file() -> Path | None:
    """Return where the keys lie, ``None`` where they are given in the environment."""
    return None if settings.CONFIGURATION.recordings_key else settings.CONFIGURATION.key_file


def key_ring() -> KeyRing:
    """Return the keys of this installation; raise ``KeyMissing`` where there are none yet."""
    if given := settings.CONFIGURATION.recordings_key:
        return read_keys(given)
    file = settings.CONFIGURATION.key_file
    try:
        return read_keys(file.read_text("ascii"))
    except FileNotFoundError:
        raise KeyMissing(
            mark("The file {file} with the key of the recordings is missing here. Put it back."),
            file=str(file),
        ) from None


def make_key() -> KeyRing:
    """Make the first key of this installation, unless somebody else was faster, and return it."""
    file = settings.CONFIGURATION.key_file
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _beside(file)
    _write(unfinished, KeyRing((MasterKey(new_key()),)))
    try:
        os.link(unfinished, file)  # never over one that is there
        _settle(file.parent)
    except FileExistsError:
        return key_ring()
    finally:
        unfinished.unlink(missing_ok=True)
    _log.warning("Recordings are sealed with the key in %s: without it nobody opens them.", file)
    return key_ring()


def add_key() -> KeyRing:
    """Put a new key before the others in the file, and return them all."""
    file = settings.CONFIGURATION.key_file
    with _alone(file):
        return _replaced(file, KeyRing((MasterKey(new_key()), *key_ring().keys)))


def drop_keys(last: MasterKey) -> KeyRing:
    """Leave in the file a key and those before it: what is sealed under others is never opened."""
    file = settings.CONFIGURATION.key_file
    with _alone(file):
        keys = key_ring().keys
        place = keys.index(last) if last in keys else len(keys)
        return _replaced(file, KeyRing(keys[: place + 1]))


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Have others wait who would exchange keys: of two at once, one's new key would be lost."""
    lock = os.open(file.with_name(f".{file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _replaced(file: Path, ring: KeyRing) -> KeyRing:
    unfinished = _beside(file)
    _write(unfinished, ring)
    unfinished.replace(file)
    _settle(file.parent)
    return ring


def _beside(file: Path) -> Path:
    """Return a place for what is not finished, and no other thread's."""
    return file.with_name(f".{file.name}.{token_hex(4)}")


def _settle(folder: Path) -> None:
    """Have a new name itself on the disk: keys are wrapped by what is in the file from now on."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(file: Path, ring: KeyRing) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as written:
        written.write(_HEAD + "".join(f"{one.text()}  # {one.id}\n" for one in ring.keys))
        written.flush()
        os.fsync(written.fileno())


@lru_cache(maxsize=8)
def _store(place: str, folder: Path, *s3: str) -> Store:
    if not place.startswith("s3://"):
        return DiskStore(folder)
    from rexian.speech.adapters.s3 import S3Store, client_of  # noqa: PLC0415 - an extra

    parts = urlsplit(place)
    endpoint, region, access_key, secret_key = s3
    client = client_of(endpoint, region=region, access_key=access_key, secret_key=secret_key)
    return S3Store(client, parts.netloc, prefix=parts.path.strip("/"))

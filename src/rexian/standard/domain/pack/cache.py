"""What is slow to make and always comes out the same, kept in the user's cache folder.

The folder is ``REXIAN_CACHE`` (``off`` for none), else ``rexian`` in ``XDG_CACHE_HOME``,
``LOCALAPPDATA`` or ``~/.cache``. What is kept is found by its kind and key together with the code
that made it, and is only ever trusted from a folder and a file of this user's own that nobody else
can write to. A cache that cannot be used is none: things are then made again each time.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

VARIABLE = "REXIAN_CACHE"
OFF = "off"
KEPT_FILES = 24
_DIGEST_BYTES = 32
_PACKAGE = Path(__file__).parents[3]
_MADE_BY = ("standard/domain", "kernel/text")
_MADE_WITH = ("rexian", "daachorse", "pypinyin", "pyyaml")
_UNREADABLE = (
    OSError,
    EOFError,
    ImportError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    pickle.PickleError,
)


def recall(kind: str, key: str) -> Any:
    """Return what is kept, or ``None`` where there is nothing, or nothing to be trusted."""
    folder = cache_folder()
    try:
        if folder is None or not _is_ours(folder.stat(), stat.S_ISDIR):
            return None
        content = _read(folder / _file_name(kind, key))
        payload = memoryview(content)[_DIGEST_BYTES:]
        if hashlib.sha256(payload).digest() != content[:_DIGEST_BYTES]:
            return None
        with _without_collecting():
            return pickle.loads(payload)  # noqa: S301 - only from a file that is ours alone
    except _UNREADABLE:
        return None


def keep(kind: str, key: str, value: object) -> None:
    """Keep a value, if it can be kept; a reader never sees half of it."""
    folder = cache_folder()
    try:
        if folder is None:
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(folder.stat(), stat.S_ISDIR):
            payload = pickle.dumps(value, protocol=5)
            _write(folder / _file_name(kind, key), hashlib.sha256(payload).digest() + payload)
            _prune(folder)
    except _UNREADABLE:
        return


def cache_folder() -> Path | None:
    """Return the folder of the cache, whether it exists or not; ``None`` where there is none."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen:
        return None if chosen == OFF else Path(chosen)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if Path(os.environ.get(name, "")).is_absolute():
            return Path(os.environ[name]) / "rexian"
    with suppress(RuntimeError):  # a user without a home
        return Path.home() / ".cache" / "rexian"
    return None


def _file_name(kind: str, key: str) -> str:
    digest = hashlib.sha256(f"{key}\0{_maker()}".encode()).hexdigest()
    return f"{kind}-{digest[:40]}.bin"


@cache
def _maker() -> str:
    """Return a sign of the code and of the Python that make what is kept."""
    digest = hashlib.sha256(f"{sys.version}\0{sys.byteorder}\0".encode())
    for name in _MADE_WITH:
        with suppress(PackageNotFoundError):
            digest.update(f"{name}\0{version(name)}\0".encode())
    for folder in _MADE_BY:
        for path in sorted((_PACKAGE / folder).rglob("*.*")):
            if path.suffix in (".py", ".txt"):
                known = path.stat()
                digest.update(f"{path}\0{known.st_size}\0{known.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _is_ours(known: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Say whether something belongs to this user, and nobody else can write to it.

    On Windows the folders of a user's own data are closed to others, and there is no mode to ask.
    """
    if not is_kind(known.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    closed = not known.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return bool(known.st_uid == os.geteuid() and closed)


def _read(path: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not _is_ours(os.fstat(file.fileno()), stat.S_ISREG):
            raise PermissionError(path)
        return file.read()


def _write(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    """Remove the files that were written longest ago, beyond ``KEPT_FILES``."""
    kept = sorted(folder.glob("*-*.bin"), key=lambda path: path.stat().st_mtime_ns)
    for path in kept[:-KEPT_FILES]:
        path.unlink(missing_ok=True)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the collector of garbage from walking what is being read, which is no garbage."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()

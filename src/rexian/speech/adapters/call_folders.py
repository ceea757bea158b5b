"""The recordings that paths stand for, and what the telephone system has written beside them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rexian.speech.adapters import call_tables
from rexian.speech.adapters.decoding_signatures import HEAD, is_text
from rexian.speech.domain.unreadable_sound import Fault, Unreadable

READ = (
    *(".wav", ".wave", ".mp3", ".opus", ".ogg", ".oga", ".webm", ".weba", ".mka", ".mkv"),
    *(".m4a", ".mp4", ".mov", ".3gp", ".flac"),
)
"""Endings of what is read; what a file truly is, is told by its bytes."""

REFUSED = (".aac", ".aif", ".aiff", ".amr", ".au", ".caf", ".gsm", ".silk", ".wma", ".vox", ".pcm")
"""Endings of recordings that are found, so that it can be said why they are not read."""

_ENDINGS = frozenset((*READ, *REFUSED))
_TEXTS = frozenset((".json", ".jsonl", ".ndjson", ".txt", *call_tables.ENDINGS))
_LARGEST_SIDECAR = 16 << 20
_PARTS = re.compile(r"[_\-. ]")

Listed = tuple[Path, str]


class BrokenSidecar(Exception):
    """What lies beside the recording under its name is no object of JSON."""


def recordings_in(paths: Iterable[str | Path]) -> Iterator[Listed | Unreadable]:
    """Yield the recordings named and those in the folders named, each once, with its name.

    Folders are searched to their depth in the order of names, without what is hidden. A file that
    is named itself is a recording unless its ending, or what stands in it, says that it is text.
    """
    seen: set[str] = set()
    names: set[str] = set()
    for path in map(Path, paths):
        for listed in _in_folder(path) if path.is_dir() else _named(path):
            if isinstance(listed, Unreadable):
                yield listed
                continue
            file, name = listed
            if (real := os.path.realpath(file)) in seen:
                continue
            seen.add(real)
            name = next(one for one in (name, file.name, str(file)) if one not in names)
            names.add(name)
            yield file, name


def tables_in(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the tables of facts that lie in the folders named."""
    for folder in filter(Path.is_dir, map(Path, paths)):
        for file in _files(folder):
            if call_tables.tells_of_calls(file):
                yield file


def texts_in(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield what is no recording, nor the facts of one: what may be a written conversation."""
    for path in map(Path, paths):
        if not path.is_dir():
            if not _is_recording(path):
                yield path
            continue
        for file in _files(path):
            text = file.suffix.lower() in _TEXTS and not call_tables.tells_of_calls(file)
            if text and not _is_sidecar(file):
                yield file


def sidecar_of(recording: Path) -> tuple[Path, dict[str, Any]] | None:
    """Return what is written of ``recording`` beside it: NAME.json, or where its ``files`` name it.

    NAME_mono.wav is looked for in NAME.json too. Raises ``BrokenSidecar`` with the file's name.
    """
    own = recording.with_suffix(".json")
    if own.is_file():
        return own, _record(own)
    for stem in _shorter(recording.stem):
        candidate = recording.with_name(f"{stem}.json")
        if candidate.is_file():
            record = _record(candidate)
            if rendering_of(recording, record) is not None:
                return candidate, record
    return None


def rendering_of(recording: Path, record: Mapping[str, Any]) -> str | None:
    """Return what ``files`` of a sidecar call the recording: stereo, mono, ...; or nothing."""
    files = record.get("files")
    if not isinstance(files, Mapping):
        return None
    return next((str(key) for key, name in files.items() if name == recording.name), None)


def _record(sidecar: Path) -> dict[str, Any]:
    try:
        with sidecar.open("rb") as stream:
            content = stream.read(_LARGEST_SIDECAR)
        record = json.loads(_decoded(content))
    except (OSError, ValueError, RecursionError):
        raise BrokenSidecar(sidecar.name) from None
    if not isinstance(record, dict):
        raise BrokenSidecar(sidecar.name)
    return record


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _shorter(stem: str) -> Iterator[str]:
    """Yield the beginnings of ``stem`` up to a dash, a dot or the like, longest first."""
    for separator in reversed(list(_PARTS.finditer(stem))):
        if separator.start():
            yield stem[: separator.start()]


def _is_sidecar(file: Path) -> bool:
    if file.suffix.lower() != ".json":
        return False
    return any(file.with_suffix(ending).is_file() for ending in (*READ, *_upper(READ)))


def _upper(endings: Iterable[str]) -> Iterator[str]:
    return (ending.upper() for ending in endings)


def _named(path: Path) -> Iterator[Listed]:
    if _is_recording(path):
        yield path, path.stem


def _is_recording(path: Path) -> bool:
    """Tell whether a file that is named itself is to be heard rather than read."""
    ending = path.suffix.lower()
    if ending in _ENDINGS:
        return True
    if ending in _TEXTS or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError:
        return False
    return bool(head) and not is_text(head)


def _in_folder(folder: Path) -> Iterator[Listed | Unreadable]:
    found = False
    for file in _files(folder):
        if file.suffix.lower() in _ENDINGS:
            found = True
            yield file, file.relative_to(folder).with_suffix("").as_posix()
    if not found:
        yield Unreadable(str(folder), 0, Fault.NO_RECORDINGS, {"endings": " ".join(READ)})


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(parent, name)

"""The files that paths stand for, each with the name that conversations without an id get."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from rexian.dialogue.adapters.formats import ENDINGS
from rexian.dialogue.domain.unreadable import Reason, Unreadable

Listed = tuple[Path, str]


def files_of(paths: Iterable[str | Path]) -> Iterator[Listed | Unreadable]:
    """Yield the files named and those in the folders named, each once.

    A folder is searched to its depth in the order of names, without hidden files and folders, for
    files of known endings; a file named itself may be called anything.
    """
    seen: set[str] = set()
    names: set[str] = set()
    for path in map(Path, paths):
        for listed in _in_folder(path) if path.is_dir() else [(path, path.stem)]:
            if isinstance(listed, Unreadable):
                yield listed
                continue
            file, name = listed
            if (real := os.path.realpath(file)) not in seen:
                seen.add(real)
                name = name if name not in names else str(file)
                names.add(name)
                yield file, name


def _in_folder(folder: Path) -> Iterator[Listed | Unreadable]:
    found = False
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(parent, name)
            if not name.startswith(".") and file.suffix.lower() in ENDINGS:
                found = True
                yield file, file.relative_to(folder).with_suffix("").as_posix()
    if not found:
        endings = {"endings": " ".join(ENDINGS)}
        yield Unreadable(str(folder), 0, Reason.NOTHING_IN_FOLDER, endings)

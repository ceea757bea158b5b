"""Heard calls in a folder: what was recognised once is not recognised again.

An entry is found by what was heard (the bytes of the recording), how (engine, channels, what the
telephone system knew) and by which version of hearing. A file appears whole or not at all, so that
a run may be stopped at any moment and several may share a folder. Entries hold what was said, in
the clear: the folder is made for its owner alone.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from rexian.cli.misuse import Misuse
from rexian.kernel.language import mark
from rexian.speech.domain.heard import HeardCall
from rexian.speech.domain.keeping import UnreadableHeardCall, kept, restored
from rexian.standard.domain.events import Signal, Speaker

HEARING = "1"
"""Raised when the same sound would be heard otherwise than before: older entries then rest."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of heard calls."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Kept:
        """Return the folder, made if it is not there; raise ``Misuse`` where it cannot be."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(folder, error) from error
        return cls(folder)

    def find(self, key: str) -> HeardCall | None:
        """Return what is kept under a key; what cannot be read any more is not there."""
        try:
            return restored(self._place(key).read_bytes())
        except (OSError, UnreadableHeardCall):
            return None

    def keep(self, key: str, heard: HeardCall) -> None:
        """Keep a heard call under a key; raise ``Misuse`` where the folder takes no more."""
        try:
            self._write(key, kept(heard))
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def _write(self, key: str, content: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".")
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            unfinished.replace(self._place(key))
        finally:
            unfinished.unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        return self.folder / f"{key}.heard"


def _unwritable(folder: Path, error: OSError) -> Misuse:
    reason = error.strerror or str(error)
    return Misuse(mark("{file} cannot be written: {reason}."), file=str(folder), reason=reason)


def key_of(
    recording: Path, *, engine: str, roles: Sequence[Speaker], signals: Sequence[Signal]
) -> str:
    """Return the key of a recording heard in one way; raise ``OSError`` where it is not there."""
    with recording.open("rb") as stream:
        content = file_digest(stream, "sha256").hexdigest()
    known = [[one.name, one.at, one.by] for one in signals]
    way = json.dumps([HEARING, engine, list(roles), known])
    return sha256(f"{content} {way}".encode()).hexdigest()[:40]

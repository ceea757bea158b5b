"""Folders of the server from which the operator lets recordings be taken in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from rexian.kernel.language import mark
from rexian.speech.domain.batches import WrongRecordings

_MOST = 500


def allowed() -> tuple[Path, ...]:
    """Return the folders that the operator has opened, as far as they are there."""
    return tuple(one for one in settings.CONFIGURATION.recordings_from if one.is_dir())


def offered() -> Iterator[Path]:
    """Yield the folders to choose from: the open ones, and those directly in them."""
    for top in allowed():
        yield top
        inside = sorted(one for one in top.iterdir() if one.is_dir() and not one.is_symlink())
        yield from inside[:_MOST]


def require_allowed(place: str) -> Path:
    """Return a folder that may be read from; raise ``WrongRecordings`` for any other."""
    asked = Path(place).resolve()
    if not any(asked.is_relative_to(one.resolve()) for one in allowed()) or not asked.is_dir():
        raise WrongRecordings(
            mark("Recordings cannot be taken from there: the operator has not opened this folder."),
            field="place",
        )
    return asked


def is_inside(path: Path, place: Path) -> bool:
    """Tell whether a file really lies in a folder, whatever links say."""
    return path.resolve().is_relative_to(place.resolve())

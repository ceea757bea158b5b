"""Where a report goes: a file that appears whole or not at all, or standard output."""

from __future__ import annotations

import os
import sys
import tempfile
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rexian.cli.misuse import Misuse
from rexian.kernel.language import mark

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


@contextmanager
def destination(output: Path | None) -> Iterator[BinaryIO | None]:
    """Give a file to write to, or ``None`` for standard output.

    Nothing is left of a file whose writing did not end well.
    """
    if output is None:
        yield None
        return
    if output.exists() and not output.is_file():  # a device or a pipe cannot be replaced
        with output.open("wb") as stream:
            yield stream
        return
    with _beside(output) as stream:
        yield stream


@contextmanager
def _beside(output: Path) -> Iterator[BinaryIO]:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Misuse(
            mark("{file} cannot be written: {reason}."), file=str(output), reason=reason
        ) from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        unfinished.chmod(_mode_for(output))
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


def _mode_for(output: Path) -> int:
    """Return the mode that ``output`` has, or that a new file would have."""
    if output.exists():
        return output.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def show(report: Path, environment: Mapping[str, str]) -> bool:
    """Open a report in the program for it, where there is a screen; tell whether it was tried."""
    has_screen = sys.platform in {"darwin", "win32"} or any(map(environment.get, _SCREENS))
    return has_screen and webbrowser.open(report.resolve().as_uri())

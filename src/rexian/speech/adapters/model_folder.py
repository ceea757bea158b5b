"""A folder with a model for speech recognition: is all there, what is it called, does it load."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

_LOOKED_AT = 1 << 16
_LONGEST_NAME = 60


class ModelMissing(Invalid):
    """Where the model should be there is none, or only a part of it."""

    code = "model-missing"


class ModelBroken(Invalid):
    """The files of the model are there, and the engine cannot load them."""

    code = "model-broken"


def require_model(folder: Path, needed: Iterable[str]) -> None:
    """Raise ``ModelMissing`` unless ``folder`` holds all the files that are ``needed``."""
    if not folder.is_dir():
        raise ModelMissing(mark("There is no folder {folder} with a model."), folder=str(folder))
    for name in needed:
        if not (folder / name).is_file():
            raise ModelMissing(
                mark("The folder {folder} holds no model: the file {file} is missing."),
                folder=str(folder),
                file=name,
            )


def called(kind: str, folder: Path, files: Iterable[str]) -> str:
    """Return what is written beside what a model has read: its kind, its folder, a digest.

    The digest is of the sizes, the beginnings and the ends of its ``files``: another model in the
    same place is told apart, and a large one need not be read through for that.
    """
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode())
        with (folder / name).open("rb") as file:
            size = file.seek(0, 2)
            digest.update(str(size).encode())
            file.seek(0)
            digest.update(file.read(_LOOKED_AT))
            file.seek(max(0, size - _LOOKED_AT))
            digest.update(file.read(_LOOKED_AT))
    return f"{kind}:{folder.resolve().name[:_LONGEST_NAME]}:{digest.hexdigest()[:8]}"


@contextmanager
def loading(folder: Path) -> Iterator[None]:
    """Turn whatever an engine says of files that it cannot load into ``ModelBroken``."""
    try:
        yield
    except Exception as problem:  # noqa: BLE001 - engines raise what they like, down to Exception
        raise ModelBroken(
            mark("The model in {folder} cannot be loaded: {problem}"),
            folder=str(folder),
            problem=(str(problem).splitlines() or [type(problem).__name__])[0][:200],
        ) from None

"""The packs that can be imported without an upload: those that ship, those of the operator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard.domain.pack.loading import installed
from rexian.standard.domain.pack.sources import MANIFEST, PACKS

SHIPPED = "shipped"
OWN = "own"


def offered() -> dict[str, Path]:
    """Return the folders by their keys, ``shipped:highway`` or ``own:gas``."""
    own = {f"{OWN}:{path.name}": path for path in _own()}
    return {f"{SHIPPED}:{name}": PACKS / name for name in installed()} | own


def folder_of(key: str) -> Path:
    """Return the folder of a key; raise ``NotFound`` for one that is not offered."""
    found = offered().get(key)
    if found is None:
        raise NotFound(mark("There is no standard to import under {key}."), key=key)
    return found


def _own() -> Iterator[Path]:
    """Yield the packs in the folders of the operator; a folder may be a pack itself."""
    for folder in settings.CONFIGURATION.packs:
        if (folder / MANIFEST).is_file():
            yield folder
        else:
            yield from sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))

"""The packs that can be imported without an upload: those that ship, those of the operator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard.domain.pack.findings import Findings
from rexian.standard.domain.pack.loading import installed
from rexian.standard.domain.pack.sources import MANIFEST, PACKS, PackSource, gather

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


def bases_named(names: Iterable[str]) -> tuple[PackSource, ...]:
    """Return the packs of these names with all that they build on, each once, bases first.

    Raises ``NotFound`` for one that neither ships nor lies in a folder of the operator, ``Fault``
    for one that cannot be read.
    """
    folders = offered()
    found: dict[str, PackSource] = {}
    for name in names:
        folder = folders.get(f"{SHIPPED}:{name}") or folder_of(f"{OWN}:{name}")
        findings = Findings()
        for source in gather(folder, findings):
            found.setdefault(source.name, source)
        findings.raise_first()
    return tuple(found.values())


def _own() -> Iterator[Path]:
    """Yield the packs in the folders of the operator; a folder may be a pack itself."""
    for folder in settings.CONFIGURATION.packs:
        if (folder / MANIFEST).is_file():
            yield folder
        else:
            yield from sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))

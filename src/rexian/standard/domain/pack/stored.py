"""A pack from anywhere but a folder: its sources by name and text, as a database keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rexian.standard.domain.pack.decoding import decode
from rexian.standard.domain.pack.documents import Fault, Place, parse
from rexian.standard.domain.pack.sources import MANIFEST, PackSource
from rexian.standard.domain.pack.whole import Manifest


def sources_of(packs: Iterable[tuple[str, Mapping[str, str]]]) -> tuple[PackSource, ...]:
    """Return the sources of a pack as ``gather`` gave them: bases first, the pack itself last.

    Each is the name of its folder and its files by relative path. Raises ``Fault`` where a
    manifest is missing or cannot be read.
    """
    return tuple(_source(name, files) for name, files in packs)


def _source(name: str, files: Mapping[str, str]) -> PackSource:
    if MANIFEST not in files:
        raise Fault(Place(MANIFEST, 1, name), "the manifest is missing")
    document = parse(files[MANIFEST], MANIFEST, name)
    return PackSource(Path(name), decode(document, Manifest, "a pack"), dict(sorted(files.items())))

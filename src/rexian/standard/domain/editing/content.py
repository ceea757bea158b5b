"""What a draft holds: the sources of its bases, those of its own pack, and its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rexian.standard.domain.pack.decoding import decode
from rexian.standard.domain.pack.documents import Fault, Place, parse
from rexian.standard.domain.pack.sources import MANIFEST, PackSource, all_parameters, settle
from rexian.standard.domain.pack.whole import Manifest, Parameter


@dataclass(frozen=True, slots=True)
class Content:
    """A pack that is being written: bases first, its own last, as ``gather`` has them.

    ``parameters`` are the values that go over the defaults.
    """

    bases: tuple[PackSource, ...]
    own: PackSource
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[PackSource, ...]:
        """All sources, the own pack last."""
        return (*self.bases, self.own)

    @property
    def known_parameters(self) -> Mapping[str, Parameter]:
        """The parameters of the own pack and its bases."""
        return all_parameters(self.sources)

    @property
    def values(self) -> Mapping[str, Any]:
        """The value of each parameter; a value for one that is there no longer is left out."""
        known = self.known_parameters
        return settle(known, {key: one for key, one in self.parameters.items() if key in known})

    def with_files(self, files: Mapping[str, str]) -> Content:
        """Return the content with other files of its own; raise ``Fault`` for unreadable ones."""
        return replace(self, own=own_source(self.own.name, files))


def own_source(folder: str, files: Mapping[str, str]) -> PackSource:
    """Return a pack's source from its files; raise ``Fault`` for one that is no YAML."""
    if MANIFEST not in files:
        raise Fault(Place(MANIFEST, 1, folder), "the manifest is missing")
    for path, text in files.items():
        if path != MANIFEST:
            parse(text, path, folder)
    manifest = decode(parse(files[MANIFEST], MANIFEST, folder), Manifest, "a pack")
    return PackSource(Path(folder), manifest, dict(sorted(files.items())))

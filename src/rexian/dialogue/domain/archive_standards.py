"""A standard that travels by what it says: its files and its values, never a path or a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.pack.sources import PackSource
from rexian.standard.domain.pack.stored import sources_of
from rexian.standard.domain.standards import Standard, load_sources

_compiled: dict[str, Standard] = {}


class StandardChanged(Invalid):
    """A standard that is not what its hash says, where it has arrived (422)."""

    code = "archive-standard-changed"


@dataclass(frozen=True, slots=True)
class CarriedStandard:
    """A standard as it is sent to whoever judges: its packs, bases first, and its parameters."""

    name: str
    version: str
    content_hash: str
    packs: tuple[tuple[str, Mapping[str, str]], ...]
    parameters: Mapping[str, Any]

    @classmethod
    def of(cls, standard: Standard, sources: Iterable[PackSource]) -> CarriedStandard:
        """Return a standard to carry, ready to judge in this process and in its forks."""
        _compiled[standard.content_hash] = standard
        return cls(
            standard.name,
            standard.version,
            standard.content_hash,
            tuple((one.name, dict(one.files)) for one in sources),
            dict(standard.parameters),
        )

    def compiled(self) -> Standard:
        """Return it ready to judge: a process compiles it once. Raises ``StandardChanged``."""
        known = _compiled.get(self.content_hash)
        if known is None:
            known = load_sources(sources_of(self.packs), self.parameters)
            if known.content_hash != self.content_hash:
                raise StandardChanged(
                    mark("The standard {name} has not arrived as it was sent."), name=self.name
                )
            _compiled[self.content_hash] = known
        return known

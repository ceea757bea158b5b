"""A text put together from pieces of a document, of which every character knows its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rexian.kernel.text.folding import fold
from rexian.standard.domain.drafting.blocks import Spot

OPENING, CLOSING = "“「『‘", "”」』’"
_ENDS = re.compile(r"[。；;！!？?\n]+")


@dataclass(frozen=True)
class Passage:
    """A text, and where its parts stand: ``starts`` are offsets, each with the spot from there."""

    text: str = ""
    starts: tuple[tuple[int, Spot], ...] = field(default=())

    @cached_property
    def folded(self) -> str:
        """The text folded, of the same length, for recognising."""
        return fold(self.text)

    def spot_at(self, offset: int) -> Spot:
        """Return the place of a character."""
        found = bisect_right([start for start, _ in self.starts], offset) - 1
        return self.starts[max(found, 0)][1] if self.starts else Spot()

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield where each sentence starts and ends; what ends within quotation marks ends none."""
        quoted = [one.span() for one in QUOTED.finditer(self.text)]
        start = 0
        for match in _ENDS.finditer(self.text):
            if any(first < match.start() < last for first, last in quoted):
                continue
            if self.text[start : match.end()].strip():
                yield start, match.end()
            start = match.end()
        if self.text[start:].strip():
            yield start, len(self.text)


QUOTED = re.compile(
    r"“([^“”]*)”|”([^“”\n]*)”|「([^「」]*)」|『([^『』]*)』|‘([^‘’]*)’|\"([^\"]*)\""
)


def join(parts: Iterable[tuple[str, Spot]]) -> Passage:
    """Put texts together, one to a line."""
    text, starts = "", []
    for part, spot in parts:
        if not part.strip():
            continue
        if text:
            text += "\n"
        starts.append((len(text), spot))
        text += part.strip()
    return Passage(text, tuple(starts))

"""What has been heard of one text so far: which words are used, for what, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from rexian.places.domain.doubts import Doubt
from rexian.places.domain.places import Part, Place
from rexian.places.domain.reading.names import PointSaid
from rexian.places.domain.roads import Road


@dataclass(frozen=True, slots=True)
class Recognised:
    """What part of a place stands at ``start``..``end`` of the words."""

    part: Part
    start: int
    end: int


@dataclass(slots=True)
class Hearing:
    """A text as it is heard, part after part.

    ``road`` is the listed road, once it is known; ``at`` where the point is named that ``place``
    has. Words that are used for one part are none of another.
    """

    text: str
    folded: str
    roads: tuple[Road, ...]
    place: Place = field(default_factory=Place)
    road: Road | None = None
    at: PointSaid | None = None
    recognised: list[Recognised] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def hear(self, part: Part, start: int, end: int) -> str:
        """Note what stands at a place of the text, and return it as it was written."""
        self.recognised.append(Recognised(part, start, end))
        return self.text[start:end].strip()

    def learn(self, **parts: Any) -> None:
        """Put parts into the place."""
        self.place = replace(self.place, **parts)

    def learn_road(self, roads: Iterable[Road]) -> None:
        """Infer the road from a point or a direction, where only one road has it."""
        found = {one.code: one for one in roads}
        if self.road is None and not self.place.road and len(found) == 1:
            ((code, self.road),) = found.items()
            self.learn(road=code)

    def doubt(self, part: Part, code: str, message: str, **details: Any) -> None:
        """Note what is uncertain."""
        self.doubts.append(Doubt(part, code, message, details))

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether the words of a place of the text are not used yet."""
        return not any(start < one.end and one.start < end for one in self.recognised)

    def before(self, start: int, length: int = 10) -> str:
        """Return some of what stands before a place of the text."""
        return self.folded[max(0, start - length) : start]

    def after(self, end: int, length: int = 8) -> str:
        """Return some of what stands after a place of the text."""
        return self.folded[end : end + length]

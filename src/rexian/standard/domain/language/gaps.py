"""A phrase with many gaps, found in a time that grows with the text and not with its own ways.

A regular expression tries every way to fill the gaps before it gives up: with a dozen of them that
takes for ever. Here what has failed from a place is remembered, and not tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GappedPhrase:
    """Pieces in their order, at most ``gap`` characters between them.

    Gaps are filled and texts tried in the order in which ``re`` would: each gap as short as it can
    be, or as long with ``longest``. ``may_end`` tells whether the phrase may end in a text there.
    """

    pieces: Sequence[Sequence[str]]
    gap: int
    longest: bool
    may_end: Callable[[str, int], bool]

    def search(self, text: str, start: int) -> Span | None:
        """Return the first place of the phrase in a text, from ``start`` on."""
        trying = _Trying(self, text)
        for begin in range(start, len(text)):
            end = trying.end_of(0, begin)
            if end is not None:
                return begin, end
        return None


@dataclass(slots=True)
class _Trying:
    """A text in which a phrase is looked for, with the pieces that are nowhere after a place."""

    phrase: GappedPhrase
    text: str
    failed: set[Span] = field(default_factory=set)

    def end_of(self, number: int, begin: int) -> int | None:
        """Return where the phrase ends whose piece ``number`` stands at ``begin``, if it does."""
        for one in self.phrase.pieces[number]:
            if self.text.startswith(one, begin):
                end = self._end_after(number + 1, begin + len(one))
                if end is not None:
                    return end
        return None

    def _end_after(self, number: int, place: int) -> int | None:
        if number == len(self.phrase.pieces):
            return place if self.phrase.may_end(self.text, place) else None
        if (number, place) in self.failed:
            return None
        for begin in self._reach(place):
            end = self.end_of(number, begin)
            if end is not None:
                return end
        self.failed.add((number, place))
        return None

    def _reach(self, place: int) -> Iterable[int]:
        reach = range(place, min(place + self.phrase.gap, len(self.text)) + 1)
        return reversed(reach) if self.phrase.longest else reach

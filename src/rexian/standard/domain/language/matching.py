"""Find all phrases of a pack in one pass over an utterance.

A *slot* is one list of phrases as a condition names it. The index puts the pieces of all slots
into one overlapping Aho-Corasick automaton, so that the cost of reading follows what is found,
not how many phrases a pack has; clause edges, gaps and exclusions are resolved here, on the few
places that were found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from daachorse import CharwiseDoubleArrayAhoCorasick

from rexian.standard.domain.language.phrases import Pattern, expand

Span = tuple[int, int]
Found = dict[int, list[Span]]

CLAUSE_EDGES = frozenset(",.?!;:，。？！；：、…~～ \t\n“”\"'‘’()（）—-《》「」『』")
SENTENCE_EDGES = frozenset(".?!。？！\n")

MIN_BY_SOUND = 3

_EDGE, _PIECE, _EXCLUSION = range(3)


@dataclass(frozen=True, slots=True)
class SlotSpec:
    """What one condition looks for; a hit inside one of ``not_inside`` does not count."""

    phrases: tuple[str, ...]
    gap: int = 12
    not_inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _GapPattern:
    slot: int
    pieces: int
    gap: int
    edges: int
    excludes: bool


class PhraseIndex:
    """All slots of a pack, ready to read; immutable once built."""

    def __init__(
        self, slots: Sequence[SlotSpec], transform: Callable[[str], str] | None = None
    ) -> None:
        self._transform = transform
        self._numbers: dict[str, int] = {}
        self._plain: list[list[int]] = []
        self._special: list[list[tuple[int, int, int]]] = []
        self._gaps: list[_GapPattern] = []
        self._excluding: set[int] = set()
        for slot, spec in enumerate(slots):
            self._add_slot(slot, spec)
        self._automaton = _automaton(self._numbers)

    def __len__(self) -> int:
        """Return the number of distinct phrases and pieces."""
        return len(self._numbers)

    def read(self, folded: str) -> Found:
        """Return where each slot stands in folded text; a slot that is nowhere is missing."""
        found: Found = {}
        pieces: dict[tuple[int, int], list[Span]] = {}
        exclusions: Found = {}
        plain, special = self._plain, self._special
        for start, end, number in self._automaton.find_overlapping(folded):
            for slot in plain[number]:
                if slot in found:
                    found[slot].append((start, end))
                else:
                    found[slot] = [(start, end)]
            for kind, slot, detail in special[number]:
                if kind == _PIECE:
                    pieces.setdefault((slot, detail), []).append((start, end))
                elif not detail or _at_edges(folded, start, end, detail):
                    kept = exclusions if kind == _EXCLUSION else found
                    kept.setdefault(slot, []).append((start, end))
        if pieces:
            self._join_pieces(folded, pieces, found, exclusions)
        if exclusions:
            _exclude(found, exclusions)
        return found

    def _add_slot(self, slot: int, spec: SlotSpec) -> None:
        for pattern in self._patterns(spec.phrases):
            self._add_pattern(slot, pattern, spec.gap, excludes=False)
        for pattern in self._patterns(spec.not_inside, shortest=1):
            self._add_pattern(slot, pattern, spec.gap, excludes=True)

    def _add_pattern(self, slot: int, pattern: Pattern, gap: int, *, excludes: bool) -> None:
        edges = pattern.opens_clause + 2 * pattern.closes_clause
        if len(pattern.pieces) > 1:
            number = len(self._gaps)
            self._gaps.append(_GapPattern(slot, len(pattern.pieces), gap, edges, excludes))
            for place, piece in enumerate(pattern.pieces):
                for text in piece:
                    self._special[self._number(text)].append((_PIECE, number, place))
            return
        for text in pattern.pieces[0]:
            number = self._number(text)
            if excludes:
                self._special[number].append((_EXCLUSION, slot, edges))
            elif edges:
                self._special[number].append((_EDGE, slot, edges))
            else:
                self._plain[number].append(slot)

    def _patterns(self, phrases: Iterable[str], shortest: int = MIN_BY_SOUND) -> list[Pattern]:
        """Expand phrases; by sound, those too short to be told from other words are left out."""
        patterns = list(dict.fromkeys(p for phrase in phrases for p in expand(phrase)))
        if self._transform is None:
            return patterns
        return [one for p in patterns if (one := _transformed(p, self._transform, shortest))]

    def _number(self, piece: str) -> int:
        number = self._numbers.setdefault(piece, len(self._numbers))
        if number == len(self._plain):
            self._plain.append([])
            self._special.append([])
        return number

    def _join_pieces(
        self,
        folded: str,
        pieces: dict[tuple[int, int], list[Span]],
        found: Found,
        exclusions: Found,
    ) -> None:
        counts: dict[int, int] = defaultdict(int)
        for gap, _ in pieces:
            counts[gap] += 1
        for gap, count in counts.items():
            one = self._gaps[gap]
            if count < one.pieces:
                continue
            chains = [pieces[gap, place] for place in range(count)]
            kept = exclusions if one.excludes else found
            for span in _chains(chains, one.gap):
                if not one.edges or _at_edges(folded, *span, one.edges):
                    kept.setdefault(one.slot, []).append(span)


def _automaton(numbers: dict[str, int]) -> CharwiseDoubleArrayAhoCorasick:
    return CharwiseDoubleArrayAhoCorasick(list(numbers) or ["\x00"])


def _transformed(
    pattern: Pattern, transform: Callable[[str], str], shortest: int
) -> Pattern | None:
    """Transform a pattern's texts; ``None`` where nothing long enough is left of a piece."""
    if len(pattern.pieces) > 1:
        shortest = min(shortest, 2)
    pieces = tuple(
        tuple(dict.fromkeys(transform(text) for text in piece if len(text) >= shortest))
        for piece in pattern.pieces
    )
    return replace(pattern, pieces=pieces) if all(pieces) else None


def _at_edges(folded: str, start: int, end: int, edges: int) -> bool:
    if edges & 1 and start > 0 and folded[start - 1] not in CLAUSE_EDGES:
        return False
    return not (edges & 2 and end < len(folded) and folded[end] not in CLAUSE_EDGES)


def _chains(places: list[list[Span]], gap: int) -> list[Span]:
    """Join pieces in order, each at most ``gap`` characters after the one before."""
    chains = places[0]
    for later in places[1:]:
        chains = [
            (start, next_end)
            for start, end in chains
            for next_start, next_end in later
            if 0 <= next_start - end <= gap
        ]
    return chains


def _exclude(found: Found, exclusions: Found) -> None:
    for slot, outer in exclusions.items():
        if slot in found:
            kept = [
                (start, end)
                for start, end in found[slot]
                if not any(a <= start and end <= b for a, b in outer)
            ]
            if kept:
                found[slot] = kept
            else:
                del found[slot]

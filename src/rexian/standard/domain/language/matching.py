"""Find all phrases of a pack in one pass over an utterance.

A *slot* is one list of phrases as a condition names it. The index puts the texts of all slots
into one overlapping Aho-Corasick automaton, so that the cost of reading follows what is found,
not how many phrases a pack has. A phrase with gaps is known by its most telling piece: only where
that stands is the whole looked for. Clause edges and exclusions are resolved on what was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from daachorse import CharwiseDoubleArrayAhoCorasick

from rexian.standard.domain.language.phrases import Pattern, expand

Span = tuple[int, int]
Found = dict[int, list[Span]]

CLAUSE_EDGES = frozenset(",.?!;:，。？！；：、…~～ \t\n“”\"'‘’()（）-—《》「」『』")
SENTENCE_EDGES = frozenset(".?!。？！\n")
MIN_BY_SOUND = 3

_EDGE, _GAPPED, _EXCLUSION = range(3)


@dataclass(frozen=True, slots=True)
class SlotSpec:
    """What one condition looks for; a hit inside one of ``not_inside`` does not count."""

    phrases: tuple[str, ...]
    gap: int = 12
    not_inside: tuple[str, ...] = ()


class _Gapped:
    """A phrase with gaps, compiled when its telling piece is first met."""

    __slots__ = ("_compiled", "_gap", "_pattern", "excludes", "slot")

    def __init__(self, slot: int, pattern: Pattern, gap: int, *, excludes: bool) -> None:
        self.slot, self.excludes = slot, excludes
        self._pattern, self._gap = pattern, gap
        self._compiled: re.Pattern[str] | None = None

    def telling(self) -> tuple[str, ...]:
        """Return the piece by which the phrase is known: of longest texts, then of fewest."""
        return max(self._pattern.pieces, key=lambda piece: (min(map(len, piece)), -len(piece)))

    def spans(self, folded: str) -> Iterator[Span]:
        """Find the phrase at every place where it may begin."""
        if self._compiled is None:
            pieces = ["|".join(map(re.escape, piece)) for piece in self._pattern.pieces]
            between = f".{{0,{self._gap}}}?"
            self._compiled = re.compile(f"(?=({between.join(f'(?:{p})' for p in pieces)}))", re.S)
        edges = self._pattern.opens_clause + 2 * self._pattern.closes_clause
        for match in self._compiled.finditer(folded):
            span = match.span(1)
            if not edges or _at_edges(folded, *span, edges):
                yield span


class PhraseIndex:
    """All slots of a pack, ready to read; immutable once built."""

    def __init__(
        self, slots: Sequence[SlotSpec], transform: Callable[[str], str] | None = None
    ) -> None:
        self._transform = transform
        self._numbers: dict[str, int] = {}
        self._plain: list[list[int]] = []
        self._special: list[list[tuple[int, int, int]]] = []
        self._gapped: list[_Gapped] = []
        for slot, spec in enumerate(slots):
            for pattern in self._patterns(spec.phrases):
                self._add(slot, pattern, spec.gap, excludes=False)
            for pattern in self._patterns(spec.not_inside, shortest=1):
                self._add(slot, pattern, spec.gap, excludes=True)
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(self._numbers) or ["\x00"])

    def __len__(self) -> int:
        """Return the number of distinct texts that are looked for."""
        return len(self._numbers)

    def read(self, folded: str) -> Found:
        """Return where each slot stands in folded text; a slot that is nowhere is missing."""
        found: Found = {}
        exclusions: Found = {}
        gapped: set[int] = set()
        plain, special = self._plain, self._special
        for start, end, number in self._automaton.find_overlapping(folded):
            for slot in plain[number]:
                if slot in found:
                    found[slot].append((start, end))
                else:
                    found[slot] = [(start, end)]
            for kind, which, edges in special[number]:
                if kind == _GAPPED:
                    gapped.add(which)
                elif not edges or _at_edges(folded, start, end, edges):
                    kept = exclusions if kind == _EXCLUSION else found
                    kept.setdefault(which, []).append((start, end))
        for which in sorted(gapped):
            one = self._gapped[which]
            spans = list(one.spans(folded))
            if spans:
                kept = exclusions if one.excludes else found
                kept.setdefault(one.slot, []).extend(spans)
        if exclusions:
            _exclude(found, exclusions)
        return found

    def _patterns(self, phrases: Iterable[str], shortest: int = MIN_BY_SOUND) -> list[Pattern]:
        """Expand phrases; by sound, those too short to be told from other words are left out."""
        patterns = list(dict.fromkeys(p for phrase in phrases for p in expand(phrase)))
        if self._transform is None:
            return patterns
        return [one for p in patterns if (one := _transformed(p, self._transform, shortest))]

    def _add(self, slot: int, pattern: Pattern, gap: int, *, excludes: bool) -> None:
        edges = pattern.opens_clause + 2 * pattern.closes_clause
        if len(pattern.pieces) > 1:
            one = _Gapped(slot, pattern, gap, excludes=excludes)
            for text in one.telling():
                self._special[self._number(text)].append((_GAPPED, len(self._gapped), 0))
            self._gapped.append(one)
            return
        for text in pattern.pieces[0]:
            number = self._number(text)
            if excludes or edges:
                kind = _EXCLUSION if excludes else _EDGE
                self._special[number].append((kind, slot, edges))
            else:
                self._plain[number].append(slot)

    def _number(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self._numbers))
        if number == len(self._plain):
            self._plain.append([])
            self._special.append([])
        return number


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

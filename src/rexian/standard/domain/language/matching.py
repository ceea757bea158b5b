"""Find all phrases of a pack in one pass over an utterance.

A *slot* is one list of phrases as a condition names it. The index puts the texts of all slots
into one overlapping Aho-Corasick automaton, so that the cost of reading follows what is found,
not how many phrases a pack has. A phrase with gaps is known by its most telling piece: only where
that stands is the whole looked for. Clause edges and exclusions are resolved on what was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from daachorse import CharwiseDoubleArrayAhoCorasick

from rexian.standard.domain.language.gaps import GappedPhrase
from rexian.standard.domain.language.phrases import Pattern, expand

Span = tuple[int, int]
Found = dict[int, list[Span]]

CLAUSE_EDGES = frozenset(",.?!;:，。？！；：、…~～ \t\n“”\"'‘’()（）-—《》「」『』")
SENTENCE_EDGES = frozenset(".?!。？！\n")
MIN_BY_SOUND = 3
OPENS, CLOSES = 1, 2
"""The edges of a clause at which a phrase has to stand."""
MOST_WAYS = 100_000
"""To fill the gaps of a phrase: one with more is looked for by what remembers where it failed."""
_EDGE = f"[{re.escape(''.join(sorted(CLAUSE_EDGES)))}]"


@dataclass(frozen=True, slots=True)
class SlotSpec:
    """What one condition looks for; a hit inside one of ``not_inside`` does not count.

    A slot that ``only_wakes`` its condition may be of any length by sound too.
    """

    phrases: tuple[str, ...]
    gap: int = 12
    not_inside: tuple[str, ...] = ()
    only_wakes: bool = False


@dataclass(frozen=True, slots=True)
class _Target:
    """What a text stands for in the automaton when it takes more than noting where it was found."""

    slot: int
    edges: int = 0
    excludes: bool = False
    gapped: int = -1


_Targets = tuple[tuple[int, ...], tuple[_Target, ...]]
"""What a text stands for: slots that it simply fills, and targets that take more."""


class _Collected:
    """The texts of all slots; those that stand for the same share one object that says for what."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self._shared: list[tuple[_Target, ...]] = [()]
        self._with: dict[tuple[int, _Target], int] = {}

    def add(self, texts: Iterable[str], target: _Target) -> None:
        """Let each of ``texts`` stand for ``target`` too."""
        known, alone = self.texts, self._number(0, target)
        for text in texts:
            before = known.get(text)
            known[text] = alone if before is None else self._number(before, target)

    def by_text(self) -> list[_Targets]:
        """Return what each text stands for, in their order."""
        sorted_out = [_sorted_out(targets) for targets in self._shared]
        return [sorted_out[number] for number in self.texts.values()]

    def _number(self, before: int, target: _Target) -> int:
        number = self._with.setdefault((before, target), len(self._shared))
        if number == len(self._shared):
            self._shared.append((*self._shared[before], target))
        return number


class _Gapped:
    """A phrase with gaps, compiled when its telling piece is first met."""

    __slots__ = ("_gap", "_pattern", "_search", "excludes", "slot")

    def __init__(self, slot: int, pattern: Pattern, gap: int, *, excludes: bool) -> None:
        self.slot, self.excludes = slot, excludes
        self._pattern, self._gap = pattern, gap
        self._search: Callable[[str, int], Span | None] | None = None

    def telling(self) -> tuple[str, ...]:
        """Return the piece by which the phrase is known: of longest texts, then of fewest."""
        return max(self._pattern.pieces, key=lambda piece: (min(map(len, piece)), -len(piece)))

    def spans(self, folded: str) -> list[Span]:
        """Find the phrase at every place where it may begin."""
        search = self._search or self._compile()
        found = []
        span = search(folded, 0)
        while span:
            if not self._pattern.opens_clause or _at_edges(folded, *span, OPENS):
                found.append(span)
            span = search(folded, span[0] + 1)
        return found

    def _compile(self) -> Callable[[str, int], Span | None]:
        """Compile the phrase: it ends as soon as it can.

        What it excludes reaches as far as it can: 请…(取号|等一下) excludes
        请您先取号，到那边等一下 whole.
        """
        self._search = self._careful() if self._has_many_ways() else self._quick()
        return self._search

    def _has_many_ways(self) -> bool:
        ways: int = (self._gap + 1) ** (len(self._pattern.pieces) - 1)
        return ways > MOST_WAYS

    def _careful(self) -> Callable[[str, int], Span | None]:
        edges = CLOSES * self._pattern.closes_clause
        return GappedPhrase(
            self._pattern.pieces,
            gap=self._gap,
            longest=self.excludes,
            may_end=lambda text, end: _at_edges(text, 0, end, edges),
        ).search

    def _quick(self) -> Callable[[str, int], Span | None]:
        pieces = ["|".join(map(re.escape, piece)) for piece in self._pattern.pieces]
        between = f".{{0,{self._gap}}}" if self.excludes else f".{{0,{self._gap}}}?"
        whole = between.join(f"(?:{one})" for one in pieces)
        if self._pattern.closes_clause:
            whole = f"{whole}(?={_EDGE}|$)"
        compiled = re.compile(whole, re.DOTALL).search

        def search(text: str, start: int) -> Span | None:
            match = compiled(text, start)
            return match.span() if match else None

        return search


class PhraseIndex:
    """The slots of a pack, by their numbers, ready to read; immutable once built."""

    def __init__(
        self, slots: Mapping[int, SlotSpec], transform: Callable[[str], str] | None = None
    ) -> None:
        self._transform = transform
        self._gapped: list[_Gapped] = []
        collected = _Collected()
        for slot, spec in slots.items():
            for texts, target in self._targets(slot, spec):
                collected.add(texts, target)
        self._by_text = collected.by_text()
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(collected.texts) or ["\x00"])

    def __len__(self) -> int:
        """Return the number of distinct texts that are looked for."""
        return len(self._by_text)

    def read(self, folded: str) -> Found:
        """Return where each slot stands in folded text; a slot that is nowhere is missing."""
        found: Found = {}
        exclusions: Found = {}
        gapped: set[int] = set()
        by_text = self._by_text
        for start, end, number in self._automaton.find_overlapping(folded):
            slots, targets = by_text[number]
            for slot in slots:
                if slot in found:
                    found[slot].append((start, end))
                else:
                    found[slot] = [(start, end)]
            for target in targets:
                if target.gapped >= 0:
                    gapped.add(target.gapped)
                elif not target.edges or _at_edges(folded, start, end, target.edges):
                    kept = exclusions if target.excludes else found
                    kept.setdefault(target.slot, []).append((start, end))
        if gapped:
            self._fill_gaps(folded, gapped, found, exclusions)
        if exclusions:
            _exclude(found, exclusions)
        return found

    def _fill_gaps(
        self, folded: str, gapped: Iterable[int], found: Found, exclusions: Found
    ) -> None:
        for number in sorted(gapped):
            one = self._gapped[number]
            spans = one.spans(folded)
            if spans:
                kept = exclusions if one.excludes else found
                kept.setdefault(one.slot, []).extend(spans)

    def _targets(self, slot: int, spec: SlotSpec) -> Iterator[tuple[tuple[str, ...], _Target]]:
        """Yield the texts that the automaton has to find for a slot, and what each stands for."""
        sides = (
            (spec.phrases, False, 1 if spec.only_wakes else MIN_BY_SOUND),
            (spec.not_inside, True, 1),
        )
        for phrases, excludes, shortest in sides:
            for pattern in self._patterns(phrases, shortest):
                if len(pattern.pieces) == 1:
                    yield pattern.pieces[0], _Target(slot, _edges(pattern), excludes)
                    continue
                one = _Gapped(slot, pattern, spec.gap, excludes=excludes)
                yield one.telling(), _Target(slot, excludes=excludes, gapped=len(self._gapped))
                self._gapped.append(one)

    def _patterns(self, phrases: Iterable[str], shortest: int) -> Iterable[Pattern]:
        """Expand phrases; by sound, those too short to be told from other words are left out."""
        patterns = dict.fromkeys(p for phrase in phrases for p in expand(phrase))
        if self._transform is None:
            return patterns
        return [one for p in patterns if (one := _transformed(p, self._transform, shortest))]


def _sorted_out(targets: Iterable[_Target]) -> _Targets:
    """Tell the slots that a text simply fills from the targets that take more."""
    slots, others = [], []
    for one in dict.fromkeys(targets):
        if one == _Target(one.slot):
            slots.append(one.slot)
        else:
            others.append(one)
    return tuple(slots), tuple(others)


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


def _edges(pattern: Pattern) -> int:
    return OPENS * pattern.opens_clause + CLOSES * pattern.closes_clause


def _at_edges(folded: str, start: int, end: int, edges: int) -> bool:
    if edges & OPENS and start > 0 and folded[start - 1] not in CLAUSE_EDGES:
        return False
    return not (edges & CLOSES and end < len(folded) and folded[end] not in CLAUSE_EDGES)


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

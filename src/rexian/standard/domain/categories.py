"""Which category a customer's words suggest, or what an agent has begun to type, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rexian.kernel.text.folding import fold
from rexian.kernel.text.initials import initials
from rexian.standard.domain.language.matching import Span
from rexian.standard.domain.pack.texts import Text
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.taxonomy import KINDS_OF_WORDS, Category, Taxonomy, plain

WEIGHTS = (3.0, 2.0, 1.5)
"""What a name, a synonym and a phrase weigh; each character adds to it."""
EVERY_CHARACTER, FROM_ABOVE = 0.5, 0.6
BEGINS, CONTAINS, INITIALS_BEGIN, INITIALS_CONTAIN = 3.0, 2.0, 2.0, 1.0
FEWEST_TYPED, MOST_TYPED = 2, 8

_Hits = dict[Span, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category that words suggest: how strongly, and which words they were, as they were said."""

    code: str
    name: Text
    score: float
    because: tuple[str, ...]


def suggest_category(standard: Standard, text: str, limit: int = 5) -> tuple[Suggestion, ...]:
    """Return the categories that words suggest, the likeliest first.

    What is said is searched for names, synonyms and phrases; what is typed (a few characters) may
    also be a part of a name, or of its initials. Of what was found of the categories above, a part
    counts for those below.
    """
    taxonomy = standard.taxonomy
    found = _said(taxonomy, text)
    for code, weight in _typed(taxonomy, fold(text)):
        hits, whole = found.setdefault(code, {}), (0, len(text))
        hits[whole] = max(weight, hits.get(whole, 0.0))
    suggested = [_weighed(taxonomy.categories[code], found, text) for code in found]
    rank = {one.code: _rank(one, place) for place, one in enumerate(taxonomy.categories.values())}
    suggested.sort(key=lambda one: (-one.score, rank[one.code]))
    return tuple(suggested[:limit])


def _rank(category: Category, place: int) -> tuple[bool, int]:
    """Return what goes first where words speak for several: what is pressing, then the pack."""
    return category.urgency != "emergency", place


def _said(taxonomy: Taxonomy, text: str) -> dict[str, _Hits]:
    """Return where the words of each category stand, and what they weigh."""
    codes = list(taxonomy.categories)
    found: dict[str, _Hits] = {}
    for slot, spans in taxonomy.index().read(fold(text)).items():
        place, kind = divmod(slot, KINDS_OF_WORDS)
        hits = found.setdefault(codes[place], {})
        for span in spans:
            weight = WEIGHTS[kind] + EVERY_CHARACTER * (span[1] - span[0])
            hits[span] = max(weight, hits.get(span, 0.0))
    return {code: _without_parts(hits) for code, hits in found.items()}


def _without_parts(hits: _Hits) -> _Hits:
    """Leave out what lies within longer words, and count the same words once."""
    return {
        (start, end): weight
        for (start, end), weight in hits.items()
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in hits)
    }


def _typed(taxonomy: Taxonomy, typed: str) -> Iterator[tuple[str, float]]:
    """Yield the categories of whose names this is a part, or of whose initials."""
    typed = typed.strip()
    if not FEWEST_TYPED <= len(typed) <= MOST_TYPED:
        return
    for code, one in taxonomy.categories.items():
        words = (*one.name.values(), *one.synonyms)
        weight = max(_likeness(typed, plain(word)) for word in words)
        if weight:
            yield code, weight + EVERY_CHARACTER * len(typed)


def _likeness(typed: str, word: str) -> float:
    if word.startswith(typed):
        return BEGINS
    if typed in word:
        return CONTAINS
    if not typed.isascii():
        return 0.0
    spelt = initials(word)
    if spelt.startswith(typed):
        return INITIALS_BEGIN
    return INITIALS_CONTAIN if typed in spelt else 0.0


def _weighed(category: Category, found: dict[str, _Hits], text: str) -> Suggestion:
    own = found[category.code]
    above = [found[code] for code in category.path[:-1] if code in found]
    score = sum(own.values()) + FROM_ABOVE * sum(sum(hits.values()) for hits in above)
    spans = sorted({span for hits in (own, *above) for span in hits})
    because = tuple(dict.fromkeys(text[start:end] for start, end in spans))
    return Suggestion(category.code, category.name, round(score, 2), because)

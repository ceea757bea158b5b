"""The little grammar in which a pack writes its phrases.

``请(您|)稍(等|候)`` stands for four phrases; ``您是…对吗`` for two pieces in this order with at
most ``gap`` characters between them; ``^`` and ``$`` bind a phrase to the start and the end of a
clause (of the sentence: the text between two marks of punctuation).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

from rexian.kernel.errors import Invalid
from rexian.kernel.text.folding import fold

GAP = "…"
MAX_EXPANSION = 4096
MAX_GAPS = 12


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase taken apart: for each piece what may stand there, and the clause edges it fills."""

    pieces: tuple[tuple[str, ...], ...]
    opens_clause: bool = False
    closes_clause: bool = False


@lru_cache(maxsize=16_384)
def expand(phrase: str) -> tuple[Pattern, ...]:
    """Return the patterns that ``phrase`` stands for, folded; one, unless … stands in brackets.

    Raises ``Invalid`` where the phrase is empty, its brackets do not pair, a piece stands for more
    than ``MAX_EXPANSION`` texts, or there are more than ``MAX_GAPS`` gaps.
    """
    body = phrase.strip()
    sources = _alternatives(body, phrase) if _gap_in_brackets(body) else [body]
    patterns = dict.fromkeys(
        pattern
        for source in sources
        for pieces in _pieces(source, phrase)
        for pattern in _bound(pieces)
    )
    return tuple(patterns)


def _bound(pieces: tuple[tuple[str, ...], ...]) -> list[Pattern]:
    """Tell texts that are bound to a clause's edge from those that are not."""
    if not any("^" in text or "$" in text for piece in pieces for text in piece):
        return [Pattern(pieces)]
    patterns = []
    for opens in (False, True):
        for closes in (False, True):
            first = tuple(text for text in pieces[0] if text.startswith("^") == opens)
            bound = (first, *pieces[1:])
            last = tuple(text for text in bound[-1] if text.endswith("$") == closes)
            bound = tuple(
                tuple(text.strip("^$") for text in piece) for piece in (*bound[:-1], last)
            )
            if all(bound):
                patterns.append(Pattern(bound, opens, closes))
    return patterns


def _pieces(source: str, whole: str) -> list[tuple[tuple[str, ...], ...]]:
    """Take one phrase apart at its gaps; a piece that may be empty is left out in a second way."""
    if source.count(GAP) > MAX_GAPS:
        raise Invalid(f"phrase {whole!r} has {source.count(GAP)} gaps; write at most {MAX_GAPS}")
    ways: list[tuple[tuple[str, ...], ...]] = [()]
    for part in source.split(GAP):
        if not part.strip():
            continue
        groups = [list(map(fold, options)) for options in _split_groups(part, whole)]
        texts = dict.fromkeys(text.strip() for text in _combined(groups, whole))
        piece = tuple(text for text in texts if text)
        longer = [(*way, piece) for way in ways] if piece else []
        ways = longer + (ways if "" in texts else [])
    if not all(ways):
        raise Invalid(f"phrase {whole!r} may be empty", reason="empty-phrase")
    return ways


def _gap_in_brackets(text: str) -> bool:
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth > 0 and character == GAP:
            return True
    return False


def _alternatives(text: str, whole: str) -> list[str]:
    return _combined(_split_groups(text, whole), whole)


def _combined(groups: list[list[str]], whole: str) -> list[str]:
    """Return every text that takes one option of each group."""
    count = prod(map(len, groups))
    if count > MAX_EXPANSION:
        raise Invalid(f"phrase {whole!r} stands for {count} phrases; write fewer alternatives")
    return ["".join(choice) for choice in product(*groups)]


def _split_groups(text: str, whole: str) -> list[list[str]]:
    """Cut ``text`` into parts, each a list of what may stand there."""
    parts: list[list[str]] = []
    at = 0
    while at < len(text):
        opening = text.find("(", at)
        if opening < 0:
            opening = len(text)
        plain = text[at:opening]
        if ")" in plain or "|" in plain:
            raise Invalid(f"phrase {whole!r}: '|' and ')' belong inside brackets")
        parts.append([plain])
        if opening == len(text):
            break
        closing = _closing(text, opening, whole)
        inner = _top_level_split(text[opening + 1 : closing])
        parts.append([option for one in inner for option in _alternatives(one, whole)])
        at = closing + 1
    return parts or [[""]]


def _closing(text: str, opening: int, whole: str) -> int:
    depth = 0
    for index in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[index], 0)
        if depth == 0:
            return index
    raise Invalid(f"phrase {whole!r}: a bracket is not closed")


def _top_level_split(text: str) -> list[str]:
    options, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and depth == 0:
            options.append(text[start:index])
            start = index + 1
    options.append(text[start:])
    return options

"""The operators that stand over one utterance, each as a function that finds its places.

An operator that holds without standing anywhere (``none``) answers with the empty span ``NOWHERE``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from rexian.standard.domain.language import read_back
from rexian.standard.domain.language.before import long_clauses
from rexian.standard.domain.language.hearing import Figures, Heard
from rexian.standard.domain.language.matching import CLAUSE_EDGES, Span

Places = Callable[[Heard], Sequence[Span]]
"""All places where a condition holds in an utterance."""

NOWHERE: Span = (0, 0)

_DIGIT = "[0-9零〇一二两三四五六七八九幺]"
_ASKED = re.compile(f"[^{re.escape(''.join(sorted(CLAUSE_EDGES)))}]+[?]")
_BETWEEN_DIGITS = r"[,，、\-\s]"


def slot(number: int) -> Places:
    """Hold where a slot's phrases stand."""
    return lambda heard: heard.found.get(number, ())


def act(number: int) -> Places:
    """Hold where an act known by now is done."""
    return lambda heard: heard.places.get(number, ())


def any_of(parts: Sequence[Places]) -> Places:
    """Hold at every place of every part."""
    return lambda heard: [span for part in parts for span in part(heard)]


def none_of(parts: Sequence[Places], acts: int) -> Places:
    """Hold, nowhere in particular, where none of ``acts`` is done and no part holds."""

    def places(heard: Heard) -> Sequence[Span]:
        if heard.mask & acts:
            return ()
        for part in parts:
            if part(heard):
                return ()
        return (NOWHERE,)

    return places


def all_of(parts: Sequence[Places], acts: int) -> Places:
    """Hold, from the first to the last of them, where all parts do; ``acts`` are among them."""
    hold = at_least(len(parts), parts)
    return lambda heard: hold(heard) if heard.mask & acts == acts else ()


def at_least(count: int, parts: Sequence[Places]) -> Places:
    """Hold, from the first to the last of them, where so many parts do."""
    spare = len(parts) - count

    def places(heard: Heard) -> Sequence[Span]:
        start, end, missing = len(heard.folded), 0, 0
        for part in parts:
            spans = part(heard)
            if not spans:
                missing += 1
                if missing > spare:
                    return ()
            elif spans[0] != NOWHERE:
                start, end = min(start, spans[0][0]), max(end, spans[0][1])
        return ((start, end),) if end else (NOWHERE,)

    return places


def near(parts: Sequence[Places], within: int) -> Places:
    """Hold at each place of the first part that has all other parts close by."""

    def places(heard: Heard) -> Sequence[Span]:
        all_places = []
        for part in parts:
            spans = part(heard)
            if not spans:
                return ()
            all_places.append(spans)
        first, *others = all_places
        return [span for one in first if (span := _with_all(one, others, within))]

    return places


def _with_all(span: Span, others: Iterable[Sequence[Span]], within: int) -> Span | None:
    """Return a span widened to what is close by of each other part; ``None`` without one."""
    start, end = low, high = span
    for places in others:
        close = next((one for one in places if max(one[0] - end, start - one[1]) <= within), None)
        if close is None:
            return None
        low, high = min(low, close[0]), max(high, close[1])
    return low, high


def in_order(parts: Sequence[Places]) -> Places:
    """Hold where the parts stand one after another."""

    def places(heard: Heard) -> Sequence[Span]:
        start, at = -1, 0
        for part in parts:
            span = next((one for one in part(heard) if one[0] >= at), None)
            if span is None:
                return ()
            start, at = (span[0] if start < 0 else start), span[1]
        return ((start, at),)

    return places


def digits(count: int) -> Places:
    """Hold at each run of at least so many digits."""
    more = f"(?:{_BETWEEN_DIGITS}?{_DIGIT}){{{max(count - 1, 0)},}}"
    run = re.compile(_DIGIT + more)
    return lambda heard: [match.span() for match in run.finditer(heard.folded)]


def time_span(least: timedelta | None, most: timedelta | None) -> Places:
    """Hold at each span of time within the limits."""

    def places(heard: Heard) -> Sequence[Span]:
        return [
            (span.start, span.end)
            for span in heard.time_spans()
            if (least is None or span.length >= least) and (most is None or span.length <= most)
        ]

    return places


def echo(count: int) -> Places:
    """Hold where ``count`` characters, in runs of two and more, come back from the customer."""

    def places(heard: Heard) -> Sequence[Span]:
        if len(heard.folded) < count:
            return ()
        returned, span = heard.echo()
        return (span,) if returned >= count else ()

    return places


def question(without: Sequence[str]) -> Places:
    """Hold at each clause under a question mark that has no word of asking."""
    characters = frozenset(word for word in without if len(word) == 1)
    words = [word for word in without if len(word) > 1 and characters.isdisjoint(word)]

    def places(heard: Heard) -> Sequence[Span]:
        if "?" not in heard.folded:
            return ()
        return [
            one.span()
            for one in _ASKED.finditer(heard.folded)
            if characters.isdisjoint(one[0]) and not any(word in one[0] for word in words)
        ]

    return places


def length(least: int, most: int) -> Places:
    """Hold over the whole utterance where it has so many characters of speech."""

    def places(heard: Heard) -> Sequence[Span]:
        if len(heard.folded) < least:
            return ()
        return ((0, len(heard.folded)),) if least <= heard.length() <= most else ()

    return places


def reads_back(kinds: Sequence[str], *, right: bool) -> Places:
    """Hold where what the customer gave comes back right, or instead of it something else.

    What was heard is never wrong: it may be misread.
    """

    def places(heard: Heard) -> Sequence[Span]:
        said = heard.earlier.said if heard.earlier else ()
        if not said:
            return ()
        found: list[Span] = []
        for kind in kinds:
            if kind == "number":
                same, other = read_back.of_number(heard.folded, said)
            else:
                same, other = read_back.of_values(kind, heard.folded, said)
            if right:
                found += same
            if heard.figures is (Figures.GUESSED if right else Figures.WRITTEN):
                found += other
        return found

    return places


def interrupts(least: float) -> Places:
    """Hold over the whole utterance where it began so long before the other side had finished."""

    def places(heard: Heard) -> Sequence[Span]:
        over = heard.before is not None and heard.before.overlap() >= least
        return ((0, len(heard.folded)),) if over else ()

    return places


def pause(least: float) -> Places:
    """Hold over the whole utterance where nobody spoke for so long before it."""

    def places(heard: Heard) -> Sequence[Span]:
        silent = heard.before is not None and heard.before.silence() >= least
        return ((0, len(heard.folded)),) if silent else ()

    return places


def repeats(count: int, characters: int) -> Places:
    """Hold at each clause that the same side has said so often, this time with it."""
    long, earlier = long_clauses(characters), count - 1

    def places(heard: Heard) -> Sequence[Span]:
        folded, before = heard.folded, heard.before
        if before is None or len(folded) < characters or len(before.items) < earlier:
            return ()
        found = long.finditer(folded)
        return [one.span() for one in found if before.times_said(one[0]) >= earlier]

    return places

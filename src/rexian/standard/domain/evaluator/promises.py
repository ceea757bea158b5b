"""Promises in words: the time by which an answer is promised, and the clause that binds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from rexian.kernel.text.folding import fold
from rexian.kernel.text.time_spans import find_time_spans
from rexian.standard.domain.evaluator.guards import guard
from rexian.standard.domain.events import Facts
from rexian.standard.domain.guidance import Clock, Promised
from rexian.standard.domain.language.acts import ActBook
from rexian.standard.domain.language.clock_times import find_clock_times
from rexian.standard.domain.language.matching import CLAUSE_EDGES, Span
from rexian.standard.domain.language.reading import Reader
from rexian.standard.domain.pack.schema import DeadlineSpec

_Timed = tuple[Span, timedelta | Clock]


@dataclass(slots=True)
class Promising:
    """The deadlines that can be promised, and a reader of the promising built on first use."""

    book: ActBook
    deadlines: Sequence[DeadlineSpec]
    _reader: Reader | None = field(default=None, repr=False)

    def find(self, text: str, facts: Facts) -> tuple[Promised, ...]:
        """Return the promises in the agent's words, in order; each time is promised once."""
        folded = fold(text)
        times = list(_times(folded))
        if not times:
            return ()
        heard = self._read().read(folded)
        found: dict[Span, Promised] = {}
        for deadline in self._in_order(facts):
            if heard.mask & self._bit(deadline.retold_by):
                continue
            places = heard.places.get(self.book.numbers[deadline.promised_by], ())
            for span, due in times:
                act = _nearest(span, places, deadline.near)
                if act is not None and span not in found:
                    whole = min(span[0], act[0]), _clause_end(folded, max(span[1], act[1]))
                    quote = text[whole[0] : whole[1]]
                    found[span] = Promised(whole, quote, due, deadline.clause)
        return tuple(found[span] for span in sorted(found))

    def _read(self) -> Reader:
        if self._reader is None:
            acts = {
                act for one in self.deadlines for act in (one.promised_by, one.retold_by) if act
            }
            self._reader = self.book.reader(self.book.numbers[act] for act in sorted(acts))
        return self._reader

    def _bit(self, act: str) -> int:
        return 1 << self.book.numbers[act] if act else 0

    def _in_order(self, facts: Facts) -> Iterable[DeadlineSpec]:
        """Return the deadlines that may bind: those for such contacts first, then a pack's own."""
        bound = [one for one in reversed(self.deadlines) if guard(one.facts, facts) is not False]
        return sorted(bound, key=lambda one: _doubt(one, facts))


def _doubt(deadline: DeadlineSpec, facts: Facts) -> int:
    if not deadline.facts:
        return 1
    return 0 if guard(deadline.facts, facts) else 2


def _times(folded: str) -> Iterator[_Timed]:
    """Yield the times that are named; a time of the clock goes over the day in it."""
    clocks = [((one.start, one.end), one.clock) for one in find_clock_times(folded)]
    yield from clocks
    for one in find_time_spans(folded):
        if not any(start < one.end and one.start < end for (start, end), _ in clocks):
            yield (one.start, one.end), one.length


def _clause_end(folded: str, end: int) -> int:
    """Return where the clause ends that goes on at ``end``."""
    while end < len(folded) and folded[end] not in CLAUSE_EDGES:
        end += 1
    return end


def _nearest(span: Span, places: Sequence[Span], within: int) -> Span | None:
    """Return the place that stands closest to a span, if one is close enough."""
    distances = [(max(a - span[1], span[0] - b, 0), (a, b)) for a, b in places]
    closest = min(distances, default=None)
    return closest[1] if closest and closest[0] <= within else None

"""What is known of one utterance while its acts are worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from rexian.kernel.text.time_spans import TimeSpan, find_time_spans
from rexian.standard.domain.language.before import Before
from rexian.standard.domain.language.earlier import Earlier
from rexian.standard.domain.language.matching import CLAUSE_EDGES, Found, Span


class Figures(Enum):
    """How far the numbers of an utterance can be trusted.

    Recognition misreads them more often than words, and is sure of it: what is ``HEARD`` instead
    of a number is nobody's fault, and ``GUESSED`` to be it where only a doubt is asked for.
    """

    WRITTEN = "written"
    HEARD = "heard"
    GUESSED = "guessed"


@dataclass(slots=True)
class Heard:
    """One utterance: the phrases found in it, and the acts known so far with all their places.

    ``earlier`` is what the customer has said lately, ``before`` what has passed at all. What
    several conditions ask of the same utterance is worked out once. ``figures`` says how
    far its numbers can be trusted.
    """

    folded: str
    found: Found
    earlier: Earlier | None = None
    before: Before | None = None
    figures: Figures = Figures.WRITTEN
    mask: int = 0
    places: dict[int, Sequence[Span]] = field(default_factory=dict)
    _length: int = -1
    _time_spans: list[TimeSpan] | None = None
    _echo: tuple[int, Span] | None = None

    def length(self) -> int:
        """Return how many characters of speech there are, punctuation left out."""
        if self._length < 0:
            edges = sum(map(CLAUSE_EDGES.__contains__, self.folded))
            self._length = len(self.folded) - edges
        return self._length

    def time_spans(self) -> list[TimeSpan]:
        """Return the spans of time that are named."""
        if self._time_spans is None:
            self._time_spans = find_time_spans(self.folded)
        return self._time_spans

    def echo(self) -> tuple[int, Span]:
        """Return how many characters come back from the customer, in runs of two, and where."""
        if self._echo is None:
            self._echo = self.earlier.returned(self.folded) if self.earlier else (0, (0, 0))
        return self._echo

"""What the customer has said lately, so that it is known when the agent says it back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress, count, pairwise
from operator import add

from rexian.standard.domain.language.matching import CLAUSE_EDGES, Span

REMEMBERED_TURNS = 12

_PAIRS_KEPT = 1000


class Earlier:
    """The customer's latest turns, folded, and when each pair of characters came last."""

    __slots__ = ("_came", "_turns", "said")

    def __init__(self, said: Iterable[str] = ()) -> None:
        self.said: list[str] = []
        self._came: dict[str, int] = {}
        self._turns = 0
        for folded in said:
            self.hear(folded)

    def hear(self, folded: str) -> None:
        """Take in a turn of the customer; what lies too far back is forgotten."""
        self._turns += 1
        self.said.append(folded)
        if len(self.said) > REMEMBERED_TURNS:
            del self.said[0]
        self._came.update(dict.fromkeys(map(add, folded, folded[1:]), self._turns))
        if len(self._came) > _PAIRS_KEPT:
            forgotten = self._turns - REMEMBERED_TURNS
            self._came = {pair: turn for pair, turn in self._came.items() if turn > forgotten}

    def copy(self) -> Earlier:
        """Return a memory that can go on by itself."""
        other = Earlier()
        other.said, other._came, other._turns = list(self.said), dict(self._came), self._turns
        return other

    def returned(self, folded: str) -> tuple[int, Span]:
        """Return how many characters of a text come back, in runs of two and more, and where."""
        came, forgotten = self._came, self._turns - REMEMBERED_TURNS
        places = compress(count(), map(came.__contains__, map(add, folded, folded[1:])))
        back = [
            at
            for at in places
            if came[folded[at : at + 2]] > forgotten
            and folded[at] not in CLAUSE_EDGES
            and folded[at + 1] not in CLAUSE_EDGES
        ]
        if not back:
            return 0, (0, 0)
        runs = 1 + sum(b - a > 1 for a, b in pairwise(back))
        return len(back) + runs, (back[0], back[-1] + 2)

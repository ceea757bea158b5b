"""Which conversations of a batch an address asks for, and the address that asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from rexian.dialogue.queries import Wanted
from rexian.kernel.language import mark
from rexian.look.shapes import Column
from rexian.look.sorting import Sorting
from rexian.standard.domain.verdicts import Outcome

COLUMNS = (
    Column(title=mark("Conversation"), name="name"),
    Column(title=mark("Agent"), name="agent"),
    Column(title=mark("Score"), name="score", numeric=True),
    Column(title=mark("Missed"), name="missed", numeric=True),
    Column(title=mark("To confirm"), name="suspect", numeric=True),
    Column(title=mark("Turns"), name="turns", numeric=True),
    Column(title=mark("Clauses missed")),
)
_ORDERS = frozenset(column.name for column in COLUMNS if column.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filter as it stands in an address; what makes no sense there asks for nothing."""

    clause: str = ""
    outcome: str = ""
    agent: str = ""
    q: str = ""
    score: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Return what an address asks for."""
        outcome, score = query.get("outcome", ""), query.get("score", "")
        return cls(
            clause=query.get("clause", "")[:40],
            outcome=outcome if outcome in {one.value for one in Outcome} else "",
            agent=query.get("agent", "")[:40],
            q=query.get("q", "")[:100],
            score=score if score.isascii() and score.isdigit() and int(score) <= 100 else "",
        )

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is filtered."""
        return self == Asked()

    def wanted(self, sorting: Sorting | None = None) -> Wanted:
        """Return the same as the query takes it."""
        return Wanted(
            clause=self.clause,
            outcome=Outcome(self.outcome) if self.outcome else None,
            agent=self.agent,
            name=self.q,
            score_from=int(self.score) if self.score else None,
            order=sorting.name if sorting else "position",
            descending=sorting.descending if sorting else False,
        )

    def query(self, sorting: Sorting | None = None) -> str:
        """Return the part of an address that asks for the same, empty or beginning with ``?``."""
        names = ("clause", "outcome", "agent", "q", "score")
        asked = {name: getattr(self, name) for name in names if getattr(self, name)}
        if sorting and sorting.name in _ORDERS:
            asked["sort"] = f"-{sorting.name}" if sorting.descending else sorting.name
        return f"?{urlencode(asked)}" if asked else ""

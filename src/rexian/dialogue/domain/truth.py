"""Compare what a standard says with what a person found, clause by clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TypeVar

from rexian.dialogue.domain.conversations import Label
from rexian.standard.domain.verdicts import Outcome, Verdict

Pair = tuple[Sequence[Label], Sequence[Verdict]]
Counted = TypeVar("Counted", Label, Verdict)

# A recording is cut into turns a little differently by everybody who cuts it.
_TURNS_APART = 1


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole`` things counted."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)

    def __float__(self) -> float:
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class ClauseAgreement:
    """How verdicts agree with labels on one clause, or on several together.

    Of the labels ``met``, ``missed``, ``suspect`` (a miss will do) and ``not_applicable`` (not
    convicted): how many the verdicts bear out. Of the verdicts ``said_met`` and ``said_missed``:
    how many a label backs. ``unlabelled_missed`` counts misses where nobody labelled the clause.
    """

    met: Share = Share()
    missed: Share = Share()
    not_applicable: Share = Share()
    suspect: Share = Share()
    said_met: Share = Share()
    said_missed: Share = Share()
    unlabelled_missed: int = 0

    def __add__(self, other: ClauseAgreement) -> ClauseAgreement:
        return ClauseAgreement(
            *(getattr(self, one.name) + getattr(other, one.name) for one in fields(self))
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """How verdicts agree with labels, by clause; agreements on different conversations add up."""

    clauses: Mapping[str, ClauseAgreement] = field(default_factory=dict, hash=False)

    def __add__(self, other: Agreement) -> Agreement:
        return _sum([*self.clauses.items(), *other.clauses.items()])

    @property
    def total(self) -> ClauseAgreement:
        """Return all clauses counted together."""
        return sum(self.clauses.values(), start=ClauseAgreement())

    @property
    def innocent_convicted(self) -> int:
        """Return how many labels ``not_applicable`` are convicted all the same."""
        innocent = self.total.not_applicable
        return innocent.whole - innocent.part

    def reaches(self, bar: float) -> bool:
        """Tell whether recall and precision reach ``bar`` and nobody innocent is convicted."""
        total = self.total
        shares = (total.met, total.missed, total.said_met, total.said_missed)
        return min(map(float, shares)) >= bar and not self.innocent_convicted


def compare(pairs: Iterable[Pair], clauses: tuple[str, ...] = ()) -> Agreement:
    """Return how the labels and the verdicts of each conversation agree.

    With ``clauses``, only labelled clauses that begin with one of these count; misses that nobody
    labelled are then not counted at all.
    """
    return _sum(entry for pair in pairs for entry in _compared(*pair, clauses))


def _sum(entries: Iterable[tuple[str, ClauseAgreement]]) -> Agreement:
    totals: dict[str, ClauseAgreement] = {}
    for clause, found in entries:
        totals[clause] = totals.get(clause, ClauseAgreement()) + found
    return Agreement(dict(sorted(totals.items(), key=_by_book)))


def _by_book(entry: tuple[str, ClauseAgreement]) -> tuple[str, str]:
    return entry[0].split("-")[0], entry[0]


def _compared(
    labels: Sequence[Label], verdicts: Sequence[Verdict], clauses: tuple[str, ...]
) -> Iterator[tuple[str, ClauseAgreement]]:
    wanted, said = _by_clause(labels), _by_clause(verdicts)
    for clause, found in wanted.items():
        if not clauses or clause.startswith(clauses):
            yield clause, _on_clause(found, said.get(clause, []))
    for clause in said.keys() - wanted.keys() if not clauses else ():
        missed = sum(verdict.outcome is Outcome.MISSED for verdict in said[clause])
        yield clause, ClauseAgreement(unlabelled_missed=missed)


def _by_clause(entries: Iterable[Counted]) -> dict[str, list[Counted]]:
    found: defaultdict[str, list[Counted]] = defaultdict(list)
    for entry in entries:
        found[entry.clause].append(entry)
    return found


def _on_clause(labels: list[Label], verdicts: list[Verdict]) -> ClauseAgreement:
    borne_out = {outcome: Share() for outcome in Outcome}
    for label in labels:
        borne_out[Outcome(label.verdict)] += Share(_is_borne_out(label, labels, verdicts), 1)
    backed = {outcome: Share() for outcome in Outcome}
    for verdict in verdicts:
        backed[verdict.outcome] += Share(_is_backed(verdict, labels), 1)
    return ClauseAgreement(
        met=borne_out[Outcome.MET],
        missed=borne_out[Outcome.MISSED],
        not_applicable=borne_out[Outcome.NOT_APPLICABLE],
        suspect=borne_out[Outcome.SUSPECT],
        said_met=backed[Outcome.MET],
        said_missed=backed[Outcome.MISSED],
    )


def _is_borne_out(label: Label, labels: list[Label], verdicts: list[Verdict]) -> bool:
    """Tell whether verdicts say what ``label`` says; one that stands alone bears no opposite."""
    if label.verdict == Outcome.NOT_APPLICABLE:
        return _is_guilty(label.turn, labels) or not _is_convicted(label.turn, verdicts)
    said = {verdict.outcome for verdict in verdicts if _is_about(verdict, label.turn)}
    if label.verdict == Outcome.SUSPECT:
        return not said.isdisjoint({Outcome.SUSPECT, Outcome.MISSED})
    opposite = Outcome.MET if label.verdict == Outcome.MISSED else Outcome.MISSED
    return label.verdict in said and not (opposite in said and len(labels) == 1)


def _is_guilty(turn: int | None, labels: list[Label]) -> bool:
    """Tell whether the turn is labelled a miss of the same clause, for other words in it."""
    return any(label.verdict == Outcome.MISSED and label.turn in (turn, None) for label in labels)


def _is_convicted(turn: int | None, verdicts: list[Verdict]) -> bool:
    return any(
        verdict.outcome is Outcome.MISSED
        and (turn is None or not verdict.turns or turn in verdict.turns)
        for verdict in verdicts
    )


def _is_about(verdict: Verdict, turn: int | None) -> bool:
    if turn is None or not verdict.turns:
        return True
    return any(abs(place - turn) <= _TURNS_APART for place in verdict.turns)


def _is_backed(verdict: Verdict, labels: list[Label]) -> bool:
    backing = _BACKING.get(verdict.outcome, ())
    return any(label.verdict in backing and _is_about(verdict, label.turn) for label in labels)


# Nobody is convicted by a suspicion, but a miss that a person found suspicious is no false alarm.
_BACKING: Mapping[Outcome, tuple[Outcome, ...]] = {
    Outcome.MET: (Outcome.MET,),
    Outcome.MISSED: (Outcome.MISSED, Outcome.SUSPECT),
}

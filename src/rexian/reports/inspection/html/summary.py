"""Everything that the head of the page shows of all conversations together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rexian.dialogue.domain.truth import Agreement
from rexian.reports.calls.agreement import HeardTruth
from rexian.reports.calls.agreement import explanation as hearing_explanation
from rexian.reports.calls.agreement import rows as hearing_rows
from rexian.reports.inspection.agreement import explanation, headings, rows
from rexian.reports.inspection.citations import Citations
from rexian.reports.inspection.cleaning import shortened
from rexian.reports.inspection.tallies import ClauseTally, Summary, clause_order
from rexian.standard.domain.verdicts import Outcome

_WORST = 10
_CHOICE_LENGTH = 24
_CHART_HEIGHT = 100
_CHART_GROUND = 126


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the distribution of scores, measured in the drawing's own units."""

    low: int
    range: str
    count: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Worst:
    """One of the clauses most often missed; ``width`` is its bar in percent of the longest."""

    standard: str
    clause: str
    missed: int
    judged: int
    width: float


@dataclass(frozen=True, slots=True)
class StandardLine:
    """A standard that judged some of the conversations."""

    name: str
    version: str
    content_hash: str
    title: str


def summary_of(summary: Summary, citations: Citations) -> dict[str, Any]:
    """Return the values of the template's head."""
    tallies = summary.clauses()
    return {
        "summary": summary,
        "standards": [
            StandardLine(name, version, content_hash, citations.title(name))
            for name, version, content_hash in sorted(summary.versions)
        ],
        "histogram": columns(summary.histogram()),
        "worst": worst(summary.worst()),
        "clauses": tallies,
        "clause_choices": _choices(tallies, citations),
    }


def agreement_of(agreement: Agreement | None, language: str) -> dict[str, Any]:
    """Return the values of the template's comparison with labels, if there is one."""
    if agreement is None:
        return {"agreement": None}
    table = {
        "headings": headings(language),
        "rows": list(rows(agreement, language)),
        "explanation": explanation(language),
    }
    return {"agreement": table}


def hearing_of(truth: HeardTruth, language: str) -> dict[str, Any] | None:
    """Return the values of the comparison with the true turns of calls, if there is one."""
    found = list(hearing_rows(truth, language))
    return {"rows": found, "explanation": hearing_explanation(language)} if found else None


def columns(counts: list[int]) -> list[Column]:
    """Return the columns of the distribution, the highest as high as the drawing."""
    highest = max([*counts, 1])
    part = 100 // len(counts)
    made = []
    for place, count in enumerate(counts):
        height = round(_CHART_HEIGHT * count / highest, 1)
        low, high = place * part, 100 if place == len(counts) - 1 else (place + 1) * part - 1
        x = 8 + place * 33
        made.append(Column(low, f"{low}–{high}", count, x, _CHART_GROUND - height, height))
    return made


def worst(tallies: Iterable[ClauseTally]) -> list[Worst]:
    """Return the clauses most often missed, at most ten, worst first."""
    most = list(tallies)[:_WORST]
    longest = max((tally[Outcome.MISSED] for tally in most), default=1)
    return [
        Worst(
            standard=tally.standard,
            clause=tally.clause,
            missed=tally[Outcome.MISSED],
            judged=tally[Outcome.MET] + tally[Outcome.MISSED],
            width=round(100 * tally[Outcome.MISSED] / longest, 1),
        )
        for tally in most
    ]


def _choices(tallies: Iterable[ClauseTally], citations: Citations) -> list[tuple[str, str]]:
    found = {
        tally.clause: shortened(citations.clause(tally.standard, tally.clause), _CHOICE_LENGTH)
        for tally in tallies
    }
    return sorted(found.items(), key=lambda choice: clause_order(choice[0]))

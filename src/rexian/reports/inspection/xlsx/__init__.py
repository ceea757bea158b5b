"""Write a workbook as an inspector sends it on: findings to confirm, scores, clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import BinaryIO

from openpyxl import Workbook

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.kernel.language import translate
from rexian.reports.calls.agreement import HeardTruth, Hearing, no_truth
from rexian.reports.calls.agreement import rows as hearing_rows
from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.inspection.agreement import Truth, settled
from rexian.reports.inspection.agreement import rows as agreement_rows
from rexian.reports.inspection.citations import Citations, StandardTexts
from rexian.reports.inspection.problems import Problem
from rexian.reports.inspection.tallies import Summary
from rexian.reports.inspection.words import NOTHING, outcome_word
from rexian.reports.inspection.xlsx import columns, rows
from rexian.reports.inspection.xlsx.sheets import ROWS, Sheet
from rexian.standard.domain.verdicts import Outcome

_TONES = {
    Outcome.MISSED: "B1221A",
    Outcome.SUSPECT: "865200",
    Outcome.MET: "1B6A38",
}


def write(  # noqa: PLR0913 - what a report is made of, each with a default
    inspected: Iterable[InspectedConversation],
    target: BinaryIO,
    *,
    language: str = "zh-Hans",
    standards: Mapping[str, StandardTexts] | None = None,
    truth: Truth | None = None,
    problems: Iterable[Problem] = (),
    at: datetime | None = None,
    most_rows: int = ROWS,
    hearing: Hearing = no_truth,
) -> None:
    """Write the workbook; ``at`` is its date, ``most_rows`` the rows after which a sheet is full.

    Rows go to a temporary file as they come, so that memory does not grow with their number. What
    does not apply or is undecided is there and filtered out, until the reader lifts the filter.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Rexian"
    book.properties.title = translate("Inspection report", language)
    citations = Citations(standards, language)
    calls = Calls(book, language, most_rows)
    summary = _write_findings(book, calls.through(inspected), citations, language, most_rows)
    calls.close()
    _write_clauses(book, summary, citations, language)
    _write_agreement(book, truth, language)
    _write_hearing(book, hearing(), language)
    _write_about(book, summary, citations, problems, at, language)
    book.save(target)


class Calls:
    """The sheet of what was heard, which is there only where there are calls."""

    def __init__(self, book: Workbook, language: str, most_rows: int) -> None:
        self._book, self._language, self._most_rows = book, language, most_rows
        self._sheet: Sheet | None = None

    def through(
        self, inspected: Iterable[InspectedConversation]
    ) -> Iterator[InspectedConversation]:
        """Hand on what was inspected, each call written."""
        for one in inspected:
            if isinstance(one, InspectedCall):
                for row in rows.sides(one, self._language):
                    self._opened().append(row)
            yield one

    def close(self) -> None:
        """Close the sheet, if there is one."""
        if self._sheet is not None:
            self._sheet.close()

    def _opened(self) -> Sheet:
        if self._sheet is None:
            title, headings = translate("Calls", self._language), columns.calls(self._language)
            self._sheet = Sheet(self._book, title, headings, most_rows=self._most_rows)
        return self._sheet


def _write_findings(
    book: Workbook,
    inspected: Iterable[InspectedConversation],
    citations: Citations,
    language: str,
    most_rows: int,
) -> Summary:
    """Write the findings and the scores side by side, and return what they add up to."""
    tones = {outcome_word(outcome, language): tone for outcome, tone in _TONES.items()}
    titles = translate("Findings", language), translate("Scores", language)
    findings = Sheet(book, titles[0], columns.findings(language), tones=tones, most_rows=most_rows)
    scores = Sheet(book, titles[1], columns.scores(language), most_rows=most_rows)
    summary = Summary()
    for one in inspected:
        summary.add(one)
        scores.append(rows.score(one, language))
        for row in rows.findings(one, citations, language):
            findings.append(row)
    if not summary.conversations:
        findings.append([translate(NOTHING, language), *[None] * 11])
    findings.close()
    scores.close()
    return summary


def _write_clauses(book: Workbook, summary: Summary, citations: Citations, language: str) -> None:
    sheet = Sheet(book, translate("Clauses", language), columns.clauses(language))
    for tally in summary.clauses():
        sheet.append(rows.clause(tally, citations))
    sheet.close()


def _write_agreement(book: Workbook, truth: Truth | None, language: str) -> None:
    agreement = settled(truth)
    if agreement is None:
        return
    sheet = Sheet(book, translate("Agreement", language), columns.agreement(language))
    for row in agreement_rows(agreement, language):
        sheet.append(row)
    sheet.close()


def _write_hearing(book: Workbook, truth: HeardTruth, language: str) -> None:
    found = list(hearing_rows(truth, language))
    if not found:
        return
    sheet = Sheet(book, translate("Hearing", language), columns.about(language))
    for row in found:
        sheet.append(row)
    sheet.close()


def _write_about(
    book: Workbook,
    summary: Summary,
    citations: Citations,
    problems: Iterable[Problem],
    at: datetime | None,
    language: str,
) -> None:
    sheet = Sheet(book, translate("About", language), columns.about(language))
    for row in rows.about(summary, citations, problems, at, language):
        sheet.append(row)
    sheet.close()

"""Write a replay as a workbook: what it comes to, what changes by clause, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from openpyxl import Workbook

from rexian.kernel.language import mark, translate
from rexian.reports.archive.told import (
    Told,
    named,
    place_of,
    reason_of,
    shards_missing,
    summary,
)
from rexian.reports.inspection.replay_words import outcome_of
from rexian.reports.inspection.xlsx.sheets import Heading, Kind, Sheet, Value

_CHANGES = (
    (mark("Conversation"), 24, Kind.TEXT),
    (mark("Where"), 34, Kind.TEXT),
    (mark("Score before"), 10, Kind.SCORE),
    (mark("Score after"), 10, Kind.SCORE),
    (mark("Clause"), 10, Kind.TEXT),
    (mark("Before"), 12, Kind.TEXT),
    (mark("After"), 12, Kind.TEXT),
    (mark("Words"), 40, Kind.TEXT),
    (mark("Why before"), 40, Kind.TEXT),
    (mark("Why after"), 40, Kind.TEXT),
)


def write(told: Told, target: BinaryIO, *, language: str) -> None:
    """Write what changes by clause, the conversations that change most, and about it."""
    book = Workbook(write_only=True)
    book.properties.creator = "Rexian"
    _write_clauses(book, told, language)
    if told.compares:
        headings = [
            Heading(translate(name, language), width, kind) for name, width, kind in _CHANGES
        ]
        sheet = Sheet(book, translate(mark("Conversations"), language), headings)
        for row in _changes(told, language):
            sheet.append(row)
        sheet.close()
    _write_about(book, told, language)
    book.save(target)


def _write_clauses(book: Workbook, told: Told, language: str) -> None:
    headings = [
        Heading(translate(mark("Clause"), language), 12),
        Heading(translate(mark("What it asks"), language), 50),
        Heading(translate(mark("Before"), language), 14),
        Heading(translate(mark("After"), language), 14),
        Heading(translate(mark("Times"), language), 10, Kind.COUNT),
    ]
    sheet = Sheet(book, translate(mark("By clause"), language), headings)
    for clause, before, after, count in told.steps(language):
        sheet.append((clause, told.asks(clause, language), before, after or before, count))
    sheet.close()


def _changes(told: Told, language: str) -> Iterator[tuple[Value, ...]]:
    for one in told.outturn.examples:
        for change in one.changes:
            yield (
                one.id,
                place_of(one),
                one.before,
                one.after,
                change.clause,
                outcome_of(change.before.outcome, language),
                outcome_of(change.after.outcome, language),
                change.after.quote or change.before.quote,
                *reason_of(change, language),
            )


def _write_about(book: Workbook, told: Told, language: str) -> None:
    headings = [Heading("", 28), Heading("", 80)]
    sheet = Sheet(book, translate(mark("About"), language), headings)
    for standard in told.standards:
        sheet.append((translate(mark("Standard"), language), named(standard)))
    for name, value in summary(told, language):
        sheet.append((name, value))
    sheet.append((translate(mark("All rows"), language), told.results))
    for line in shards_missing(told.ruined, language):
        sheet.append((translate(mark("Not judged"), language), line))
    sheet.close()

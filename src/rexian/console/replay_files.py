"""Replays as files: a workbook of what changes by clause and where, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO

from openpyxl import Workbook

from rexian.dialogue.domain.replays import Change
from rexian.dialogue.queries.replays import ReplayedShown, ReplayShown
from rexian.kernel.language import mark, translate
from rexian.reports.inspection.replay_words import outcome_of
from rexian.reports.inspection.tallies import clause_order
from rexian.reports.inspection.xlsx.sheets import Heading, Kind, Sheet, Value

_BOM = "\ufeff"
_TITLES = (
    (mark("Conversation"), 24),
    (mark("Score before"), 10),
    (mark("Score after"), 10),
    (mark("Clause"), 10),
    (mark("Before"), 12),
    (mark("After"), 12),
    (mark("Words"), 40),
    (mark("Why before"), 40),
    (mark("Why after"), 40),
)
_SCORES = frozenset({1, 2})
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def conversation_name(one: ReplayedShown, language: str) -> str:
    """Return what a conversation is called in a list."""
    return one.name or translate(mark("Contact {number}"), language, number=one.contact)


def write_xlsx(
    replay: ReplayShown, found: Iterable[ReplayedShown], target: IO[bytes], *, language: str
) -> None:
    """Write what changes by clause, then every change that is kept."""
    book = Workbook(write_only=True)
    headings = [
        Heading(translate(mark("Clause"), language), 12),
        Heading(translate(mark("Before"), language), 14),
        Heading(translate(mark("After"), language), 14),
        Heading(translate(mark("Times"), language), 10, Kind.COUNT),
    ]
    sheet = Sheet(book, translate(mark("By clause"), language), headings)
    for clause, before, after, count in steps_of(replay, language):
        sheet.append((clause, before, after, count))
    sheet.close()
    titles = [
        Heading(translate(title, language), width, Kind.SCORE if place in _SCORES else Kind.TEXT)
        for place, (title, width) in enumerate(_TITLES)
    ]
    sheet = Sheet(book, translate(mark("Conversations"), language), titles)
    for one in found:
        for change in one.changes:
            sheet.append(_row(one, change, language))
    sheet.close()
    book.save(target)


def csv_lines(found: Iterable[ReplayedShown], *, language: str) -> Iterator[bytes]:
    """Yield every change that is kept as lines of CSV, which a spreadsheet opens as it is."""
    yield _BOM.encode() + _csv([translate(title, language) for title, _ in _TITLES])
    for one in found:
        for change in one.changes:
            yield _csv(map(_harmless, _row(one, change, language)))


def steps_of(replay: ReplayShown, language: str) -> list[tuple[str, str, str, int]]:
    """Return by clause what became what, and how often: the most frequent of a clause first."""
    return [
        (clause, *_words(step, language), count)
        for clause, steps in sorted(replay.tally.items(), key=lambda item: clause_order(item[0]))
        for step, count in sorted(steps.items(), key=lambda item: (-item[1], item[0]))
    ]


def _words(step: str, language: str) -> tuple[str, str]:
    before, _, after = step.partition(">")
    return outcome_of(before, language), outcome_of(after, language)


def _row(one: ReplayedShown, change: Change, language: str) -> tuple[Value, ...]:
    before, after = change.before, change.after
    return (
        conversation_name(one, language),
        one.before,
        one.after,
        change.clause,
        outcome_of(before.outcome, language),
        outcome_of(after.outcome, language),
        after.quote or before.quote,
        before.why.get(language, next(iter(before.why.values()), "")),
        after.why.get(language, next(iter(after.why.values()), "")),
    )


def _harmless(cell: Value) -> Value:
    """Return a cell that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    is_formula = isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS)
    return f"'{cell}" if is_formula else cell


def _csv(cells: Iterable[Value]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()

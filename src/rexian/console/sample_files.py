"""The agreement of a sample as a file: a workbook, or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO

from openpyxl import Workbook

from rexian.console.sample_tables import AgreementLine, file_rows
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.reports.inspection.xlsx.sheets import Heading, Kind, Sheet

_BOM = "\ufeff"
_TITLES = (
    (mark("Clause"), 12, Kind.TEXT),
    (mark("What it asks"), 50, Kind.TEXT),
    (mark("Compared"), 10, Kind.COUNT),
    (mark("Both: fault"), 10, Kind.COUNT),
    (mark("Machine alone"), 12, Kind.COUNT),
    (mark("Inspector alone"), 12, Kind.COUNT),
    (mark("Neither"), 10, Kind.COUNT),
    (mark("Left to a person"), 12, Kind.COUNT),
    (mark("Of these faults"), 12, Kind.COUNT),
    (mark("Cannot tell"), 12, Kind.COUNT),
    (mark("Same"), 10, Kind.SHARE),
    (mark("Kappa"), 10, Kind.RATIO),
    (mark("Kappa from"), 10, Kind.RATIO),
    (mark("Kappa to"), 10, Kind.RATIO),
    (mark("Standing"), 16, Kind.TEXT),
)


def write_xlsx(lines: Iterable[AgreementLine], target: IO[bytes]) -> None:
    """Write the agreement, a row a clause."""
    book = Workbook(write_only=True)
    headings = [Heading(translated(title), width, kind) for title, width, kind in _TITLES]
    sheet = Sheet(book, translated(mark("Agreement")), headings)
    for row in file_rows(lines):
        sheet.append(row)
    sheet.close()
    book.save(target)


def csv_lines(lines: Iterable[AgreementLine]) -> Iterator[bytes]:
    """Yield the agreement as lines of CSV, which a spreadsheet opens as it is."""
    yield _BOM.encode() + _csv([translated(title) for title, _, _ in _TITLES])
    for row in file_rows(lines):
        yield _csv(map(_plain, row))


def _plain(cell: str | float | None) -> str:
    """Return a cell as text; words that begin like a formula would be one for a spreadsheet."""
    text = "" if cell is None else str(cell)
    is_formula = isinstance(cell, str) and text != "" and text[0] in "=+-@\t\r"
    return f"'{text}" if is_formula else text


def _csv(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()

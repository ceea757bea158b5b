"""Tables as files that spreadsheets open, written row by row, however many there are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int | datetime | None
Row = Sequence[Cell]

MOST_ROWS = 1_000_000
"""Rows of one sheet, below its titles; the next sheet has the rest."""

_FORMULA = ("=", "+", "-", "@", "\t")
_WIDTH = 18


def csv_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the lines of a CSV, with the mark that says it is UTF-8."""
    yield b"\xef\xbb\xbf"
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer).writerow([_plain(cell) for cell in row])
        yield buffer.getvalue().encode()


def write_workbook(rows: Iterable[Row], file: IO[bytes], *, title: str) -> None:
    """Write a workbook whose first row are the titles; a sheet that is full is followed by one."""
    book = Workbook(write_only=True)
    told = iter(rows)
    titles = next(told, ())
    page = _page(book, title, titles)
    for number, row in enumerate(told):
        if number and number % MOST_ROWS == 0:
            page = _page(book, f"{title} {number // MOST_ROWS + 1}", titles)
        page.append([_cell(page, cell) for cell in row])
    book.save(file)


def _page(book: Workbook, title: str, titles: Row) -> Any:
    page: Any = book.create_sheet(title[:31])  # its types lack what a sheet that is written has
    page.sheet_format.defaultColWidth = _WIDTH
    page.freeze_panes = "A2"
    page.append(list(titles))
    return page


def _cell(page: Any, value: Cell) -> object:
    """Return a cell; words that begin like a formula stay words."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text.startswith(_FORMULA):
        return text
    cell = WriteOnlyCell(page, value=text)
    cell.data_type = "s"
    return cell


def _plain(cell: Cell) -> str:
    """Return a cell as text; one that begins like a formula would be one for a spreadsheet."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text

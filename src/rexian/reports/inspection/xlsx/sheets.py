"""Write rows into sheets as they come; text never becomes a formula, a full sheet gets a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from rexian.reports.inspection.cleaning import printable, shortened

ROWS = 1_048_576
"""How many rows a sheet can have."""

LONGEST_TEXT = 32_767
"""How many characters a cell can have."""

_LINE = Side(style="thin", color="D0CDC6")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")

Value = str | float | int | None


class Kind(Enum):
    """What a column holds; the value is how Excel writes it."""

    TEXT = "@"
    COUNT = "0"
    SCORE = "0.0"
    SHARE = "0.0%"
    CLOCK = "[mm]:ss"
    RATIO = "0.00"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, its width in characters, what it holds and what may be chosen in it.

    ``shown`` are the only values that its filter lets through at first.
    """

    title: str
    width: float
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


class Sheet:
    """One table, over as many sheets as it needs."""

    def __init__(
        self,
        book: Workbook,
        title: str,
        headings: Sequence[Heading],
        *,
        tones: Mapping[str, str] | None = None,
        most_rows: int = ROWS,
    ) -> None:
        """Begin the first sheet; ``tones`` are colours for cells by what they say."""
        self._book, self._title, self._headings = book, title, headings
        self._most_rows = most_rows
        self._sheets = 0
        self._sheet = self._begun()
        kinds = [heading.kind for heading in headings]
        self._plain = [_cell(self._sheet, kind) for kind in kinds]
        self._quoted = [_cell(self._sheet, kind, quoted=True) for kind in kinds]
        self._toned = {
            word: _cell(self._sheet, Kind.TEXT, tone=tone) for word, tone in (tones or {}).items()
        }

    def append(self, values: Sequence[Value]) -> None:
        """Write one row, on the next sheet where this one is full."""
        if self._row == self._most_rows:
            self.close()
            self._sheet = self._begun()
        self._row += 1
        if any(
            heading.shown and isinstance(value, str) and value not in heading.shown
            for heading, value in zip(self._headings, values, strict=True)
        ):
            self._sheet.row_dimensions[self._row].hidden = True
        self._sheet.append([self._filled(place, value) for place, value in enumerate(values)])

    def close(self) -> None:
        """Give the sheet its filters and choices, now that its last row is known."""
        last = get_column_letter(len(self._headings))
        self._sheet.auto_filter.ref = f"A1:{last}{self._row}"
        for place, heading in enumerate(self._headings):
            if heading.shown:
                self._sheet.auto_filter.add_filter_column(place, list(heading.shown))
            if heading.choices and self._row > 1:
                column = get_column_letter(place + 1)
                choices = DataValidation(
                    type="list", formula1=f'"{",".join(heading.choices)}"', allow_blank=True
                )
                choices.add(f"{column}2:{column}{self._row}")
                self._sheet.data_validations.append(choices)

    def _begun(self) -> Worksheet:
        self._sheets += 1
        self._row = 1
        title = self._title if self._sheets == 1 else f"{self._title} {self._sheets}"
        sheet = _prepared(self._book, title, self._headings)
        sheet.append([_head_cell(sheet, heading.title) for heading in self._headings])
        if self._sheets > 1:
            place = self._book.sheetnames.index(self._sheet.title) + 1
            self._book.move_sheet(title, place - self._book.sheetnames.index(title))
        return sheet

    def _filled(self, place: int, value: Value) -> Cell:
        if not isinstance(value, str):
            cell = self._plain[place]
            cell.value = value
            return cell
        text = shortened(printable(value), LONGEST_TEXT)
        quoted = text.startswith(_FORMULA_SIGNS)
        cell = self._quoted[place] if quoted else self._toned.get(text, self._plain[place])
        cell.value = text
        cell.data_type = "s"
        return cell


def _prepared(book: Workbook, title: str, headings: Sequence[Heading]) -> Worksheet:
    """Return a new sheet that is frozen under its heading and prints on the width of a page."""
    sheet = cast("Worksheet", book.create_sheet(title))
    sheet.freeze_panes = "B2"
    for place, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(place)].width = heading.width
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "&P / &N"  # type: ignore[union-attr]
    return sheet


def _cell(sheet: Worksheet, kind: Kind, *, quoted: bool = False, tone: str | None = None) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.number_format = kind.value
    cell.alignment = Alignment(
        wrap_text=kind is Kind.TEXT,
        vertical="top",
        horizontal="left" if kind is Kind.TEXT else "right",
    )
    cell.border = Border(bottom=_LINE)
    if tone:
        cell.font = Font(bold=True, color=tone)
    if quoted:
        cell.quotePrefix = True
    return cell


def _head_cell(sheet: Worksheet, title: str) -> Cell:
    cell = WriteOnlyCell(sheet, title)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="0B5A8C")
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left")
    return cell

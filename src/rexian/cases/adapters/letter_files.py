"""Read lists of letters out of workbooks and CSV, whatever the body calls its columns."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from rexian.cases.domain.letters import (
    COLUMN_TITLES,
    MOST_LETTERS,
    NEEDED,
    BadLetters,
    LetterRow,
    field_of,
)
from rexian.kernel.archives import BloatedArchive, DamagedArchive, look_over
from rexian.kernel.language import mark, translate

LARGEST = 10 * 1024**2
_LARGEST_UNPACKED = 100 * 1024**2
_MOST_COLUMNS = 80
_LONGEST_CELL = 12_000
_TITLES_WITHIN = 6
"""The titles stand in one of the first rows: above them a body writes what the list is."""

_DELIMITERS = (",", "\t", ";")
_FORMULA = ("=", "+", "-", "@", "\t")

_Table = Iterable[tuple[int, Sequence[str]]]


def read_letter_list(content: bytes) -> list[LetterRow]:
    """Return the rows of a list by our fields; raise ``BadLetters`` for what is no such list."""
    if len(content) > LARGEST:
        raise BadLetters(mark("A list has {megabytes} MB at most."), megabytes=LARGEST // 1024**2)
    is_workbook = content.startswith(b"PK")
    rows = list(_rows(_workbook(content) if is_workbook else _csv(content)))
    if not rows:
        raise BadLetters(mark("There is no letter in this file."))
    if len(rows) > MOST_LETTERS:
        raise BadLetters(mark("A list has {most} letters at most."), most=MOST_LETTERS)
    return rows


def letter_template(language: str) -> bytes:
    """Return an empty workbook with the columns that we know."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = translate(mark("Letters"), language)
    page.append([translate(one, language) for one in COLUMN_TITLES.values()])
    for number, cell in enumerate(page[1], start=1):
        cell.font = Font(bold=True)
        page.column_dimensions[get_column_letter(number)].width = 20
    page.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows(table: _Table) -> Iterator[LetterRow]:
    fields: list[str] = []
    for number, cells in table:
        if fields:
            found = {name: text for name, text in zip(fields, cells, strict=False) if name and text}
            if found:
                yield LetterRow(number, found)
        elif set(NEEDED) <= (known := {field_of(one) for one in cells}):
            fields = _each_once([field_of(one) for one in cells])
        elif number > _TITLES_WITHIN:
            lacking = next(one for one in NEEDED if one not in known)
            raise _lacks(lacking)
    if not fields:
        raise _lacks(NEEDED[0])


def _each_once(fields: Sequence[str]) -> list[str]:
    """Return the fields with the second of a name left out: the first column of it counts."""
    return [one if one not in fields[:place] else "" for place, one in enumerate(fields)]


def _lacks(field: str) -> BadLetters:
    return BadLetters(mark("The list lacks the column “{column}”."),
                      column=translate(COLUMN_TITLES[field]))  # fmt: skip


def _workbook(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    _refuse_hostile(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            page: Any = book.worksheets[0]
            page.reset_dimensions()
            last = MOST_LETTERS + _TITLES_WITHIN + 2
            found = [
                (number, [_text(cell) for cell in cells])
                for number, cells in enumerate(
                    page.iter_rows(max_row=last, max_col=_MOST_COLUMNS, values_only=True), start=1
                )
            ]
    except Exception:  # noqa: BLE001 - its parsers raise whatever they like for a damaged file
        raise _damaged() from None
    yield from (one for one in found if any(one[1]))


def _refuse_hostile(content: bytes) -> None:
    try:
        look_over(content, largest=_LARGEST_UNPACKED)
    except DamagedArchive:
        raise _damaged() from None
    except BloatedArchive:
        raise BadLetters(
            mark("The workbook is suspiciously large inside. It was not opened.")
        ) from None


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a number that was typed as one
    return str(value).strip()[:_LONGEST_CELL] if value is not None else ""


def _csv(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(content)
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=header.count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            texts = [_plain(one) for one in cells[:_MOST_COLUMNS]]
            if any(texts):
                yield number, texts
    except csv.Error:
        raise _damaged() from None


def _decoded(content: bytes) -> str:
    wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16" if wide else "utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _damaged()


def _plain(cell: str) -> str:
    """Return a cell without the mark that keeps spreadsheets from reading it as a formula."""
    text = cell.strip()[:_LONGEST_CELL]
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _damaged() -> BadLetters:
    return BadLetters(mark("This is no workbook of Excel (.xlsx) and no CSV, or it is damaged."))

"""Tables of facts about recordings: CSV, TSV and Excel workbooks, a call a row."""

from __future__ import annotations

import csv
import warnings
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from rexian.speech.domain.call_columns import Columns, columns_of, is_a_transcript, shown
from rexian.speech.domain.unreadable_sound import Fault, Unreadable

WORKBOOKS = (".xlsx", ".xlsm")
ENDINGS = (".csv", ".tsv", *WORKBOOKS)

_MEGABYTE = 1 << 20
_LARGEST = 256 * _MEGABYTE
_LARGEST_UNPACKED = 1024 * _MEGABYTE
_DELIMITERS = (",", "\t", ";", "|", "，")
_HEAD = 1 << 16
_WIDEST = 256
_AT_ONCE = 1000

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the line where it stands, as a record by the names of its columns."""

    line: int
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts: which column holds what, and its rows."""

    source: Path
    columns: Columns
    rows: tuple[Row, ...]


def read_table(source: Path) -> Table | Unreadable:
    """Read a table of facts, or say why it is none."""
    try:
        content = _content(source)
        lines = _in_workbook(content) if _is_workbook(content) else _in_text(content)
        return _table(source, lines)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            return Unreadable(str(source), 0, Fault.NO_SUCH_TABLE)
        return Unreadable(str(source), 0, Fault.CANNOT_OPEN_TABLE)
    except _NoTable:
        return Unreadable(str(source), 0, Fault.NOT_A_TABLE)


def tells_of_calls(source: Path) -> bool:
    """Tell whether a file that lies beside recordings is a table of their facts."""
    if source.suffix.lower() not in ENDINGS:
        return False
    table = read_table(source)
    return isinstance(table, Table)


class _NoTable(Exception):
    """The bytes are none that a table is written in."""


def _content(source: Path) -> bytes:
    with source.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise _NoTable
    return content


def _is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def _table(source: Path, lines: Iterable[tuple[int, Cells]]) -> Table | Unreadable:
    filled = ((line, cells) for line, cells in lines if any(map(shown, cells)))
    line, header = next(filled, (0, ()))
    keys = [shown(cell) for cell in header]
    columns = columns_of(keys)
    if is_a_transcript(keys) or not columns.tells_of_calls:
        return Unreadable(str(source), line, Fault.NO_COLUMNS)
    rows = tuple(Row(line, dict(zip(keys, cells, strict=False))) for line, cells in filled)
    return Table(source, columns, rows)


def _in_text(content: bytes) -> Iterator[tuple[int, Cells]]:
    text = _decoded(content)
    opening = text[:_HEAD].lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=lambda one: _worth(opening, one))
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise _NoTable from None


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _NoTable


def _worth(header: str, delimiter: str) -> tuple[int, int]:
    try:
        cells = next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    return len(columns_of(cells).keys), len(cells)


def _in_workbook(content: bytes) -> Iterator[tuple[int, Cells]]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, ValueError, NotImplementedError):
        raise _NoTable from None
    if unpacked > _LARGEST_UNPACKED:
        raise _NoTable
    try:
        yield from _sheet(content)
    except Exception:  # noqa: BLE001 - its parsers raise whatever they like for a damaged file
        raise _NoTable from None


def _sheet(content: bytes) -> Iterator[tuple[int, Cells]]:
    """Yield rows one by one, none wider than facts are: a cell far out fills a row with nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(max_col=_WIDEST, values_only=True), start=1)
    while some := _some(rows):
        yield from some


def _some(rows: Iterator[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
    """Return the next rows, whatever their reader has to remark."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(islice(rows, _AT_ONCE))

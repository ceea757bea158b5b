"""Read lists of roads and points out of workbooks and CSV, and write them to be read again."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from rexian.kernel.archives import BloatedArchive, DamagedArchive, look_over
from rexian.kernel.language import Language, mark, translate
from rexian.places.domain.lists import COLUMN_TITLES, SHEET_TITLES, Row, Sheet
from rexian.places.domain.refusals import NotAList
from rexian.places.domain.roads import KIND_NAMES, Road, direction_text, joined

LARGEST = 5 * 1024**2
LARGEST_UNPACKED = 60 * 1024**2
MOST_ROWS = 3000
_MOST_COLUMNS = 30
_LONGEST_CELL = 400

_NEEDED = {
    Sheet.ROADS: ("code", "name", "begin", "end", "rising", "falling"),
    Sheet.POINTS: ("road", "kind", "name", "stake"),
}
# What people call sheets and columns besides what the template calls them.
_SHEETS = {"道路": Sheet.ROADS, "路段": Sheet.ROADS, "点位": Sheet.POINTS, "地点": Sheet.POINTS}
_COLUMNS: Mapping[Sheet, Mapping[str, str]] = {
    Sheet.ROADS: {
        "编号": "code",
        "道路编号": "code",
        "名称": "name",
        "别名": "aliases",
        "起点": "begin",
        "起点桩号": "begin",
        "终点": "end",
        "止点桩号": "end",
        "终点桩号": "end",
        "上行方向": "rising",
        "下行方向": "falling",
    },
    Sheet.POINTS: {
        "道路": "road",
        "所在道路": "road",
        "类型": "kind",
        "名称": "name",
        "桩号": "stake",
        "中心桩号": "stake",
        "方向": "way",
        "别名": "aliases",
    },
}
_DELIMITERS = (",", "\t", ";")
_FORMULA = ("=", "+", "-", "@", "\t")

Table = list[tuple[int, list[str]]]


def read_list(content: bytes) -> list[Row]:
    """Return the rows of a workbook's sheets or of a CSV; raise ``NotAList``."""
    if len(content) > LARGEST:
        raise NotAList(mark("A list has {megabytes} MB at most."), megabytes=LARGEST // 1024**2)
    is_workbook = content.startswith(b"PK")
    rows = list(_from_workbook(content) if is_workbook else _from_csv(content))
    if not rows:
        raise NotAList(
            mark(
                "There is nothing on a sheet “道路” or “点位” (Roads, Points on roads) of the file."
            )
        )
    return rows


def write_workbook(roads: Sequence[Road], language: str) -> bytes:
    """Return a workbook with both sheets, their titles in ``language``; empty to be filled in."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in Sheet:
        page = book.create_sheet(translate(SHEET_TITLES[sheet], language))
        page.append([translate(one, language) for one in COLUMN_TITLES[sheet].values()])
        for number, cell in enumerate(page[1], start=1):
            cell.font = Font(bold=True)
            page.column_dimensions[get_column_letter(number)].width = 20
        page.freeze_panes = "A2"
        for cells in _LINES[sheet](roads, language):
            page.append(cells)
            for cell in page[page.max_row]:
                cell.data_type = "s"  # a name that begins with = is a name, no formula
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_csv(sheet: Sheet, roads: Sequence[Road], language: str) -> bytes:
    """Return one sheet as CSV that spreadsheets open: with the mark that says it is UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([translate(one, language) for one in COLUMN_TITLES[sheet].values()])
    for cells in _LINES[sheet](roads, language):
        # A cell that begins like a formula would be one for a spreadsheet.
        writer.writerow([f"'{one}" if one.startswith(_FORMULA) else one for one in cells])
    return ("\ufeff" + stream.getvalue()).encode()


def _road_lines(roads: Sequence[Road], language: str) -> Iterator[list[str]]:  # noqa: ARG001 - as the other
    for one in roads:
        ends = [str(one.begin), str(one.end)]
        ways = [direction_text(one.rising), direction_text(one.falling)]
        yield [one.code, one.name, joined(one.aliases), *ends, *ways]


def _point_lines(roads: Sequence[Road], language: str) -> Iterator[list[str]]:
    for road in roads:
        for one in road.points:
            way = road.direction(one.way).name if one.way else ""
            kind = translate(KIND_NAMES[one.kind], language)
            yield [road.code, kind, one.name, str(one.stake), way, joined(one.aliases)]


_LINES = {Sheet.ROADS: _road_lines, Sheet.POINTS: _point_lines}


def _from_workbook(content: bytes) -> Iterator[Row]:
    _refuse_hostile(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            tables = {page.title: _table(page) for page in book.worksheets}
    except NotAList:
        raise
    except Exception:  # noqa: BLE001 - its parsers raise whatever they like for a damaged file
        raise _damaged() from None
    for sheet in Sheet:
        for title, table in tables.items():
            if _SHEETS.get(title.strip()) is sheet or _is_called(title, SHEET_TITLES[sheet]):
                yield from _rows(sheet, table)


def _refuse_hostile(content: bytes) -> None:
    try:
        look_over(content, largest=LARGEST_UNPACKED)
    except DamagedArchive:
        raise _damaged() from None
    except BloatedArchive:
        raise NotAList(
            mark("The workbook is suspiciously large inside. It was not opened.")
        ) from None


def _damaged() -> NotAList:
    return NotAList(mark("This is no workbook of Excel (.xlsx) and no CSV, or it is damaged."))


def _table(page: Any) -> Table:
    """Return the cells of a sheet that holds at most so many rows below its titles."""
    page.reset_dimensions()
    found: Table = []
    last = MOST_ROWS + 2
    for number, cells in enumerate(page.iter_rows(max_row=last, max_col=_MOST_COLUMNS), start=1):
        texts = [_text(cell, number) for cell in cells]
        if any(texts):
            found.append((number, texts))
    return _bounded(found)


def _bounded(table: Table) -> Table:
    if table and table[-1][0] > MOST_ROWS + 1:
        raise NotAList(mark("A sheet has {count} rows at most."), count=MOST_ROWS)
    return table


def _text(cell: Any, number: int) -> str:
    value = cell.value
    if getattr(cell, "data_type", "") == "f":
        raise NotAList(
            mark("Row {row} holds a formula. Write down its result instead (paste values)."),
            row=number,
        )
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a code that was typed as a number
    return str(value).strip()[:_LONGEST_CELL] if value is not None else ""


def _from_csv(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=header.count)
    found: Table = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            texts = [_plain(one) for one in cells[:_MOST_COLUMNS]]
            if any(texts):
                found.append((number, texts))
    except csv.Error:
        raise _damaged() from None
    table = _bounded(found)
    if table:
        yield from _rows(_sheet_of(table[0][1]), table)


def _decoded(content: bytes) -> str:
    for encoding in (
        "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig",
        "gb18030",
    ):
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


def _sheet_of(titles: Sequence[str]) -> Sheet:
    """Return the sheet most of whose columns a CSV has."""
    return max(Sheet, key=lambda sheet: sum(bool(_field(sheet, one)) for one in titles))


def _rows(sheet: Sheet, table: Table) -> Iterator[Row]:
    if not table:
        return
    fields = [_field(sheet, title) for title in table[0][1]]
    for needed in _NEEDED[sheet]:
        if needed not in fields:
            raise NotAList(
                mark("The sheet “{sheet}” lacks the column “{column}”."),
                sheet=translate(SHEET_TITLES[sheet]),
                column=translate(COLUMN_TITLES[sheet][needed]),
            )
    for number, cells in table[1:]:
        read: Iterable[tuple[str, str]] = zip(fields, cells, strict=False)
        yield Row(sheet, number, {name: text for name, text in read if name})


def _field(sheet: Sheet, title: str) -> str:
    for field, message in COLUMN_TITLES[sheet].items():
        if _is_called(title, message):
            return field
    return _COLUMNS[sheet].get(
        title, title.casefold() if title.casefold() in COLUMN_TITLES[sheet] else ""
    )


def _is_called(title: str, message: str) -> bool:
    names = {translate(message, language).casefold() for language in Language}
    return title.strip().casefold() in names

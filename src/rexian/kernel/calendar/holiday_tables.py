"""Public holidays as a CSV table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date

from rexian.kernel.calendar.holiday_lists import HolidayList, Listed, Spot
from rexian.kernel.calendar.holidays import Holiday, HolidayKind
from rexian.kernel.language import mark

_PUBLISHED = re.compile(r"#\s*published\s*[:：](.*)", re.IGNORECASE)
_YEARS = re.compile(r"\s*(\d{4})\s*(?:[-–]\s*(\d{4})\s*)?")
_LONGEST_RANGE = 200

_KINDS = {
    "off": HolidayKind.OFF,
    "work": HolidayKind.WORK,
    "休": HolidayKind.OFF,
    "班": HolidayKind.WORK,
}
_WORKDAYS = {"0": HolidayKind.OFF, "1": HolidayKind.WORK}


def read_table(text: str, file: str) -> HolidayList:
    """Return what a CSV says, or raise ``BadHolidays`` with the first line that is wrong."""
    lines = text.splitlines()
    rows = _rows(lines, file)
    days = tuple(listed for spot, row in rows if (listed := _listed(spot, row)))
    return HolidayList(days, _published(lines, file))


def _rows(lines: list[str], file: str) -> Iterator[tuple[Spot, dict[str, str]]]:
    """Yield each row by the names of its columns; what begins with # is a comment."""
    columns: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        spot = Spot(file, number)
        if columns:
            yield spot, _named(spot, columns, cells)
        else:
            columns = _header(spot, [cell.lower() for cell in cells])
    if not columns:
        _header(Spot(file, 1), columns)


def _header(spot: Spot, columns: list[str]) -> list[str]:
    if "date" not in columns or not {"kind", "workday"} & set(columns):
        raise spot.bad(
            mark("{file}, line {line}: the columns are date, kind (off or work) and name.")
        )
    return columns


def _named(spot: Spot, columns: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(columns):
        message = mark("{file}, line {line}: {found} cells under {expected} columns.")
        raise spot.bad(message, found=len(cells), expected=len(columns))
    return dict(zip(columns, cells, strict=True))


def _listed(spot: Spot, row: Mapping[str, str]) -> Listed | None:
    """Return the day of a row, unless a table of every day says no more of it than its weekday."""
    day = spot.day(row["date"])
    column, kinds = ("kind", _KINDS) if "kind" in row else ("workday", _WORKDAYS)
    kind = kinds.get(row[column].lower())
    if kind is None:
        message = mark("{file}, line {line}: {column} is {choices}, not {text}.")
        choices = " / ".join(kinds)
        raise spot.bad(message, column=column, choices=choices, text=repr(row[column]))
    holiday = Holiday(day, kind, row.get("name", ""))
    told = column == "kind" or holiday.name or (kind is HolidayKind.OFF) != _at_weekend(day)
    return Listed(holiday, spot.file, spot.line) if told else None


def _at_weekend(day: date) -> bool:
    return day.weekday() >= 5


def _published(lines: list[str], file: str) -> frozenset[int]:
    for number, line in enumerate(lines, 1):
        if found := _PUBLISHED.fullmatch(line.strip()):
            return _years(Spot(file, number), found[1])
    raise Spot(file, 1).bad(
        mark(
            "{file}, line {line}: a table says which years it is complete for, in a line such as "
            "# published: 2026-2027"
        )
    )


def _years(spot: Spot, text: str) -> frozenset[int]:
    years: set[int] = set()
    for part in re.split(r"[,，、]", text):
        found = _YEARS.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if not 0 <= last - first <= _LONGEST_RANGE:
            message = mark("{file}, line {line}: {text} is no year, nor years such as 2026-2027.")
            raise spot.bad(message, text=repr(part.strip()))
        years.update(range(first, last + 1))
    return frozenset(years)

"""Read CSV and its like: a header, a turn a row, the delimiter found by what it makes of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain

from rexian.dialogue.adapters import tables
from rexian.dialogue.adapters.found import Found, Roles
from rexian.dialogue.adapters.streams import Broken, TextSource
from rexian.dialogue.domain.unreadable import Reason, Unreadable

_DELIMITERS = (",", "\t", ";", "|", "，")


def read(source: TextSource, name: str, roles: Roles = ()) -> Iterator[Found | Unreadable]:
    """Yield the conversations of ``source``; raises ``Broken`` where it cannot be read on."""
    yield from tables.read(source.name, _rows(source), name, roles)


def delimiter_of(header: str) -> str:
    """Return the delimiter by which ``header`` has the most columns that we know."""
    return max(_DELIMITERS, key=lambda delimiter: _worth(header, delimiter))


def is_a_header(line: str) -> bool:
    """Tell whether ``line`` names the columns that a transcript needs."""
    return _worth(line, delimiter_of(line))[0] == 2


def _worth(header: str, delimiter: str) -> tuple[int, int]:
    try:
        cells = next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    return tables.known_columns(cells), len(cells)


def _rows(source: TextSource) -> Iterator[tables.Row]:
    """Yield the rows, each with the line on which it begins."""
    lines = (text for _, text in source.texts())
    opening = list(_up_to_text(lines))
    delimiter = delimiter_of(opening[-1] if opening else "")
    reader = csv.reader((f"{line}\n" for line in chain(opening, lines)), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Broken(source.name, begins, Reason.BROKEN_TABLE, problem=str(error)) from None


def _up_to_text(lines: Iterator[str]) -> Iterator[str]:
    """Yield the blank lines at the beginning and the first that is not."""
    for line in lines:
        yield line
        if line.strip():
            return

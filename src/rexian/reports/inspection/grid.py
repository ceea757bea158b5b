"""Lay rows out in columns by the cells that they take on a terminal: a Chinese character takes two.

Rich's own table measures each cell several times; a report can have a line for each of a hundred
thousand conversations, so columns are measured once here, and rich only colours the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

_GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, the most cells that it may take, and how a value that is not 0 looks.

    Numbers stand at the right. A column without ``most`` is the last one and takes the rest.
    """

    heading: str
    most: int | None = None
    right: bool = False
    style: str = ""


def print_grid(
    console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int
) -> None:
    """Print a heading and every row, none wider than ``width``."""
    widths = _widths(columns, rows, width)
    headings = [column.heading for column in columns]
    print_line(
        console, _line([Column(c.heading, right=c.right) for c in columns], headings, widths)
    )
    for row in rows:
        print_line(console, _line(columns, row, widths))


def print_line(console: Console, line: Text | str) -> None:
    """Print one line as it is: never wrapped, never read as markup."""
    console.print(line, soft_wrap=True, markup=False, highlight=False, emoji=False)


def fitted(text: str, cells: int) -> str:
    """Return ``text``, cut with an ellipsis where it takes more than ``cells``.

    Text without Chinese, such as a list of clauses, is cut between words.
    """
    if cell_len(text) <= cells:
        return text
    kept = chop_cells(text, cells - 1)[0] if cells > 1 else ""
    if text.isascii() and " " in kept and text[len(kept)] != " ":
        kept = kept[: kept.rindex(" ") + 1]
    return kept + "…"


def _widths(columns: Sequence[Column], rows: Iterable[Sequence[str]], width: int) -> list[int]:
    widths = [cell_len(column.heading) for column in columns]
    for row in rows:
        for place, cell in enumerate(row):
            widths[place] = max(widths[place], cell_len(cell))
    for place, column in enumerate(columns):
        if column.most is not None:
            widths[place] = min(widths[place], max(column.most, cell_len(column.heading)))
    taken = sum(widths[:-1]) + len(_GAP) * (len(widths) - 1)
    widths[-1] = max(cell_len(columns[-1].heading), min(widths[-1], width - taken))
    return widths


def _line(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> Text:
    line = Text()
    for place, (column, cell, cells) in enumerate(zip(columns, row, widths, strict=True)):
        shown = fitted(cell, cells)
        room = " " * (cells - cell_len(shown))
        if place:
            line.append(_GAP)
        if column.right:
            line.append(room)
        line.append(shown, style=column.style if shown != "0" else "dim")
        if not column.right and place < len(columns) - 1:
            line.append(room)
    line.rstrip()
    return line

"""A document as its adapters hand it over: pieces of text, each with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from rexian.kernel.language import mark, translate


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands, as far as its kind of file knows: all counted from 1, 0 for unknown."""

    page: int = 0
    line: int = 0
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0

    def said(self, language: str) -> str:
        """Return the place in words: 第 3 页第 12 行."""
        if self.table:
            known = mark("table {table}, row {row}, column {column}")
        elif self.paragraph:
            known = mark("paragraph {paragraph}")
        elif self.page and self.line:
            known = mark("page {page}, line {line}")
        elif self.page:
            known = mark("page {page}")
        else:
            known = mark("line {line}")
        names = ("page", "line", "paragraph", "table", "row", "column")
        return translate(known, language, **{one: getattr(self, one) for one in names})


@dataclass(frozen=True, slots=True)
class Block:
    """A line or a paragraph.

    ``label`` is a number that the program which wrote the file counts by itself; ``heading`` the
    level of a heading by its style (1 the highest, 0 for none).
    """

    text: str
    spot: Spot
    label: str = ""
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row, each cell with its place."""

    rows: tuple[tuple[Block, ...], ...]


Piece = Block | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What an adapter has read of a file.

    ``is_wrapped``: its blocks are lines that break where the page ends, not where the thought does.
    ``pages`` is their number where the file has pages; ``left_out`` are lines of its margins.
    """

    name: str
    pieces: tuple[Piece, ...]
    is_wrapped: bool = False
    pages: int = 0
    left_out: tuple[str, ...] = field(default=())

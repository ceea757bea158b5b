"""The outline of a document: chapters, clauses and what stands below them, as it is numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rexian.kernel.text.folding import fold
from rexian.standard.domain.drafting.blocks import Block, Document, Piece, Spot, Table
from rexian.standard.domain.drafting.joining import paragraphs
from rexian.standard.domain.drafting.labels import (
    DIVISIONS,
    Label,
    Style,
    read_label,
    without_bullet,
)

LONGEST_HEADING = 24
LONGEST_STEP = 5
_BOOKLETS = re.compile("规范|标准|办法|制度|规定|细则|守则|要求|手册|指南|规程|公约|承诺|用语|方案")
_SENTENCE_MARKS = re.compile(r"[。；;，,？?！!：:“”「」]")
_NO_TITLE = re.compile(r"^[\d\s./年月日版v-]+$|^\(.*\)$|^第.*版$|有限公司$|^发布|^实施|^目录$")


@dataclass
class Entry:
    """A heading or a clause of the document, with its paragraphs and what stands below it.

    ``heading`` is the level of an unnumbered heading, 0 for what is numbered. ``skips`` tells that
    numbers are missing before it.
    """

    label: Label | None
    written: str
    title: str
    spot: Spot
    heading: int = 0
    paragraphs: list[tuple[str, Spot]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    children: list[Entry] = field(default_factory=list)
    skips: bool = False

    def all_below(self) -> Iterator[Entry]:
        """Yield this entry and everything below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.all_below()


@dataclass
class Outline:
    """A document read: its title, what stands before the first clause, and its entries."""

    title: str
    title_spot: Spot
    preamble: list[tuple[str, Spot]]
    tables: list[Table]
    entries: list[Entry]
    left_out: tuple[str, ...] = ()

    def all_entries(self) -> Iterator[Entry]:
        """Yield every entry, in the order of the document."""
        for entry in self.entries:
            yield from entry.all_below()


def outline(document: Document) -> Outline:
    """Read the outline of a document."""
    whole = paragraphs(document)
    builder = _Builder(bare=_numbers_alone(whole.pieces))
    for piece in whole.pieces:
        if isinstance(piece, Table):
            builder.table(piece)
        else:
            builder.block(piece)
    margins = [(one, Spot(), 0) for one in whole.left_out]
    title, spot = _title([*builder.before, *margins], document.name)
    preamble = [(text, at) for text, at, _ in builder.before if text != title]
    root = builder.root
    return Outline(title, spot, preamble, root.tables, root.children, whole.left_out)


def _numbers_alone(pieces: Iterable[Piece]) -> bool:
    """Say whether headings may be numbered without a mark (3 术语): such documents have 3.1 too."""
    dotted, last, runs = 0, 0, 0
    for one in pieces:
        label = read_label(fold(one.text), bare=True) if isinstance(one, Block) else None
        if label is None or label.style is not Style.DOTTED:
            continue
        dotted += len(label.ordinals) > 1
        if len(label.ordinals) == 1:
            runs += label.last == last + 1
            last = label.last
    return dotted > 1 or runs > 2


def _title(before: list[tuple[str, Spot, int]], name: str) -> tuple[str, Spot]:
    """Return the title: of the lines before the first clause the one that names a standard."""
    short = [
        (text, spot)
        for text, spot, _ in before
        if len(text) <= 40 and not _SENTENCE_MARKS.search(text) and not _NO_TITLE.search(fold(text))
    ]
    named = [one for one in short if _BOOKLETS.search(fold(one[0]))]
    if named or short:
        text, spot = (named or short)[0]
        return re.sub(r"\s+", "", text) if not text.isascii() else text, spot
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return stem, Spot()


@dataclass
class _Builder:
    """Builds the tree: a stack of the entries that are open, outermost first."""

    bare: bool
    root: Entry = field(default_factory=lambda: Entry(None, "", "", Spot()))
    stack: list[Entry] = field(default_factory=list)
    before: list[tuple[str, Spot, int]] = field(default_factory=list)

    def block(self, block: Block) -> None:
        """Add a paragraph: a new entry, a heading, or more text of the entry that is open."""
        text, _ = without_bullet(block.text)
        label = read_label(fold(text), bare=self.bare or block.heading > 0)
        written = text[: label.end].strip() if label else ""
        automatic = read_label(fold(block.label), bare=True) if block.label and not label else None
        if automatic:
            label, written = automatic, block.label
            rest = text
        else:
            rest = text[label.end :] if label else text
        if label and self._is_plausible(label, rest, automatic=automatic is not None):
            self._numbered(label, written.rstrip("、.．:： 　"), rest, block)
        elif block.heading or self._is_heading(text):
            self._heading(text, block)
        else:
            self._text(text, block.spot)

    def table(self, table: Table) -> None:
        """Add a table to the entry that is open."""
        (self.stack[-1] if self.stack else self.root).tables.append(table)

    def _text(self, text: str, spot: Spot) -> None:
        if not text:
            return
        if self.stack:
            self.stack[-1].paragraphs.append((text, spot))
        else:
            self.before.append((text, spot, 0))

    def _is_plausible(self, label: Label, rest: str, *, automatic: bool) -> bool:
        """Say whether a number goes on from those before it: one inside a sentence does not."""
        if automatic or label.style <= Style.ARTICLE:
            return True
        if not rest.strip() and label.style is not Style.DOTTED:
            return False
        last = self._sibling(label)
        if len(label.ordinals) > 1 and label.style is Style.DOTTED:
            return max(label.ordinals) <= 99 and label.ordinals[0] > 0
        if last is None:
            return label.last <= 2
        return label.last == 1 or 0 <= label.last - last <= LONGEST_STEP

    def _sibling(self, label: Label) -> int | None:
        """Return the ordinal of the open entry that is numbered alike, if there is one."""
        for entry in reversed(self.stack):
            if entry.label and entry.label.rank == label.rank:
                return entry.label.last
        parent = self.stack[-1] if self.stack else self.root
        alike = [one.label for one in parent.children if one.label]
        return next((one.last for one in reversed(alike) if one.rank == label.rank), None)

    def _numbered(self, label: Label, written: str, rest: str, block: Block) -> None:
        self._lead_in()
        last = self._sibling(label)
        self._close(label)
        inner = read_label(fold(rest))
        nests = inner and inner.style > label.style and label.style <= Style.CHINESE_IN_BRACKETS
        title, more = ("", rest) if nests else (rest.strip(), "")
        skips = last is not None and label.last > last + 1 and len(label.ordinals) == 1
        self._open(Entry(label, written, title, block.spot, skips=skips))
        if inner and nests:
            self._numbered(inner, more[: inner.end].strip(" 、.．　"), more[inner.end :], block)

    def _lead_in(self) -> None:
        """Let words before the first number that lead to a list stand over that list."""
        if not self.stack and self.before and fold(self.before[-1][0]).endswith(":"):
            text, spot, _ = self.before.pop()
            self._open(Entry(None, "", text, spot, heading=9))

    def _close(self, label: Label) -> None:
        """Close what cannot hold such a number: what is numbered alike, or usually deeper."""
        for place, entry in enumerate(self.stack):
            if entry.label and entry.label.rank == label.rank:
                del self.stack[place:]
                return
        while self.stack and self.stack[-1].label and not self._holds(self.stack[-1], label):
            self.stack.pop()

    @staticmethod
    def _holds(entry: Entry, label: Label) -> bool:
        """Say whether an entry may hold a number: usually by rank, else by what leads to a list."""
        if entry.label is None or entry.label.rank < label.rank:
            return True
        text = entry.paragraphs[-1][0] if entry.paragraphs else entry.title
        leads = fold(text).endswith(":") and label.last == 1
        return leads and label.style not in DIVISIONS and label.style is not Style.ARTICLE

    def _is_heading(self, text: str) -> bool:
        """Say whether an unnumbered line is a heading: short, no sentence, not led to."""
        if not self.stack or not 2 <= len(text) <= LONGEST_HEADING or _SENTENCE_MARKS.search(text):
            return False
        entry = self.stack[-1]
        before = entry.paragraphs[-1][0] if entry.paragraphs else entry.title
        if entry.heading and not entry.paragraphs:
            return False
        return (
            bool(before) and before[-1] in "。！？；”」!?;" and bool(_BOOKLETS.search(fold(text)))
        )

    def _heading(self, text: str, block: Block) -> None:
        """Open an unnumbered heading; it closes every clause, and headings as deep as itself."""
        if not self.stack and not self.root.children and not block.heading:
            self._text(text, block.spot)
            return
        level = block.heading or 9
        while self.stack and not self._is_above(self.stack[-1], level):
            self.stack.pop()
        self._open(Entry(None, "", text, block.spot, heading=level))

    @staticmethod
    def _is_above(entry: Entry, level: int) -> bool:
        if entry.label is None:
            return entry.heading < level
        return entry.label.style in DIVISIONS and level > 1

    def _open(self, entry: Entry) -> None:
        (self.stack[-1] if self.stack else self.root).children.append(entry)
        self.stack.append(entry)

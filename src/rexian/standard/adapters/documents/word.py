"""Read a Word document: its paragraphs with the numbers that Word counts, and its tables."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from rexian.kernel.archives import BloatedArchive, DamagedArchive, look_over
from rexian.kernel.language import mark
from rexian.standard.adapters.documents.errors import DAMAGED, LOCKED, UnreadableDocument
from rexian.standard.adapters.documents.plain_text import clean
from rexian.standard.adapters.documents.word_numbers import Numbering, read_numbering
from rexian.standard.adapters.documents.xml_trees import parse
from rexian.standard.domain.drafting.blocks import Block, Document, Piece, Spot, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = W[1:-1].encode()
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LARGEST_UNPACKED = 64 << 20
DOCUMENT, STYLES, NUMBERS = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_HEADING = re.compile(r"^(?:heading|标题|標題)\s*(\d)$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|目录|目錄)\s*\d*", re.IGNORECASE)
_GONE = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText", _CHOICE}
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}


def read_word(file: str, content: bytes) -> Document:
    """Return the paragraphs and tables of a docx; raise ``UnreadableDocument`` with the reason."""
    parts = _parts(file, content)
    try:
        body = parse(parts[DOCUMENT]).find(f"{W}body")
        styles = _styles(parse(parts[STYLES])) if STYLES in parts else {}
        numbering = read_numbering(parse(parts[NUMBERS])) if NUMBERS in parts else Numbering()
        pieces = tuple(_Reader(styles, numbering).pieces(body)) if body is not None else ()
    except ValueError as error:  # no sound XML, or a number in it is none
        raise _damaged(file) from error
    if body is None:
        raise _damaged(file)
    if not pieces:
        raise UnreadableDocument(mark("{file} holds no text."), file=file)
    return Document(file, pieces)


def _parts(file: str, content: bytes) -> dict[str, bytes]:
    try:
        look_over(content, largest=LARGEST_UNPACKED)
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if DOCUMENT not in names:
                raise UnreadableDocument(
                    mark("{file} is an archive, and no Word document."), file=file
                )
            if any(archive.getinfo(one).flag_bits & 1 for one in names):
                raise UnreadableDocument(LOCKED, file=file)
            wanted = names & {DOCUMENT, STYLES, NUMBERS}
            return {one: archive.read(one).replace(_STRICT, _USUAL) for one in wanted}
    except BloatedArchive as error:
        raise UnreadableDocument(
            mark("{file} would take too much memory when it is unpacked."), file=file
        ) from error
    except (
        DamagedArchive,
        BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
    ) as error:
        raise _damaged(file) from error


def _damaged(file: str) -> UnreadableDocument:
    return UnreadableDocument(DAMAGED, file=file)


@dataclass(frozen=True, slots=True)
class _Style:
    heading: int = 0
    is_contents: bool = False
    numbered: tuple[str, int] | None = None
    based_on: str = ""


def _styles(root: Element) -> dict[str, _Style]:
    found = {}
    for style in root.iter(f"{W}style"):
        name = _value(style.find(f"{W}name"))
        heading = _HEADING.match(name)
        properties = style.find(f"{W}pPr")
        level = _level(properties)
        found[style.get(f"{W}styleId", "")] = _Style(
            int(heading[1]) if heading else level,
            bool(_CONTENTS.match(name)),
            _number_of(properties),
            _value(style.find(f"{W}basedOn")),
        )
    return found


def _level(properties: Element | None) -> int:
    """Return the level of a heading by its outline, 0 for body text."""
    outline = properties.find(f"{W}outlineLvl") if properties is not None else None
    level = _value(outline)
    return int(level) + 1 if level.isdecimal() and int(level) < 9 else 0


def _number_of(properties: Element | None) -> tuple[str, int] | None:
    """Return the list and the level by which Word numbers a paragraph, if it does."""
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return None
    level = _value(numbered.find(f"{W}ilvl"))
    return _value(numbered.find(f"{W}numId")), int(level) if level.isdecimal() else 0


def _value(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


@dataclass(slots=True)
class _Reader:
    """Reads the body: paragraphs are counted as they come, those in tables by their cell."""

    styles: dict[str, _Style]
    numbering: Numbering
    paragraphs: int = 0
    tables: int = 0
    seen: set[int] = field(default_factory=set)

    def pieces(self, body: Element) -> Iterator[Piece]:
        """Yield what a body, or a part of it, holds."""
        for child in body:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self._table(child)
            elif child.tag in (
                f"{W}sdt",
                f"{W}sdtContent",
                f"{W}customXml",
                f"{W}ins",
                f"{W}moveTo",
            ):
                yield from self.pieces(child)

    def _paragraph(self, element: Element) -> Iterator[Piece]:
        self.paragraphs += 1
        spot = Spot(paragraph=self.paragraphs)
        properties = element.find(f"{W}pPr")
        style = self._style(properties)
        if style.is_contents:
            return
        text = _text(element)
        if text.strip():
            numbered = _number_of(properties) or style.numbered
            label = self.numbering.next(*numbered) if numbered else ""
            heading = _level(properties) or style.heading
            lines = [clean(one) for one in text.split("\n") if one.strip()]
            yield Block(lines[0], spot, label, heading)
            yield from (Block(one, spot) for one in lines[1:])
        for box in element.iter(f"{W}txbxContent"):
            if not _is_fallback(element, box):
                yield from self.pieces(box)

    def _style(self, properties: Element | None) -> _Style:
        name = _value(properties.find(f"{W}pStyle")) if properties is not None else ""
        style = self.styles.get(name, _Style())
        base, seen = style, {name}
        while (not base.heading or not base.numbered) and base.based_on not in seen:
            seen.add(base.based_on)
            base = self.styles.get(base.based_on, _Style())
            style = _Style(
                style.heading or base.heading,
                style.is_contents or base.is_contents,
                style.numbered or base.numbered,
            )
        return style

    def _table(self, element: Element) -> Table:
        self.tables += 1
        rows: list[tuple[Block, ...]] = []
        for number, row in enumerate(element.iter(f"{W}tr"), 1):
            cells: list[Block] = []
            for cell in row.findall(f"{W}tc"):
                spot = Spot(table=self.tables, row=number, column=len(cells) + 1)
                text = "\n".join(filter(None, (_cell(one, self) for one in cell.iter(f"{W}p"))))
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is not None and _value(merged) != "restart" and rows:
                    above = rows[-1][len(cells)].text if len(cells) < len(rows[-1]) else ""
                    text = text or above
                cells.append(Block(text, spot))
            rows.append(tuple(cells))
        return Table(tuple(rows))


def _cell(paragraph: Element, reader: _Reader) -> str:
    """Return a paragraph of a cell, with the number that Word counts before it."""
    numbered = _number_of(paragraph.find(f"{W}pPr"))
    text = clean(_text(paragraph)).strip()
    label = reader.numbering.next(*numbered) if numbered and (text or numbered) else ""
    return f"{label}{text}" if text else label


def _text(element: Element) -> str:
    """Return the words of a paragraph, without what was struck out and without its text boxes."""
    parts: list[str] = []
    for child in element:
        if child.tag in _GONE or child.tag == f"{W}txbxContent":
            continue
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        else:
            parts.append(_text(child))
    return "".join(parts)


def _is_fallback(element: Element, box: Element) -> bool:
    """Say whether a text box is a second copy for old programs."""
    return any(box in list(one.iter()) for one in element.iter(_CHOICE))

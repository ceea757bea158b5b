"""Lines become paragraphs: what breaks at the edge of a page is joined, margins are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from unicodedata import east_asian_width

from rexian.kernel.text.folding import fold
from rexian.standard.domain.drafting.blocks import Block, Document, Piece, Table
from rexian.standard.domain.drafting.labels import read_label, without_bullet

ENDS = "。！？；：!?;:”」』"
LONGEST_PARAGRAPH = 4000
"""What is longer has lost its breaks, and is read in pieces of this length."""

MARGIN_LINES = 2
OFTEN = 2
_PAGE_NUMBER = re.compile(r"[\s\-—–·第共页/of\d|]*\d[\s\-—–·第共页/of\d|]*", re.IGNORECASE)
_CHINESE = "[一二三四五六七八九十百]{1,4}"
_NUMBERED_WITHIN = re.compile(
    rf"(?<=[。；;：:.])\s*(?=[（(](?:{_CHINESE}|\d{{1,2}})[)）])|(?<=[。；;：:])\s*(?=[①-⑳])|"
    rf"(?<=[。.；;])\s*(?={_CHINESE}、)|(?<=[。.])\s*(?=第{_CHINESE}[章节条](?![的规所至和及或]))|"
    r"\s+(?=[●•◆■▲★※○◇▪➢]\s?\S)"
)
_CHAPTER = re.compile(rf"^\s*第{_CHINESE}章[^。，,；;]{{1,20}}?(?=第{_CHINESE}条)")
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|_{4,}|\t)\s*\d{1,4}\s*$")


def paragraphs(document: Document) -> Document:
    """Return the document in whole paragraphs, without margins and without its list of contents."""
    kept, left_out = _without_margins(document)
    pieces = [one for one in kept if not _is_contents(one)]
    if document.is_wrapped or _is_hard_wrapped(pieces):
        pieces = list(_joined(pieces))
    pieces = [part for one in pieces for part in _parted(one)]
    return replace(document, pieces=tuple(pieces), is_wrapped=False, left_out=tuple(left_out))


def width(text: str) -> int:
    """Return how many columns a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)


def _without_margins(document: Document) -> tuple[list[Piece], list[str]]:
    """Leave out page numbers, and lines that stand at the edge of most pages."""
    if document.pages < 1:
        return list(document.pieces), []
    blocks = [one for one in document.pieces if isinstance(one, Block)]
    edges: set[int] = set()
    for _, lines in groupby(blocks, key=lambda one: one.spot.page):
        page = list(lines)
        edges.update(map(id, (*page[:MARGIN_LINES], *page[-MARGIN_LINES:])))
    counts = Counter(_shape(one.text) for one in blocks if id(one) in edges)
    least = max(OFTEN, (document.pages + 1) // 2)
    kept: list[Piece] = []
    left_out: dict[str, None] = {}
    for one in document.pieces:
        if isinstance(one, Block) and id(one) in edges:
            if _PAGE_NUMBER.fullmatch(one.text.strip()):
                continue
            if counts[_shape(one.text)] >= least:
                left_out[one.text.strip()] = None
                continue
        kept.append(one)
    return kept, list(left_out)


def _shape(text: str) -> str:
    return re.sub(r"[\d\s]+", "", text)


def _is_contents(piece: Piece) -> bool:
    """Say whether this is a line of a list of contents: a title, dots and a page."""
    if isinstance(piece, Table):
        return False
    text = piece.text.strip()
    return bool(_LEADER.search(piece.text.rstrip())) or re.sub(r"\s", "", text) in ("目录", "目次")


def _parted(piece: Piece) -> Iterator[Piece]:
    """Yield a paragraph in the parts that are numbered within it, or marked by signs of a list."""
    if isinstance(piece, Table):
        yield piece
        return
    text = _CHAPTER.sub(r"\g<0>\n", piece.text)
    parts = [
        one for line in text.split("\n") for one in _NUMBERED_WITHIN.split(line) if one.strip()
    ]
    for place, part in enumerate(parts):
        for start in range(0, len(part), LONGEST_PARAGRAPH):
            cut = part[start : start + LONGEST_PARAGRAPH]
            yield replace(piece, text=cut) if not place + start else Block(cut, piece.spot)


def _is_hard_wrapped(pieces: Iterable[Piece]) -> bool:
    """Say whether lines of a text were broken by the width of a page: many are as long."""
    texts = [one.text.rstrip() for one in pieces if isinstance(one, Block) and one.text.strip()]
    if len(texts) < 8:
        return False
    longest = sorted(map(width, texts))[int(len(texts) * 0.9)]
    full = [one for one in texts if width(one) >= longest - 4 and width(one) <= longest + 4]
    open_ended = [one for one in full if one[-1] not in ENDS]
    return 40 <= longest <= 120 and len(open_ended) >= len(texts) * 0.25


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield paragraphs; the widest lines tell how wide a full line is."""
    pieces = list(pieces)
    widths = sorted(width(one.text.rstrip()) for one in pieces if isinstance(one, Block))
    full = widths[int(len(widths) * 0.9)] if widths else 0
    pending: list[Block] = []
    for piece in pieces:
        is_next = (
            isinstance(piece, Block) and bool(pending) and _continues(pending[-1], piece, full)
        )
        if pending and not is_next:
            yield _merged(pending)
            pending = []
        if isinstance(piece, Table):
            yield piece
        elif piece.text.strip():
            pending.append(piece)
    if pending:
        yield _merged(pending)


def _continues(before: Block, line: Block, full: int) -> bool:
    """Say whether a line goes on with the sentence of the line before it."""
    text = before.text.rstrip()
    if not text or not line.text.strip():
        return False
    indented = line.text.startswith(("　　", "    ")) and not before.text.startswith(
        ("　　", "    ")
    )
    if indented or read_label(fold(line.text)) or without_bullet(line.text)[1]:
        return False
    is_full = width(text) >= full * 0.8
    if text[-1] in ENDS:
        return is_full and not line.text.startswith(("　　", "    ")) and text[-1] not in "：:"
    return is_full


def _merged(lines: list[Block]) -> Block:
    text = lines[0].text.strip()
    for one in lines[1:]:
        more = one.text.strip()
        spaced = text[-1:].isascii() and more[:1].isascii() and text[-1:].isalnum()
        text += (" " if spaced and more[:1].isalnum() else "") + more
    return replace(lines[0], text=text)

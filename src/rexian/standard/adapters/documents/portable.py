"""Read a PDF: the lines of its pages. What was scanned has no text and is refused, plainly."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from rexian.kernel.language import mark
from rexian.standard.adapters.documents.errors import (
    DAMAGED,
    LOCKED,
    TOO_MANY_PAGES,
    UnreadableDocument,
)
from rexian.standard.adapters.documents.plain_text import clean
from rexian.standard.domain.drafting.blocks import Block, Document, Spot

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 1000
_NUMBER = re.compile(r"\s*\d[\d.．]*\s+")
_LOOSE = re.compile(r"(?<=[^\x00-\x7f])(?<!\s) (?=\S)|(?<=[\x21-\x7e]) (?=[^\x00-\x7f])(?!\s)")
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the reader stumbles with over a file that is no sound PDF."""

FEWEST_CHARACTERS = 10
"""Fewer on a page, on the average: a scan with a stamp, no text."""


def read_pdf(file: str, content: bytes) -> Document:
    """Return the lines of a PDF; raise ``UnreadableDocument`` with the reason."""
    pages = _pages(file, content)
    blocks = tuple(
        Block(_closed_up(clean(line)), Spot(page=number, line=place))
        for number, page in enumerate(pages, 1)
        for place, line in enumerate(_lines(page), 1)
    )
    if sum(len(one.text.strip()) for one in blocks) < FEWEST_CHARACTERS * min(len(pages), 5):
        raise UnreadableDocument(
            mark("{file} holds pictures of pages and no text: recognise the text first (OCR)."),
            file=file,
        )
    return Document(file, blocks, is_wrapped=True, pages=len(pages))


def _pages(file: str, content: bytes) -> list[str]:
    from pypdf import PdfReader  # noqa: PLC0415 - read where it is needed: it is large
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        with _quiet():
            reader = PdfReader(BytesIO(content))
            if reason := _refusal(reader):
                pages = []
            else:
                pages = [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, *_BROKEN) as error:
        raise UnreadableDocument(DAMAGED, file=file) from error
    if reason:
        raise UnreadableDocument(reason, file=file, count=MOST_PAGES)
    return pages


def _refusal(reader: PdfReader) -> str:
    """Return why a PDF is not read though it is sound, or nothing."""
    if reader.is_encrypted and not reader.decrypt(""):
        return LOCKED
    return TOO_MANY_PAGES if len(reader.pages) > MOST_PAGES else ""


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the reader from writing of every small fault of a file into the log."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _closed_up(line: str) -> str:
    """Return a line without the single spaces that a PDF has between Chinese and other letters."""
    number = _NUMBER.match(line)
    first = number.end() if number else 0
    return line[:first] + _LOOSE.sub("", line[first:])


def _lines(page: str) -> list[str]:
    return [one.rstrip() for one in page.split("\n") if one.strip()]

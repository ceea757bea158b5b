"""Read a file by what is in it, whatever its name ends in; refuse what is no document."""

from __future__ import annotations

from pathlib import PurePath

from rexian.kernel.language import mark
from rexian.standard.adapters.documents.errors import DAMAGED, UnreadableDocument
from rexian.standard.adapters.documents.plain_text import read_text
from rexian.standard.adapters.documents.portable import read_pdf
from rexian.standard.adapters.documents.word import read_word
from rexian.standard.domain.drafting.blocks import Document, Piece, Table

MEGABYTE = 1 << 20
LARGEST = 20 * MEGABYTE
MOST_CHARACTERS = 1_000_000
_ZIP, _PDF, _OLD_WORD = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_HEAD = 1024


def read_document(name: str, content: bytes) -> Document:
    """Return what a txt, docx or pdf file says; raise ``UnreadableDocument`` with the reason."""
    file = PurePath(name.replace("\\", "/")).name or name
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableDocument(mark("{file} is empty."), file=file)
    if len(content) > LARGEST:
        raise UnreadableDocument(
            mark("{file} is larger than {megabytes} MB."), file=file, megabytes=LARGEST // MEGABYTE
        )
    found = _read(file, content)
    if sum(map(_length, found.pieces)) > MOST_CHARACTERS:
        raise UnreadableDocument(
            mark("{file} has more than {count} characters: that is no standard."),
            file=file,
            count=MOST_CHARACTERS,
        )
    return found


def _read(file: str, content: bytes) -> Document:
    if _PDF in content[:_HEAD]:
        return read_pdf(file, content)
    if content.startswith(_ZIP):
        return read_word(file, content)
    _refuse_other(file, content)
    return read_text(file, content)


def _length(piece: Piece) -> int:
    if isinstance(piece, Table):
        return sum(len(cell.text) for row in piece.rows for cell in row)
    return len(piece.text)


def _refuse_other(file: str, content: bytes) -> None:
    if content.startswith(_OLD_WORD):
        raise UnreadableDocument(
            mark("{file} is in the old Word format: save it as docx or pdf."), file=file
        )
    if content.startswith(_PICTURES) and b"\0" in content[:_HEAD]:
        raise UnreadableDocument(
            mark("{file} is a picture: its text has to be recognised first."), file=file
        )
    if content.startswith(b"{\\rtf"):
        raise UnreadableDocument(mark("{file} is RTF: save it as docx or pdf."), file=file)
    if file.lower().endswith((".docx", ".pdf")):
        raise UnreadableDocument(DAMAGED, file=file)

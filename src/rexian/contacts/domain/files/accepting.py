"""What is accepted: photographs and pictures that every browser shows, and PDF.

A file is what its content says, whatever its name or its sender say. Pictures are written anew from
the parts that make up the picture: what else was in the file (where a photograph was taken, by
which telephone, a page hidden behind the picture) does not come with it. Nothing is decoded here,
so that there is no decoder to attack; how large a picture becomes is read from its head.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rexian.contacts.domain.files import gif, jpeg, png, webp
from rexian.contacts.domain.files.parts import BrokenFile, Picture
from rexian.contacts.domain.words import one_line
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

MOST_PIXELS = 64_000_000
"""More than telephones take; a picture that says it has more was made to fill somebody's memory."""

_PDF, _PDF_ENDS = b"%PDF-", b"%%EOF"


class BadFile(Invalid):
    """A file that is none of those accepted, is not whole, or was made to harm (422)."""

    code = "file-not-accepted"


class FileTooLarge(Invalid):
    """A file of more bytes than the operator allows (413)."""

    code = "file-too-large"
    status = 413


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that is accepted, as it is kept; ``width`` and ``height`` where it is a picture."""

    media_type: str
    ending: str
    content: bytes
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class _Kind:
    begins: bytes
    media_type: str
    ending: str
    bare: Callable[[bytes], Picture]


_PICTURES = (
    _Kind(jpeg.SIGNATURE, "image/jpeg", "jpg", jpeg.bare),
    _Kind(png.SIGNATURE, "image/png", "png", png.bare),
    _Kind(b"GIF87a", "image/gif", "gif", gif.bare),
    _Kind(b"GIF89a", "image/gif", "gif", gif.bare),
    _Kind(b"RIFF", "image/webp", "webp", webp.bare),
)


def examine(content: bytes, *, most: int) -> Examined:
    """Return a file as it is kept; raise ``FileTooLarge`` or ``BadFile``."""
    if len(content) > most:
        raise FileTooLarge(
            mark("A file has at most {megabytes} MB."),
            megabytes=round(most / 1024 / 1024, 1),
            field="file",
        )
    if content.startswith(_PDF):
        if _PDF_ENDS not in content[-2048:]:
            raise _not_whole()
        return Examined("application/pdf", "pdf", content)
    kind = next((one for one in _PICTURES if content.startswith(one.begins)), None)
    if kind is None:
        raise BadFile(
            mark("Send a picture (JPEG, PNG, GIF, WebP) or a PDF; this is neither."), field="file"
        )
    return _pictured(kind, content)


def file_name(name: str, ending: str) -> str:
    """Return what a file is called: the last part of its name, ending as its content does."""
    last = one_line(name[-400:].replace("\\", "/").rpartition("/")[2], most=120)
    stem = last.rpartition(".")[0] if "." in last else last
    return f"{stem.strip('. ')[:110] or 'file'}.{ending}"


def _pictured(kind: _Kind, content: bytes) -> Examined:
    try:
        found = kind.bare(content)
    except (BrokenFile, IndexError):
        raise _not_whole() from None
    if not 0 < found.width * found.height * found.frames <= MOST_PIXELS * found.patience:
        raise BadFile(
            mark("This picture becomes too large when it is shown: {width} × {height}."),
            width=found.width,
            height=found.height,
            field="file",
        )
    return Examined(kind.media_type, kind.ending, found.content, found.width, found.height)


def _not_whole() -> BadFile:
    return BadFile(mark("This file is not whole. Please send it again."), field="file")

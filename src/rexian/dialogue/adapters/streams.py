"""Bytes as lines of text: chunk by chunk, of bounded length, in whichever encoding they are."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from typing import BinaryIO

from rexian.dialogue.domain.unreadable import Reason, Unreadable

MEGABYTE = 1 << 20
CHUNK = MEGABYTE // 4
LONGEST_LINE = 32 * MEGABYTE


class Broken(Exception):
    """The source cannot be read beyond here; it holds what to report."""

    def __init__(self, source: str, line: int, reason: Reason, **values: str | int) -> None:
        super().__init__(reason)
        self.unreadable = Unreadable(source, line, reason, values)


class TextSource:
    """One file or stream, read once from its beginning.

    ``head`` is its first piece, to guess by; ``encoding`` is ``None`` as long as all is ASCII.
    """

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        self._stream = stream
        head = stream.read(CHUNK)
        self._wide = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        self._rest = self._recoded(head) if self._wide else self._chunks(head)
        self.head = next(self._rest, b"")
        self.encoding = "utf-8" if self._wide else recognise(self.head)

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield each line with its number, without its end; ``None`` is one that is too long."""
        carried: list[bytes] = []
        size = number = 0
        for chunk in self._all():
            first, *others = chunk.split(b"\n")
            carried.append(first)
            size += len(first)
            for following in others:
                number += 1
                yield number, b"".join(carried).rstrip(b"\r") if size <= LONGEST_LINE else None
                carried, size = [following], len(following)
            if size > LONGEST_LINE:
                carried = []
        if size:
            yield number + 1, b"".join(carried).rstrip(b"\r") if size <= LONGEST_LINE else None

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield each line as text with its number; raises ``Broken`` at one that is none."""
        for number, line in self.lines():
            if line is None:
                limit = LONGEST_LINE // MEGABYTE
                raise Broken(self.name, number, Reason.TOO_LONG, megabytes=limit)
            if b"\0" in line:
                raise Broken(self.name, number, Reason.NOT_TEXT)
            try:
                yield number, line.decode(self.encoding_of(line))
            except UnicodeDecodeError:
                raise Broken(self.name, number, Reason.UNDECODABLE) from None

    def encoding_of(self, line: bytes) -> str:
        """Return the encoding of the source; the first line beyond ASCII decides it."""
        if self.encoding is None and not line.isascii():
            self.encoding = recognise(line)
        return self.encoding or "utf-8"

    def content(self, most: int) -> bytes:
        """Return all of it; raises ``Broken`` if it is larger than ``most``."""
        pieces, size = [], 0
        for chunk in self._all():
            pieces.append(chunk)
            size += len(chunk)
            if size > most:
                raise Broken(self.name, 0, Reason.TOO_LARGE, megabytes=most // MEGABYTE)
        return b"".join(pieces)

    def whole(self, most: int) -> str:
        """Return all of it as text; raises ``Broken`` if it is none or larger than ``most``."""
        content = self.content(most)
        try:
            return content.decode(self.encoding_of(content))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise Broken(self.name, line, Reason.UNDECODABLE) from None

    def _all(self) -> Iterator[bytes]:
        yield self.head
        yield from self._rest

    def _chunks(self, head: bytes) -> Iterator[bytes]:
        chunk = head.removeprefix(BOM_UTF8)
        while chunk:
            yield chunk
            chunk = self._stream.read(CHUNK)

    def _recoded(self, head: bytes) -> Iterator[bytes]:
        """Yield UTF-16 as UTF-8, so that its lines can be told apart like all others."""
        decoder = getincrementaldecoder("utf-16")()
        chunk = head
        try:
            while chunk:
                yield decoder.decode(chunk).encode()
                chunk = self._stream.read(CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeError:
            raise Broken(self.name, 0, Reason.UNDECODABLE) from None


def recognise(sample: bytes) -> str | None:
    """Return the encoding that most lines of ``sample`` are in, ``None`` if all of it is ASCII.

    Whole lines vote, so that one damaged line does not turn a file in UTF-8 into GB18030.
    """
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    if not lines:
        return None
    in_utf8 = sum(map(_is_utf8, lines))
    return "utf-8" if 2 * in_utf8 >= len(lines) else "gb18030"


def _is_utf8(line: bytes) -> bool:
    """Tell whether ``line`` is UTF-8, though its last character may have been cut."""
    try:
        getincrementaldecoder("utf-8")().decode(line)
    except UnicodeDecodeError:
        return False
    return True

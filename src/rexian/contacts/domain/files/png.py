"""PNG: chunks, each with its checksum."""

from __future__ import annotations

from zlib import crc32

from rexian.contacts.domain.files.parts import BrokenFile, Picture, cut

SIGNATURE = b"\x89PNG\r\n\x1a\n"

# Size, colours, transparency: no texts, no times, no places, no profiles that swell.
_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"bKGD", b"pHYs"}
)


def bare(content: bytes) -> Picture:
    """Return the picture with the chunks that show it; raise ``BrokenFile``."""
    kept, place, width, height = [SIGNATURE], len(SIGNATURE), 0, 0
    while True:
        length = int.from_bytes(cut(content, place, 4))
        whole = cut(content, place, 12 + length)
        kind, data = whole[4:8], whole[8:-4]
        if crc32(whole[4:-4]) != int.from_bytes(whole[-4:]):
            raise BrokenFile
        if (kind == b"IHDR") != (place == len(SIGNATURE)):
            raise BrokenFile
        if kind == b"IHDR":
            width, height = int.from_bytes(data[:4]), int.from_bytes(data[4:8])
        if kind in _KEPT:
            kept.append(whole)
        place += len(whole)
        if kind == b"IEND":
            return Picture(b"".join(kept), width, height)

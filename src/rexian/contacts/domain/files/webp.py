"""WebP: a RIFF of chunks, of which those with notes are left out."""

from __future__ import annotations

from rexian.contacts.domain.files.parts import BrokenFile, Picture, cut

_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_NOTES = 0x08 | 0x04
"""The flags of the extended head that announce Exif and XMP."""


def bare(content: bytes) -> Picture:
    """Return the picture without its notes; raise ``BrokenFile``."""
    if cut(content, 8, 4) != b"WEBP":
        raise BrokenFile
    ends = 8 + int.from_bytes(content[4:8], "little")
    kept: list[bytes] = []
    sizes: list[tuple[int, int]] = []
    place, frames = 12, 0
    while place < ends:
        kind, length = cut(content, place, 4), int.from_bytes(cut(content, place + 4, 4), "little")
        data = cut(content, place + 8, length)
        if kind in {b"VP8 ", b"VP8L", b"VP8X"}:
            sizes.append(_size(kind, data))
        frames += kind == b"ANMF"
        if kind == b"VP8X":
            data = bytes((data[0] & ~_NOTES,)) + data[1:]
        if kind in _KEPT:
            kept.append(kind + length.to_bytes(4, "little") + data + bytes(length % 2))
        place += 8 + length + length % 2
    if not sizes:
        raise BrokenFile
    body = b"WEBP" + b"".join(kept)
    whole = b"RIFF" + len(body).to_bytes(4, "little") + body
    width, height = max(one for one, _ in sizes), max(one for _, one in sizes)
    return Picture(whole, width, height, max(1, frames))


def _size(kind: bytes, data: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        return _little(cut(data, 4, 3)) + 1, _little(cut(data, 7, 3)) + 1
    if kind == b"VP8L":
        bits = _little(cut(data, 1, 4))
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if cut(data, 3, 3) != b"\x9d\x01\x2a":
        raise BrokenFile
    return _little(cut(data, 6, 2)) & 0x3FFF, _little(cut(data, 8, 2)) & 0x3FFF


def _little(piece: bytes) -> int:
    return int.from_bytes(piece, "little")

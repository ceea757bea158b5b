"""JPEG: segments, and between them what the picture is made of."""

from __future__ import annotations

import re

from rexian.contacts.domain.files.parts import BrokenFile, Picture, cut

SIGNATURE = b"\xff\xd8\xff"

_BEGIN, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD, _SCAN})
_JFIF, _EXIF, _PROFILE, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_NEXT = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)
_ORIENTATION = 0x0112
_UPRIGHT = 1


def bare(content: bytes) -> Picture:
    """Return the picture without where and by what it was taken; raise ``BrokenFile``.

    Of all that a camera notes, only which way is up is kept: without it, faces lie on their side.
    """
    kept, place, size, upright = [b"\xff\xd8"], 2, (0, 0), _UPRIGHT
    while True:
        marker, place = _marker(content, place)
        if marker == _END:
            break
        length = int.from_bytes(cut(content, place, 2))
        data = cut(content, place + 2, length - 2)
        place += length
        if marker in _FRAMES:
            size = int.from_bytes(data[3:5]), int.from_bytes(data[1:3])
        if marker == _EXIF and data.startswith(b"Exif\x00\x00"):
            upright = _orientation(data[6:]) or upright
        if _is_kept(marker, data):
            kept.append(bytes((0xFF, marker)) + content[place - length : place])
        if marker == _SCAN:
            ends = _NEXT.search(content, place)
            if ends is None:
                raise BrokenFile
            kept.append(content[place : ends.start()])
            place = ends.start()
    if upright != _UPRIGHT:
        kept.insert(1, _exif_of(upright))
    return Picture(b"".join([*kept, b"\xff\xd9"]), *size)


def _marker(content: bytes, place: int) -> tuple[int, int]:
    """Return the marker that stands at a place, and where what follows it begins."""
    if cut(content, place, 1) != b"\xff":
        raise BrokenFile
    while content[place] == 0xFF:
        place += 1
    return content[place], place + 1


def _is_kept(marker: int, data: bytes) -> bool:
    if marker in {_JFIF, _ADOBE}:
        return data.startswith((b"JFIF\x00", b"Adobe"))
    if marker == _PROFILE:
        return data.startswith(b"ICC_PROFILE\x00")
    return marker in _FRAMES or marker in _TABLES


def _orientation(tiff: bytes) -> int:
    """Return which way is up, 1 to 8; 0 where it is not said, or not to be read."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return 0

    def number(begin: int, length: int) -> int:
        return int.from_bytes(tiff[begin : begin + length], order)  # type: ignore[arg-type]

    first = number(4, 4)
    for entry in range(min(number(first, 2), 200)):
        begin = first + 2 + 12 * entry
        if number(begin, 2) == _ORIENTATION:
            found = number(begin + 8, 2)
            return found if found in range(1, 9) else 0
    return 0


def _exif_of(upright: int) -> bytes:
    """Return a segment of Exif that says which way is up, and nothing else."""
    entry = _ORIENTATION.to_bytes(2) + b"\x00\x03\x00\x00\x00\x01" + upright.to_bytes(2) + bytes(2)
    tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + entry + bytes(4)
    data = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + (len(data) + 2).to_bytes(2) + data

"""GIF: a screen, and blocks that draw on it."""

from __future__ import annotations

from rexian.contacts.domain.files.parts import BrokenFile, Picture, cut

_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def bare(content: bytes) -> Picture:
    """Return the frames and how they follow each other, without notes; raise ``BrokenFile``."""
    place = 13 + _table(cut(content, 10, 1)[0])
    kept = [cut(content, 0, place)]
    width, height = int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    frames = 0
    while (kind := cut(content, place, 1)[0]) != _END:
        if kind == _EXTENSION:
            ends = _after_blocks(content, place + 2)
            label = content[place + 1]
            if label == _CONTROL or (
                label == _APPLICATION and content[place + 2 :].startswith(_LOOPS)
            ):
                kept.append(content[place:ends])
        elif kind == _IMAGE:
            frames += 1
            head = cut(content, place + 1, 9)
            ends = _after_blocks(content, place + 10 + _table(head[8]) + 1)
            kept.append(content[place:ends])
        else:
            raise BrokenFile
        place = ends
    if not frames:
        raise BrokenFile
    return Picture(b"".join([*kept, b"\x3b"]), width, height, frames)


def _table(flags: int) -> int:
    """Return how many bytes a table of colours takes, 0 without one."""
    return 3 * 2 ** ((flags & 0x07) + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, place: int) -> int:
    """Return where a row of blocks ends, of which each says how long it is."""
    while length := cut(content, place, 1)[0]:
        place += 1 + length
    return place + 1

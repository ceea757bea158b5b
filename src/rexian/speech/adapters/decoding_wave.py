"""What the header of a WAV file says, compared with the file that it stands in.

FFmpeg reads on in silence where a header promises more or less than there is, so it is read here
too (RIFF, and RF64 of EBU Tech 3306).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from rexian.speech.domain.unreadable_sound import Fault, UnreadableSound

_PCM, _FLOAT, _A_LAW, _U_LAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
_PLAIN = frozenset({_PCM, _FLOAT, _A_LAW, _U_LAW})
_UNKNOWN_FROM = 0x7FFF_0000  # what writes to a pipe promises as much as the field holds
_ELSEWHERE = 0xFFFF_FFFF
_MOST_CHUNKS = 1000
_BESIDES = frozenset((b"LIST", b"id3 ", b"ID3 ", b"bext", b"cue ", b"fact", b"smpl", b"iXML"))


@dataclass(frozen=True, slots=True)
class Wave:
    """The sound of a WAV file in bytes: ``stated`` by its header, ``held`` by the file.

    ``stated`` is ``None`` where the writer did not know; ``bytes_a_second`` as the header has it.
    ``goes_on`` tells that sound follows where the header says that it has ended.
    """

    stated: int | None
    held: int
    bytes_a_second: int
    goes_on: bool

    @property
    def promised(self) -> float | None:
        """Return how many seconds the header promises."""
        if self.stated is None or not self.bytes_a_second:
            return None
        return self.stated / self.bytes_a_second

    @property
    def is_cut(self) -> bool:
        """Tell whether the file ends before its header says; one byte of padding is none."""
        return self.stated is not None and self.held + 1 < self.stated


def wave_of(stream: BinaryIO) -> Wave:
    """Read the header of a WAV file; raises ``UnreadableSound`` where it makes no sense."""
    size = stream.seek(0, SEEK_END)
    large: int | None = None
    bytes_a_second: int | None = None
    for name, begins, length in _chunks(stream, 12, size):
        if name == b"ds64":
            large = _large(stream, begins)
        elif name == b"fmt ":
            bytes_a_second = _bytes_a_second(_read(stream, begins, min(length, 40)))
        elif name == b"data":
            if bytes_a_second is None:
                raise UnreadableSound(Fault.NO_CODING)
            stated = large if large is not None and length == _ELSEWHERE else length
            return _wave(stream, begins, stated, size, bytes_a_second)
    raise UnreadableSound(Fault.CUT_HEADER if bytes_a_second is None else Fault.NO_SOUND)


def _wave(stream: BinaryIO, begins: int, length: int, size: int, bytes_a_second: int) -> Wave:
    held = size - begins
    if held <= 0:
        raise UnreadableSound(Fault.NO_SOUND)
    stated = None if length == 0 or (length >= _UNKNOWN_FROM and length > held) else length
    goes_on = stated is not None and stated < held and not _ends_well(stream, begins + stated, size)
    return Wave(stated, held, bytes_a_second, goes_on)


def _chunks(stream: BinaryIO, at: int, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, beginning and stated length of each chunk from ``at`` on."""
    for _ in range(_MOST_CHUNKS):
        header = _read(stream, at, 8)
        if len(header) < 8:
            return
        name, length = struct.unpack("<4sI", header)
        yield name, at + 8, length
        at += 8 + length + length % 2
        if at >= size:
            return


def _read(stream: BinaryIO, at: int, most: int) -> bytes:
    stream.seek(at)
    return stream.read(most)


def _large(stream: BinaryIO, begins: int) -> int | None:
    """Return the length of the sound that a file of more than 4 GB keeps in another place."""
    sizes = _read(stream, begins, 16)
    return struct.unpack("<QQ", sizes)[1] if len(sizes) == 16 else None


def _bytes_a_second(layout: bytes) -> int:
    if len(layout) < 16:
        raise UnreadableSound(Fault.CUT_HEADER)
    coding, channels, rate, stated, step, bits = struct.unpack("<HHIIHH", layout[:16])
    if coding == _EXTENSIBLE and len(layout) >= 26:
        coding = struct.unpack("<H", layout[24:26])[0]
    if not channels:
        raise UnreadableSound(Fault.NO_CHANNELS)
    if coding not in _PLAIN:
        return int(stated)
    width = (bits + 7) // 8
    if channels * width != step:
        raise UnreadableSound(Fault.CONTRADICTION, channels=channels, bits=bits, bytes=step)
    return int(step * rate)


def _ends_well(stream: BinaryIO, at: int, size: int) -> bool:
    """Tell whether all that follows the sound is chunks of other things, or padding."""
    rest = _read(stream, at, 1 << 16)
    if not rest.strip(b"\0"):
        return True
    return any(rest[pad : pad + 4] in _BESIDES or _fits(stream, at + pad, size) for pad in (0, 1))


def _fits(stream: BinaryIO, at: int, size: int) -> bool:
    end = at
    for name, begins, length in _chunks(stream, at, size):
        if not (name.isascii() and name.decode("ascii").isprintable()):
            return False
        end = begins + length
    return size - 8 <= end <= size + 1

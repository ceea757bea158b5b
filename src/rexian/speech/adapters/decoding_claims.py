"""What a file claims of its length, by which one sees whether its end is missing."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import TYPE_CHECKING, BinaryIO

from rexian.speech.adapters import decoding_signatures as signatures
from rexian.speech.adapters.decoding_wave import wave_of
from rexian.speech.domain.unreadable_sound import Fault, UnreadableSound

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_TAIL = 1 << 16
_LAST_PAGE = 4
_MOST_ATOMS = 10_000
_MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Claim:
    """What the bytes of a file say of its length before anything is decoded.

    ``promised`` is in seconds, ``None`` where only FFmpeg can tell or nothing is said, which
    ``is_said`` tells apart; ``is_cut`` and ``is_unfinished`` where the bytes show it;
    ``goes_on`` where sound follows the end.
    """

    promised: float | None = None
    is_said: bool = True
    is_cut: bool = False
    is_unfinished: bool = False
    goes_on: bool = False

    def promised_by(self, container: InputContainer, track: AudioStream) -> float | None:
        """Return the seconds promised, asking the opened container where it is the one to know."""
        if self.promised is not None or not self.is_said:
            return self.promised
        if track.duration and track.time_base is not None:
            return float(track.duration * track.time_base)
        return container.duration / _MICROSECONDS if container.duration else None


def claim_of(stream: BinaryIO, container: str, head: bytes) -> Claim:
    """Return what the file claims; raises ``UnreadableSound`` where its header is nonsense."""
    if container == signatures.WAV:
        wave = wave_of(stream)
        said = wave.promised is not None
        return Claim(wave.promised, said, wave.is_cut, goes_on=wave.goes_on)
    if container == signatures.OGG:
        return Claim(is_said=False, is_unfinished=not _has_last_page(stream))
    if container == signatures.MP3:
        return Claim(is_said=any(name in head for name in (b"Xing", b"Info", b"VBRI")))
    if container == signatures.MP4:
        _check_index(stream)
    return Claim()


def _has_last_page(stream: BinaryIO) -> bool:
    """Tell whether the last page of Ogg bears the mark of the end."""
    size = stream.seek(0, SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    at = tail.rfind(b"OggS")
    return at >= 0 and len(tail) > at + 5 and bool(tail[at + 5] & _LAST_PAGE)


def _check_index(stream: BinaryIO) -> None:
    """Raise where an MP4 file was closed before its index was written, or has lost it."""
    if not any(name == b"moov" for name in _atoms(stream)):
        raise UnreadableSound(Fault.NO_INDEX)


def _atoms(stream: BinaryIO) -> Iterator[bytes]:
    at = 0
    for _ in range(_MOST_ATOMS):
        stream.seek(at)
        header = stream.read(16)
        if len(header) < 8:
            return
        length, name = struct.unpack(">I4s", header[:8])
        if length == 1 and len(header) == 16:
            length = struct.unpack(">Q", header[8:])[0]
        yield name
        if length < 8:
            return
        at += length

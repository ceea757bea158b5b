"""What the readers of pictures share: a picture without what is no picture, and its size."""

from __future__ import annotations

from dataclasses import dataclass

_MOVING = 4


class BrokenFile(Exception):
    """What should be a picture is cut off, or put together in a way that nobody writes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written anew: ``content`` has what is needed to show it and nothing else."""

    content: bytes
    width: int
    height: int
    frames: int = 1

    @property
    def patience(self) -> int:
        """How many times the pixels of a still picture a moving one may have altogether."""
        return 1 if self.frames == 1 else _MOVING


def cut(content: bytes, begin: int, length: int) -> bytes:
    """Return so many bytes from a place on; raise ``BrokenFile`` where there are fewer."""
    piece = content[begin : begin + length]
    if length < 0 or len(piece) != length:
        raise BrokenFile
    return piece

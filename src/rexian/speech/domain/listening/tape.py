"""The latest part of something endless: values are added at its end and let go at its start."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


class Tape(Generic[Number]):
    """Values counted from the beginning of a recording, of which the latest are kept.

    ``start`` is the first value that is still there, ``end`` one more than the last.
    """

    def __init__(self, kind: type[Number]) -> None:
        """Begin with nothing; ``kind`` is the type of the values."""
        self._pieces: deque[NDArray[Number]] = deque()
        self._kind = kind
        self.start = 0
        self.end = 0

    def add(self, values: NDArray[Number]) -> None:
        """Append values."""
        self._pieces.append(values)
        self.end += len(values)

    def cut(self, start: int, end: int) -> NDArray[Number]:
        """Return the values from ``start`` to ``end``, as far as they are there."""
        parts = []
        at = self.start
        for piece in self._pieces:
            if at < end and at + len(piece) > start:
                parts.append(piece[max(0, start - at) : end - at])
            at += len(piece)
        return np.concatenate(parts) if parts else np.empty(0, self._kind)

    def forget(self, before: int) -> None:
        """Let go of the pieces that end before a value."""
        while self._pieces and self.start + len(self._pieces[0]) <= before:
            self.start += len(self._pieces.popleft())

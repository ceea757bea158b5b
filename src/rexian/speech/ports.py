"""What speech asks of the outside: somebody who reads sound, and somewhere to keep it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from rexian.speech.domain.heard import RATE, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

__all__ = ["RATE", "Recogniser", "Store"]


class Recogniser(Protocol):
    """An engine that reads Mandarin speech; whoever calls cuts the sound into passages."""

    @property
    def name(self) -> str:
        """The engine and its model, as they are written beside what they read."""

    @property
    def longest(self) -> float:
        """How many seconds it reads at once with the least waste."""

    def read(self, passage: Samples, *, hints: Sequence[str] = ()) -> Sequence[Word]:
        """Return the words of a passage (mono, ``RATE``), timed from its beginning.

        ``hints`` are names and terms that are likely in it. The words are as the engine writes
        them: folding, loops and the like are dealt with by the caller.
        """


class Store(Protocol):
    """Where recordings lie; it sees sealed bytes only. Names are chosen by the caller."""

    def put(self, name: str, pieces: Iterator[bytes]) -> int:
        """Keep something under a new name, all of it or nothing; return its size in bytes."""

    def open(self, name: str, *, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes from ``start`` on. Raises ``NotFound``."""

    def remove(self, name: str) -> bool:
        """Remove it for good; tell whether it was there."""

    def stored_before(self, before: datetime) -> Iterator[str]:
        """Yield the names of what was stored before an instant, or begun and never finished."""

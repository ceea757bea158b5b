"""A sealed recording as a file that one reads and seeks in; nothing of it is opened on a disk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from rexian.speech.domain.sealing import CHUNK, offset_of, unseal
from rexian.speech.ports import Store


class SealedSound:
    """A recording in a store, with the key that opens it; ``size`` is that of the plain sound."""

    def __init__(self, store: Store, name: str, data_key: bytes, *, size: int) -> None:
        self._store = store
        self._name = name
        self._key = data_key
        self.size = size

    def pieces(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield the plain bytes from ``start`` to before ``stop``; what is wrong is raised here."""
        end = self.size if stop is None else min(stop, self.size)
        if start >= end:
            return
        position = start - start % CHUNK
        for chunk in self.chunks(start // CHUNK):
            piece = chunk[max(0, start - position) : end - position]
            position += len(chunk)
            yield piece
            if position >= end:
                return

    def file(self) -> io.BufferedReader:
        """Return it as a file that is read and seeked in."""
        return io.BufferedReader(_Reading(self), buffer_size=CHUNK)

    def chunks(self, first: int) -> Iterator[bytes]:
        """Yield the plain chunks from the number ``first`` on."""
        return unseal(
            self._store.open(self._name, start=offset_of(first)),
            self._key,
            name=self._name,
            size=self.size,
            first=first,
        )


class _Reading(io.RawIOBase):
    """The raw side of a file: a place in it, and the chunk that was opened last.

    Read on in order, the chunks come from one opening of the store.
    """

    def __init__(self, sound: SealedSound) -> None:
        self._sound = sound
        self._at = 0
        self._chunk = (-1, b"")
        self._coming: Iterator[bytes] = iter(())

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._sound.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._sound.size:
            return 0
        number, within = divmod(self._at, CHUNK)
        piece = self._opened(number)[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _opened(self, number: int) -> bytes:
        last, chunk = self._chunk
        if number != last:
            if number != last + 1 or last < 0:
                self._coming = self._sound.chunks(number)
            chunk = next(self._coming)
            self._chunk = (number, chunk)
        return chunk

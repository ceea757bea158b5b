"""Recordings in the memory of one process: for trying things out, and for tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark


class MemoryStore:
    """Keeps sealed recordings until the process ends."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, datetime]] = {}

    def put(self, name: str, pieces: Iterator[bytes]) -> int:
        """Keep it when all of it is there."""
        content = b"".join(pieces)
        self._kept[name] = (content, datetime.now(UTC))
        return len(content)

    def open(self, name: str, *, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes from ``start`` on. Raises ``NotFound``."""
        if name not in self._kept:
            raise NotFound(mark("The store has no recording under {code}."), code=name)
        return iter([self._kept[name][0][start:]])

    def remove(self, name: str) -> bool:
        """Remove it for good; tell whether it was there."""
        return self._kept.pop(name, None) is not None

    def stored_before(self, before: datetime) -> Iterator[str]:
        """Yield the names of what was stored before."""
        yield from [name for name, (_, at) in self._kept.items() if at < before]

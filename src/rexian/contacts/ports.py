"""What contacts need of others: somebody who listens to the lines, somewhere to keep files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from rexian.contacts.domain.lines import Line


class Listener(Protocol):
    """Hears every line in the transaction that adds it; what it raises undoes the line."""

    def __call__(self, contact_id: int, lines: Sequence[Line], at: datetime) -> None:
        """Hear the lines that were added, in their order."""


class FileStore(Protocol):
    """Keeps the bytes of attachments: ``ab/`` and hexadecimal digits, a name for each."""

    def store(self, name: str, content: bytes) -> None:
        """Keep the bytes under a name; return only when they are safe."""

    def fetch(self, name: str) -> bytes:
        """Return the bytes of a name; raise ``FileNotFoundError``."""

    def remove(self, name: str) -> None:
        """Forget a name; one that is not there is no error."""

    def stored_before(self, before: datetime) -> Iterator[str]:
        """Yield the names of what was stored before, or begun and never finished."""

"""What conversations come in by: files as a face of the program has received them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Upload(Protocol):
    """A file that somebody sends in; whatever it is called, its name is only shown."""

    @property
    def name(self) -> str | None:
        """The name that it had where it came from."""

    def chunks(self) -> Iterator[bytes]:
        """Yield its content piece by piece."""

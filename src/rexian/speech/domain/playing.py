"""A recording, or a piece of it, as people play it: what of it is not to be heard."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

KIND = "audio/mpeg"


@dataclass(frozen=True, slots=True)
class Mask:
    """A span in seconds from the beginning of the recording that nobody is to hear.

    ``channel`` is where it is masked, ``None`` on all of them: what one says, the other line may
    carry as an echo.
    """

    start: float
    end: float
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class Playable:
    """The playable form of a recording, in memory; ``kind`` is its media type."""

    content: bytes
    kind: str = KIND

    @property
    def address(self) -> str:
        """Return it as an address that a page can hold within itself (``data:``)."""
        return f"data:{self.kind};base64,{b64encode(self.content).decode('ascii')}"

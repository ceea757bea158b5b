"""Read what the desk's script sends."""

from __future__ import annotations

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark


class NotUnderstood(Invalid):
    """What was sent is not what this address takes (422)."""

    code = "not-understood"


def whole_number(text: str) -> int:
    """Return a number that stands for a line, a version or an id; raise ``NotUnderstood``."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotUnderstood(mark("This request could not be understood."))
    return int(text)

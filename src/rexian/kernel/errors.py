"""The one tree of errors, each branch with the HTTP status that a web face gives it.

RexianError
├── Invalid    422   what came in cannot be read or makes no sense
├── NotFound   404   it does not exist, or this reader may not see it
├── Conflict   409   somebody else was first
└── Refused    403   understood, and not allowed

Every class has a stable kebab-case ``code`` and keeps what it speaks of in attributes, so that a
face can say it again in the reader's language.
"""

from __future__ import annotations

from typing import Any, ClassVar


class RexianError(Exception):
    """Say in one sentence what went wrong, and keep the particulars in ``details``."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Invalid(RexianError):
    """Input that cannot be read or makes no sense (422)."""

    code = "invalid"


class NotFound(RexianError):
    """Something that does not exist, or that this reader may not see (404)."""

    code = "not-found"


class Conflict(RexianError):
    """A lost race: what was to be changed has changed already (409)."""

    code = "conflict"


class Refused(RexianError):
    """A request that is understood and not allowed (403)."""

    code = "refused"

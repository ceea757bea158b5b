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

from rexian.kernel.language import Language, translate


class RexianError(Exception):
    """Say in one sentence what went wrong, and keep the particulars in ``details``.

    A message with braces is a template, filled with the details in whichever language is asked.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.template = message
        self.details = details
        self.message = self.sentence(Language.ENGLISH)

    def __str__(self) -> str:
        return self.message

    def sentence(self, language: str) -> str:
        """Return what went wrong in ``language``; what no catalogue has stays as it was raised."""
        try:
            return translate(self.template, language, **self.details)
        except (KeyError, IndexError, ValueError, AttributeError):
            return self.template  # braces that are no template: words quoted from outside


class Invalid(RexianError):
    """Input that cannot be read or makes no sense (422)."""

    code = "invalid"
    status = 422


class NotFound(RexianError):
    """Something that does not exist, or that this reader may not see (404)."""

    code = "not-found"
    status = 404


class Conflict(RexianError):
    """A lost race: what was to be changed has changed already (409)."""

    code = "conflict"
    status = 409


class Refused(RexianError):
    """A request that is understood and not allowed (403)."""

    code = "refused"
    status = 403

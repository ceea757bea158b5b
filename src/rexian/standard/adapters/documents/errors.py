"""Why a file cannot be read as a written standard, each in a sentence for whoever sent it."""

from __future__ import annotations

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

DAMAGED = mark("{file} is damaged: it is not what its name says.")
LOCKED = mark("{file} is protected by a password.")
TOO_MANY_PAGES = mark("{file} has more than {count} pages.")


class UnreadableDocument(Invalid):
    """A file that is no document, is damaged, locked, empty or too large (422)."""

    code = "standard-unreadable-document"

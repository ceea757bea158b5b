"""Phrases: a shortcut that can be typed behind a slash, and the words that it stands for."""

from __future__ import annotations

from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark

LONGEST_SHORTCUT = 20
LONGEST_TEXT = 1000
MOST = 300
"""How many phrases one person, or one unit, may have."""


class BadPhrase(Invalid):
    """A shortcut or a text that no phrase can have (422)."""

    code = "bad-phrase"


class ShortcutTaken(Conflict):
    """Another phrase of the same owner has this shortcut (409)."""

    code = "shortcut-taken"


class PhraseChanged(Conflict):
    """The phrase was changed meanwhile (409)."""

    code = "phrase-changed"


def phrase_shortcut(text: str) -> str:
    """Return a shortcut as it is kept, without the slash; raise ``BadPhrase``."""
    kept = text.strip().removeprefix("/").casefold()
    if not kept:
        raise BadPhrase(mark("A phrase needs a shortcut."), field="shortcut")
    if len(kept) > LONGEST_SHORTCUT or any(one.isspace() or one == "/" for one in kept):
        raise BadPhrase(
            mark("A shortcut has at most {most} characters, no space and no slash."),
            most=LONGEST_SHORTCUT,
            field="shortcut",
        )
    return kept


def phrase_text(text: str) -> str:
    """Return the words of a phrase as they are kept; raise ``BadPhrase``."""
    kept = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not kept:
        raise BadPhrase(mark("A phrase needs words."), field="text")
    if len(kept) > LONGEST_TEXT:
        raise BadPhrase(
            mark("A phrase has at most {most} characters; this one has {count}."),
            most=LONGEST_TEXT,
            count=len(kept),
            field="text",
        )
    return kept

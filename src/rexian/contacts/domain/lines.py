"""The lines of a transcript: what was said and what happened, in one sequence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rexian.contacts.domain.words import several_lines
from rexian.kernel.errors import Invalid, Refused
from rexian.kernel.language import mark

LONGEST = 4000
"""Characters of one turn; longer texts are sent in parts."""

SAME_AGAIN = 0.2
"""Seconds within which the same words of the same side are one turn, sent twice by accident."""


class Speaker(StrEnum):
    """Who speaks; the evaluator's words for it. ``UNKNOWN`` comes from recordings alone."""

    AGENT = "agent"
    CUSTOMER = "customer"
    SYSTEM = "system"
    UNKNOWN = "unknown"


class Signal(StrEnum):
    """What happens besides speech; the evaluator's words for it, and some that it does not need."""

    RING = "ring"
    ANSWER = "answer"
    HOLD_ON = "hold_on"
    HOLD_OFF = "hold_off"
    MUTE = "mute"
    UNMUTE = "unmute"
    TRANSFER = "transfer"
    HANG_UP = "hang_up"


class Audience(StrEnum):
    """Who sees a line: both sides, or only those who work here (a whisper, a note)."""

    ALL = "all"
    AGENTS = "agents"


class TooLong(Invalid):
    """A turn of more characters than one turn may have (422)."""

    code = "turn-too-long"


class Empty(Invalid):
    """A turn without a word (422)."""

    code = "turn-empty"


class TooMany(Refused):
    """More turns in a moment than anybody can write (429): wait, and send again."""

    code = "too-many-turns"
    status = 429


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a turn (with ``text``, or a file) or a signal.

    ``seq`` counts from 1 within the contact; ``person`` is whoever spoke for the organisation;
    ``automatic`` are words that nobody typed; ``reason`` is a code that says more of a signal.
    """

    seq: int
    at: datetime
    speaker: Speaker
    text: str = ""
    signal: Signal | None = None
    person: int | None = None
    audience: Audience = Audience.ALL
    automatic: bool = False
    attachment: int | None = None
    reason: str = ""
    sent_as: str = ""


def turn_text(text: str) -> str:
    """Return the words of a turn as they are kept; raise ``Empty`` or ``TooLong``.

    What is far too long is refused before anybody reads it.
    """
    if len(text) > 2 * LONGEST:
        raise _too_long(len(text))
    kept = several_lines(text)
    if not kept:
        raise Empty(mark("There is nothing to send yet."), field="text")
    if len(kept) > LONGEST:
        raise _too_long(len(kept))
    return kept


def _too_long(count: int) -> TooLong:
    return TooLong(
        mark("A message has at most {most} characters; this one has {count}."),
        most=LONGEST,
        count=count,
        field="text",
    )

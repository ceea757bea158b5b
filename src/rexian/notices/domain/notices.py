"""What a notice may say, how long it may stay up, and whom it concerns: values and rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from rexian.kernel.errors import Conflict, Invalid, Refused
from rexian.kernel.language import mark

LONGEST_TEXT = 500
LONGEST_TIME = timedelta(days=90)


class Importance(StrEnum):
    """How much a notice presses; what is urgent stands first."""

    ORDINARY = "ordinary"
    URGENT = "urgent"


class NoLongerUp(Conflict):
    """A notice has come down meanwhile: at its end, or by somebody's hand (409)."""

    code = "notice-no-longer-up"


class NotForThem(Refused):
    """Somebody sees a notice that is put up for others, and cannot read it for them (403)."""

    code = "notice-not-for-them"


def notice_text(text: str) -> str:
    """Return the text as it is kept: plain, its lines trimmed; raise ``Invalid``."""
    plain = "".join(one if one == "\n" else _printable(one) for one in "\n".join(text.splitlines()))
    kept = "\n".join(line.strip() for line in plain.split("\n")).strip()
    if not 1 <= len(kept) <= LONGEST_TEXT:
        raise Invalid(
            mark("A notice has 1 to {longest} characters."), longest=LONGEST_TEXT, field="text"
        )
    return kept


def notice_end(until_at: datetime, *, at: datetime) -> datetime:
    """Return until when a notice put up at ``at`` stays up; raise ``Invalid``."""
    if until_at <= at:
        raise Invalid(mark("The end lies in the past."), field="until_at")
    if until_at > at + LONGEST_TIME:
        raise Invalid(
            mark("A notice stays up for {days} days at most."),
            days=LONGEST_TIME.days,
            field="until_at",
        )
    return until_at


def units_of(paths: Iterable[str]) -> frozenset[int]:
    """Return the units whose notices concern whoever works in the units at ``paths``.

    A notice is there for its unit and all below it, so these are the units and all above them.
    """
    return frozenset(int(one) for path in paths for one in path.split("/") if one)


def _printable(character: str) -> str:
    """Return a character, or a space for one that only steers machines (a tab, NUL)."""
    return " " if unicodedata.category(character) == "Cc" else character

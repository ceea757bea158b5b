"""How long recordings are kept: by kind, so many days from the call, as the organisation says.

No figure stands here: without a rule a recording is kept for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark
from rexian.speech.domain.recordings import RecordingKind

LONGEST = 36_525
"""Days of a century; whoever means longer sets no rule."""


class BadRetention(Invalid):
    """A time for which nothing can be kept (422)."""

    code = "bad-retention"


class RetentionChanged(Conflict):
    """Somebody else has set the rule meanwhile (409)."""

    code = "retention-changed"


@dataclass(frozen=True, slots=True)
class Rule:
    """For how many ``days`` recordings of a kind are kept; ``words`` go with the sound, or stay."""

    kind: RecordingKind
    days: int
    words: bool
    set_by: str
    set_at: datetime
    version: int


def kept_until(called_on: date, rule: Rule) -> date:
    """Return the last day on which a recording of a call is kept."""
    return min(called_on, date.max - timedelta(days=rule.days)) + timedelta(days=rule.days)


def checked_days(days: int) -> int:
    """Return a number of days, or raise ``BadRetention`` for one that cannot be."""
    if not 1 <= days <= LONGEST:
        raise BadRetention(
            mark("This must be between {least} and {most}."), least=1, most=LONGEST, field="days"
        )
    return days


def checked_why(why: str) -> str:
    """Return why a recording is kept beyond its time, as it is kept; raise ``BadRetention``."""
    words = " ".join(why.split())[:500]
    if not words:
        raise BadRetention(mark("Say why this recording is kept."), field="why")
    return words

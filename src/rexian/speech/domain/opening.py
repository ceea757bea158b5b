"""Why somebody listens to a recording: a reason that is chosen, with words of their own beside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from rexian.kernel.errors import Invalid, Refused
from rexian.kernel.language import mark

GRANTED = timedelta(minutes=30)
"""How long one opening lasts: a player may ask for pieces as often as it likes meanwhile."""


class Why(StrEnum):
    """Why a recording is opened."""

    REVIEW = "review"
    COMPLAINT = "complaint"
    TRAINING = "training"
    OWN_CALL = "own-call"
    DISPUTE = "dispute"
    OTHER = "other"


WHY_NAMES: Mapping[Why, str] = MappingProxyType(
    {
        Why.REVIEW: mark("Review of the inspection"),
        Why.COMPLAINT: mark("Complaint about the call"),
        Why.TRAINING: mark("Training"),
        Why.OWN_CALL: mark("My own call"),
        Why.DISPUTE: mark("Dispute or request of an authority"),
        Why.OTHER: mark("Another reason"),
    }
)


class NoReason(Invalid):
    """A recording is opened for a reason, and for ``other`` in words (422)."""

    code = "listening-needs-reason"


class GrantOver(Refused):
    """The opening has run out; open the recording again, and say why (403)."""

    code = "listening-over"


def checked_reason(reason: str, note: str) -> tuple[Why, str]:
    """Return a reason and the words beside it as they are kept; raise ``NoReason``."""
    words = " ".join(note.split())[:300]
    try:
        why = Why(reason)
    except ValueError:
        raise NoReason(mark("Say why you open the recording."), field="reason") from None
    if why is Why.OTHER and not words:
        raise NoReason(mark("Say in words why you open the recording."), field="note")
    return why, words

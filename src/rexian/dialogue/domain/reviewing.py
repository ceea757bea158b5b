"""What a person makes of a finding: confirm it, reject it, or say something else instead.

=========  ==================================  =====================================
review     a miss, a suspicion                 anything else
=========  ==================================  =====================================
(none)     counts for nobody                   is what it is
confirmed  counts as a miss                    is what it is
rejected   counts for nobody                   counts for nobody
changed    counts as what the reviewer says    counts as what the reviewer says
=========  ==================================  =====================================
"""

from __future__ import annotations

from enum import StrEnum

from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.verdicts import Outcome

LONGEST_NOTE = 500
TO_REVIEW = frozenset({Outcome.MISSED, Outcome.SUSPECT})
"""What waits for a person: nothing of it counts before."""

SAYABLE = (Outcome.MISSED, Outcome.MET, Outcome.NOT_APPLICABLE)
"""What a person can say; a suspicion is the machine's."""


class Review(StrEnum):
    """What a person said of a finding."""

    NONE = ""
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CHANGED = "changed"


class ReviewedMeanwhile(Conflict):
    """Somebody else has reviewed the finding, or it was made anew (409)."""

    code = "finding-changed"


class BadReview(Invalid):
    """A change that names no outcome or clause of the standard, or does not say why (422)."""

    code = "bad-review"


def counted(outcome: Outcome, review: Review, said: Outcome | None) -> Outcome | None:
    """Return what a finding counts as, ``None`` while it counts for nobody."""
    if review is Review.CHANGED:
        return said
    if review is Review.REJECTED:
        return None
    if outcome in TO_REVIEW:
        return Outcome.MISSED if review is Review.CONFIRMED else None
    return outcome


def checked_note(note: str) -> str:
    """Return a note as it is kept; a change has to say why."""
    kept = note.strip()
    if not kept:
        raise BadReview(mark("Say why it is something else."), field="note")
    return kept[:LONGEST_NOTE]


def checked_outcome(outcome: str) -> Outcome:
    """Return the outcome that a person may say; raise ``BadReview``."""
    found = next((one for one in SAYABLE if one.value == outcome), None)
    if found is None:
        raise BadReview(mark("Choose what it is instead."), field="outcome")
    return found

"""How a customer says it went."""

from __future__ import annotations

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

WORST, BEST = 1, 5


class NoSuchRating(Invalid):
    """A rating outside the scale (422)."""

    code = "no-such-rating"


def checked_rating(satisfied: int) -> None:
    """Raise ``NoSuchRating`` for what is not on the scale from 1 to 5."""
    if not WORST <= satisfied <= BEST:
        raise NoSuchRating(mark("Choose one of the five answers."), field="satisfied")

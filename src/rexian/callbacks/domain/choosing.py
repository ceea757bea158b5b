"""Which cases are called back: all, or the share of the fiscal year, drawn so that all can check.

A case is drawn by its own number and the year, never by chance: asked again tomorrow, or by an
auditor in a year, the answer is the same.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from hashlib import sha256

from rexian.kernel.language import mark

TRANSIENT = "transient"
"""The class of a customer who was only passing by (GH-4.3)."""


class Spared(StrEnum):
    """Why a case is not called back."""

    NOT_DRAWN = "not_drawn"
    TRANSIENT = "transient"
    NOT_ASKED_FOR = "not_asked_for"


SPARED_NAMES = {
    Spared.NOT_DRAWN: mark("not drawn this fiscal year"),
    Spared.TRANSIENT: mark("transient caller"),
    Spared.NOT_ASKED_FOR: mark("asked for no answer"),
}


def fiscal_year(day: date, begins: str) -> int:
    """Return the fiscal year that a day lies in, by the year in which it begins (``MM-DD``)."""
    month, _, number = (begins or "01-01").partition("-")
    first = (int(month), int(number or 1))
    return day.year if (day.month, day.day) >= first else day.year - 1


def is_drawn(reference: str, *, year: int, share: float) -> bool:
    """Tell whether a case is among the share of its fiscal year."""
    drawn = int.from_bytes(sha256(f"{year}:{reference}".encode()).digest()[:8])
    return drawn < share * 2**64


def why_spared(
    *,
    reference: str,
    year: int,
    share: float,
    again: bool,
    customer_class: str,
    calls_transient: bool,
    wants_answer: bool,
) -> Spared | None:
    """Return why a case is not called back, ``None`` where it is.

    ``again``: it was worked on once more for somebody who was not content, so they are asked.
    """
    if not wants_answer:
        return Spared.NOT_ASKED_FOR
    if customer_class == TRANSIENT and not calls_transient:
        return Spared.TRANSIENT
    if not again and not is_drawn(reference, year=year, share=share):
        return Spared.NOT_DRAWN
    return None


UNREACHED_MOVE, SPARED_MOVE = "unreached", "not-drawn"
"""The moves of a flow by which a case goes on without its customer having been asked."""

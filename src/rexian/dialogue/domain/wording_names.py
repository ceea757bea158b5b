"""What is filled into prescribed words: who calls whom what, at which time of the day."""

from __future__ import annotations

from datetime import datetime, time

from rexian.standard.domain.standards import Standard

_PARTS = (
    (time(5), "evening"),
    (time(11), "morning"),
    (time(13), "noon"),
    (time(18), "afternoon"),
    (time.max, "evening"),
)


def part_of_day(at: datetime) -> str:
    """Return the part of the day in which a local instant lies, as one greets in it."""
    return next(part for end, part in _PARTS if at.time() < end or end is time.max)


def surname_of(name: str, standard: Standard) -> str:
    """Return the surname at the beginning of a Chinese name; nothing where there is none."""
    written = name.strip()
    for one in standard.pack.sections.address:
        if written[:2] in one.compound_surnames:
            return written[:2]
        if written[:1] and written[:1] in one.surnames:
            return written[:1]
    return ""

"""Count what rules said on a day: one statement, whichever rows there are already.

The statement adds to what is there, so that two who count at once lose nothing; its rows are
always in the same order, so that they do not wait for each other crosswise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any, Literal

from django.db import connection

Count = Literal[
    "met", "missed", "suspect", "undecided", "confirmed", "rejected", "changed", "batched"
]
_COUNTS: tuple[Count, ...] = (
    "met",
    "missed",
    "suspect",
    "undecided",
    "confirmed",
    "rejected",
    "changed",
    "batched",
)
_AT_ONCE = 100


@dataclass(frozen=True, slots=True, order=True)
class RuleKey:
    """A rule on a day: ``content`` is the sign of what it judged by."""

    organisation: int
    standard: str
    day: date
    rule: str
    content: str
    clause: str


Added = Mapping[RuleKey, Mapping[Count, int]]
"""By how much each count of each rule is more than before, or less."""


def add_to_days(added: Added) -> None:
    """Add to the counts of rules."""
    rows = [
        (*astuple(key), *(counts.get(one, 0) for one in _COUNTS))
        for key, counts in sorted(added.items())
        if any(counts.values())
    ]
    for begin in range(0, len(rows), _AT_ONCE):
        _add(rows[begin : begin + _AT_ONCE])


def _add(rows: list[tuple[Any, ...]]) -> None:
    width = len(rows[0])
    one = f"({', '.join(['%s'] * width)})"
    sums = ", ".join(f"{name} = dialogue_rule_day.{name} + excluded.{name}" for name in _COUNTS)
    statement = (
        "INSERT INTO dialogue_rule_day"  # noqa: S608 - names of ours alone, values are passed
        f" (organisation_id, standard, day, rule, content, clause, {', '.join(_COUNTS)})"
        f" VALUES {', '.join([one] * len(rows))}"
        " ON CONFLICT (organisation_id, standard, day, rule, content)"
        f" DO UPDATE SET {sums}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in row])

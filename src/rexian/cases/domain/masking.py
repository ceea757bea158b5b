"""Telephone numbers for those who are not to know them: recognisable, and nothing to ring."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rexian.standard.domain.pack.recording import FormSpec

_NAMES = frozenset({"name", "customer", "caller", "surname"})
_IN_TEXT = re.compile(
    r"(?<![0-9])(?:\+?86[ -]?)?"
    r"(?:1[3-9][0-9](?:[ -]?[0-9]{4}){2}|0[0-9]{2,3}[ -]?[0-9]{7,8})(?![0-9])"
)
_SHORT = 7


def masked_number(number: str) -> str:
    """Return a number without its middle: ``138****8000``; a short one keeps two digits."""
    if len(number) < _SHORT:
        return "*" * max(0, len(number) - 2) + number[-2:]
    hidden = min(4, len(number) - 5)
    begin = (len(number) - hidden) // 2
    begin = 3 if number.startswith("1") and len(number) == 11 else begin
    return number[:begin] + "*" * hidden + number[begin + hidden :]


def masked_text(text: str) -> str:
    """Return words with the telephone numbers in them masked."""
    return _IN_TEXT.sub(lambda found: masked_number(re.sub(r"[ +-]", "", found[0])), text)


def identifying(form: FormSpec | None) -> frozenset[str]:
    """Return the fields of a form that say who the customer is, or how they are reached."""
    numbers = (one.id for one in form.fields if one.type == "phone") if form else ()
    return _NAMES | frozenset(numbers)


def without_customer(values: Mapping[str, str], form: FormSpec | None) -> dict[str, str]:
    """Return the answers of a form as the unit complained of sees them, numbers masked."""
    left_out = identifying(form)
    return {name: masked_text(one) for name, one in values.items() if name not in left_out}

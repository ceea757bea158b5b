"""Telephone numbers as customers write them, and as they are compared."""

from __future__ import annotations

import re
import unicodedata

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LAND_LINE = re.compile(r"0\d{9,11}|[2-9]\d{6,7}|400\d{7}|9\d{4}", re.ASCII)
_LONGEST = 60  # as written, with blanks and brackets; what is longer is none, and is not read


class NoNumber(Invalid):
    """What should be a telephone number is none (422)."""

    code = "no-telephone-number"


def read_number(text: str) -> str:
    """Return a telephone number as bare digits; raise ``NoNumber`` for what can be none."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST])
    digits = re.sub(r"[\s\-().–—]", "", folded)
    if digits.startswith(("+86", "0086")):
        digits = digits.removeprefix("+86").removeprefix("0086")
    if len(text) <= _LONGEST and (_MOBILE.fullmatch(digits) or _LAND_LINE.fullmatch(digits)):
        return digits
    raise NoNumber(mark("This is no telephone number that can be called back."), field="number")


def spaced(number: str) -> str:
    """Return a number as it is read aloud: 138 1234 5678."""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return number

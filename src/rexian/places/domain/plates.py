"""Number plates of the mainland: read, checked, written 赣A·12345.

Ordinary plates have seven characters, those of vehicles of new energy eight, the first of the last
six or the last of them a letter (GA 36-2018). I and O stand in no serial, and two letters at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.kernel.text.folding import fold

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LIKE = re.compile(rf"[{_PROVINCES}] ?[a-z][ ·.・-]?[0-9a-z]{{4,6}}[挂学警港澳]?(?![0-9a-z])")
_SERIAL = r"[a-hj-np-z0-9]"
_ORDINARY = re.compile(rf"[{_PROVINCES}][a-z](?:{_SERIAL}{{5}}|{_SERIAL}{{4}}[挂学警港澳])")
_NEW_ENERGY = re.compile(rf"[{_PROVINCES}][a-z](?:[a-hjk]{_SERIAL}[0-9]{{4}}|[0-9]{{5}}[a-hjk])")
_BETWEEN = re.compile(r"[ ·.・-]")


class NotAPlate(Invalid):
    """Characters that are no number plate (422)."""

    code = "not-a-plate"


def read_plate(text: str) -> str:
    """Return a plate in its normal form, 赣A12345; raise ``NotAPlate``."""
    plate = _BETWEEN.sub("", fold(text).strip())
    if _NEW_ENERGY.fullmatch(plate) or (_ORDINARY.fullmatch(plate) and _letters(plate[2:]) <= 2):
        return plate.upper()
    raise NotAPlate(
        mark(
            "“{plate}” is no plate number: after the province and a letter come 5 characters, "
            "6 for new energy, without I and O."
        ),
        plate=text.strip()[:20],
        field="plate",
    )


def find_plates(folded: str) -> Iterator[tuple[int, int]]:
    """Yield where folded text has something that looks like a plate, right or wrong."""
    for match in _LIKE.finditer(folded):
        if any(one.isdigit() for one in match[0]):
            yield match.span()


def written_plate(plate: str) -> str:
    """Return a plate as it is painted: 赣A·12345."""
    return f"{plate[:2]}·{plate[2:]}" if len(plate) > 2 else plate


def _letters(serial: str) -> int:
    return sum("a" <= one <= "z" for one in serial)

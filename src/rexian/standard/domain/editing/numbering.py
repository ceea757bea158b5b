"""The number that a new version is proposed to have: the next that is free."""

from __future__ import annotations

import re
from collections.abc import Collection

_LAST = re.compile(r"(\d+)(\D*)$")


def next_number(number: str, taken: Collection[str]) -> str:
    """Return the number after one: its last figure counted up until nobody has it."""
    proposed = number
    while proposed == number or proposed in taken:
        found = _LAST.search(proposed)
        if found is None:
            proposed = f"{proposed}.1"
            continue
        counted = str(int(found[1]) + 1)
        proposed = f"{proposed[: found.start()]}{counted}{found[2]}"
    return proposed

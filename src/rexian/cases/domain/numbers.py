"""The number by which customers and papers name a case: a date, and digits that nobody guesses."""

from __future__ import annotations

import re
from datetime import date
from hashlib import blake2b

SPACE = 10**7
"""So many numbers a day: with a telephone number asked too, guessing is hopeless."""

_NUMBER = re.compile(r"\d{6}-?\d{4}-?\d{4}", re.ASCII)
_HALF, _ROUNDS = 12, 6


def case_number(day: date, case_id: int, key: bytes) -> str:
    """Return the number of a case of a day: ``261122-4839-2016``, the last digit a check.

    Ids that follow each other have numbers that do not, and no two of a day have the same.
    """
    digits = f"{day:%y%m%d}{_scrambled(case_id % SPACE, key):07d}"
    whole = digits + str(_check(digits))
    return f"{whole[:6]}-{whole[6:10]}-{whole[10:]}"


def read_case_number(text: str) -> str | None:
    """Return a number as it is kept, however it was typed; ``None`` for what can be none."""
    bare = re.sub(r"[\s—–-]", "", text[:40])
    if not _NUMBER.fullmatch(bare) or str(_check(bare[:-1])) != bare[-1]:
        return None
    return f"{bare[:6]}-{bare[6:10]}-{bare[10:]}"


def _scrambled(number: int, key: bytes) -> int:
    """Return another number below ``SPACE``, by a keyed permutation (a Feistel network).

    One that comes out too large is put in again, until it fits: so it stays a permutation.
    """
    found = number
    while True:
        left, right = divmod(found, 1 << _HALF)
        for turn in range(_ROUNDS):
            left, right = right, left ^ _mixed(right, turn, key)
        found = (left << _HALF) | right
        if found < SPACE:
            return found


def _mixed(half: int, turn: int, key: bytes) -> int:
    hashed = blake2b(half.to_bytes(2, "big"), key=key[:64], salt=bytes([turn]), digest_size=2)
    return int.from_bytes(hashed.digest(), "big") % (1 << _HALF)


def _check(digits: str) -> int:
    """Return the digit that a mistyped or swapped one does not agree with (Luhn)."""
    total = 0
    for place, one in enumerate(reversed(digits)):
        doubled = int(one) * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10

"""A customer's address of a case: its id with a keyed hash, so that whoever knows it is them."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac

from rexian.cases.domain.refusals import nothing_there

_SALT = "rexian.cases.case"
_LENGTH = 40


def case_key(case_id: int) -> str:
    """Return the key of a case: ``12-3f0c…``; nobody can guess another's."""
    return f"{case_id}-{_hash(case_id)}"


def case_of_key(key: str) -> int:
    """Return the case of a key; raise ``NotFound`` for a wrong one."""
    number, _, given = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19 and number[0] != "0"):
        raise nothing_there("case")
    if not constant_time_compare(given, _hash(int(number))):
        raise nothing_there("case")
    return int(number)


def _hash(case_id: int) -> str:
    return salted_hmac(_SALT, str(case_id), algorithm="sha256").hexdigest()[:_LENGTH]


def number_key() -> bytes:
    """Return what the numbers of cases are scrambled with: this installation's own."""
    return salted_hmac(f"{_SALT}.number", "", algorithm="sha256").digest()

"""A customer's address: the contact's id with a keyed hash, so that whoever knows it is them."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.crypto import constant_time_compare, salted_hmac

from rexian.contacts import models
from rexian.contacts.domain.refusals import nothing_there

_SALT = "rexian.contacts.visit"
_LENGTH = 40


def visit_key(contact_id: int) -> str:
    """Return the key of a contact: ``12-3f0c…``; nobody can guess another's."""
    return f"{contact_id}-{_hash(contact_id)}"


def contact_of_visit(key: str) -> int:
    """Return the contact of a key; raise ``NotFound`` for a wrong one."""
    number, _, given = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19 and number[0] != "0"):
        raise nothing_there("visit")
    if not constant_time_compare(given, _hash(int(number))):
        raise nothing_there("visit")
    return int(number)


def _hash(contact_id: int) -> str:
    return salted_hmac(_SALT, str(contact_id), algorithm="sha256").hexdigest()[:_LENGTH]


def followers_of(contact_ids: Collection[int]) -> dict[int, int]:
    """Return which contact was begun where another was over, the latest; asks for no right."""
    rows = models.Contact.objects.filter(follows__in=contact_ids).order_by("pk")
    return {follows: pk for follows, pk in rows.values_list("follows", "pk") if follows}

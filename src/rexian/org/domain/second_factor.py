"""Codes of six digits that a telephone makes from a shared secret and the time (RFC 6238)."""

from __future__ import annotations

import hmac
import unicodedata
from datetime import datetime

import pyotp

STEP = 30  # seconds
_EARLY_AND_LATE = 1  # steps that a telephone's clock may be off

BACKUP_CODES = 10
BACKUP_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def typed_code(text: str) -> str:
    """Return a code as it was meant: without the spaces and hyphens that people put in it."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in narrow if one.isalnum())


def is_backup_code(code: str) -> bool:
    """Tell whether a code as typed is one from paper: a telephone's are six digits."""
    return len(code) != 6


def matching_step(secret: str, code: str, *, at: datetime, last_step: int) -> int | None:
    """Return the time step whose code this is, if it is later than the last that was used.

    A code is good for its own half minute and the ones before and after, and never twice.
    """
    now = int(at.timestamp()) // STEP
    maker = pyotp.TOTP(secret, interval=STEP)
    for step in range(now - _EARLY_AND_LATE, now + _EARLY_AND_LATE + 1):
        if hmac.compare_digest(maker.generate_otp(step), code) and step > last_step:
            return step
    return None


def address_for_telephone(secret: str, *, sign_in: str, issuer: str) -> str:
    """Return the address that a telephone's authenticator reads from the picture."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=sign_in, issuer_name=issuer)

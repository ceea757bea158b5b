"""Encrypt what must be read again, with a key made from the server's own secret.

The key is HKDF-SHA256 of ``SECRET_KEY``, for this purpose alone; the text is sealed by Fernet
(AES-128-CBC with HMAC-SHA256). A copy of the database without the secret reveals nothing; a server
with another secret can no longer read what was sealed, and says so.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from rexian.kernel.errors import Refused
from rexian.kernel.language import mark


class SealedByAnother(Refused):
    """Something sealed under a secret that the server no longer has (403)."""

    code = "sealed-by-another"


def seal(text: str, *, purpose: str) -> str:
    """Return ``text`` encrypted for a purpose."""
    return _key(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return what was sealed for a purpose; raise ``SealedByAnother`` where it cannot be read."""
    try:
        return _key(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealedByAnother(
            mark(
                "The server's secret has changed since this was set up. An administrator has to "
                "remove it; then set it up again."
            )
        ) from None


def _key(purpose: str) -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"rexian.org.{purpose}".encode())
    return Fernet(urlsafe_b64encode(derive.derive(settings.SECRET_KEY.encode())))

"""Seal a stream of bytes in chunks, so that any piece of it is opened alone and none is exchanged.

As in STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): each chunk is AES-256-GCM under a nonce
that says its number and whether it is the last. What is cut off, put in another order, exchanged
or mixed with another recording does not open. The form: ``RXS1``, then the chunks, each with its
tag of sixteen bytes.

A recording has a random key of its own, the *data key*, which seals nothing else: so a nonce needs
no chance. What is kept of it is wrapped by the organisation's key, made from one of the keys of
this installation (HKDF-SHA256). Without the wrapped key nobody ever opens the recording again,
wherever copies of it lie.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rexian.kernel.errors import Refused
from rexian.kernel.language import mark

CHUNK = 64 * 1024
"""Bytes of a chunk before it is sealed; a player that seeks opens one of them."""

_TAG = 16
_SEALED = CHUNK + _TAG
_MAGIC = b"RXS1"
_NONCE = 12
KEY = 32


class SealBroken(Refused):
    """Sealed bytes are not what was sealed: cut off, changed, or another recording's (403)."""

    code = "seal-broken"


class KeyMissing(Refused):
    """The key that a recording was sealed under is not there (403)."""

    code = "recording-key-missing"


class BadKey(Refused):
    """What is given as a key is none (403)."""

    code = "recording-key-unreadable"


@dataclass(frozen=True, slots=True)
class MasterKey:
    """A key of this installation, known by the beginning of its hash."""

    secret: bytes

    @property
    def id(self) -> str:
        """Return what is written beside everything that was sealed under it."""
        return sha256(b"rexian recordings " + self.secret).hexdigest()[:16]

    def text(self) -> str:
        """Return it as it stands in a file."""
        return b64encode(self.secret).decode("ascii")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of this installation: the first seals, all of them open."""

    keys: tuple[MasterKey, ...]

    @property
    def first(self) -> MasterKey:
        """Return the key that seals."""
        return self.keys[0]

    def named(self, key_id: str) -> MasterKey:
        """Return the key of an id; raise ``KeyMissing`` with a sentence that says what to do."""
        for one in self.keys:
            if one.id == key_id:
                return one
        raise KeyMissing(
            mark(
                "The key {key} of this recording is missing here. Nothing is lost: put the key "
                "back, and the recording opens again."
            ),
            key=key_id,
        )


def read_keys(text: str) -> KeyRing:
    """Return the keys in a text, one a line or with commas between; raise ``BadKey``."""
    bare = ",".join(line.partition("#")[0] for line in text.splitlines())
    given = [one.strip() for one in bare.split(",") if one.strip()]
    try:
        secrets = [b64decode(one, validate=True) for one in given]
    except (NotBase64, ValueError):
        secrets = []
    if not secrets or any(len(one) != KEY for one in secrets):
        raise BadKey(
            mark("A key of recordings is 32 bytes in Base64; what is given as one is not.")
        )
    return KeyRing(tuple(MasterKey(one) for one in secrets))


def new_key() -> bytes:
    """Return 32 random bytes: a key of a recording or of an installation."""
    return os.urandom(KEY)


def wrap(data_key: bytes, master: MasterKey, *, organisation: int, name: str) -> bytes:
    """Return a recording's key wrapped by its organisation's, good for this recording alone."""
    nonce = os.urandom(_NONCE)
    return nonce + _wrapper(master, organisation).encrypt(nonce, data_key, name.encode())


def unwrap(wrapped: bytes, master: MasterKey, *, organisation: int, name: str) -> bytes:
    """Return the key that ``wrap`` wrapped; raise ``SealBroken``."""
    nonce, sealed = wrapped[:_NONCE], wrapped[_NONCE:]
    try:
        return _wrapper(master, organisation).decrypt(nonce, sealed, name.encode())
    except InvalidTag:
        raise broken(name) from None


def seal(pieces: Iterable[bytes], data_key: bytes, *, name: str) -> Iterator[bytes]:
    """Yield the sealed form of a stream; memory for two chunks is all that it takes."""
    yield _MAGIC
    cipher = AESGCM(data_key)
    for number, (chunk, is_last) in enumerate(_chunks(pieces)):
        yield cipher.encrypt(_nonce(number, is_last), chunk, _MAGIC + name.encode())


def unseal(
    sealed: Iterable[bytes],
    data_key: bytes,
    *,
    name: str,
    size: int,
    first: int = 0,
) -> Iterator[bytes]:
    """Yield the chunks from the number ``first`` on, each only once it has proved itself.

    ``sealed`` begins with that chunk; ``size`` counts the bytes before they were sealed. Raises
    ``SealBroken``.
    """
    cipher, last = AESGCM(data_key), last_chunk(size)
    pieces = _rechunked(sealed, _SEALED)
    for number in range(first, last + 1):
        is_last = number == last
        chunk = next(pieces, b"")
        try:
            opened = cipher.decrypt(_nonce(number, is_last), chunk, _MAGIC + name.encode())
        except InvalidTag:
            raise broken(name) from None
        if len(opened) != (size - number * CHUNK if is_last else CHUNK):
            raise broken(name)
        yield opened


def last_chunk(size: int) -> int:
    """Return the number of the last chunk of so many bytes; nothing at all is one empty chunk."""
    return max(0, (size - 1) // CHUNK)


def offset_of(chunk: int) -> int:
    """Return where a chunk begins in the sealed form."""
    return len(_MAGIC) + chunk * _SEALED


def sealed_size(size: int) -> int:
    """Return how many bytes the sealed form of so many bytes has."""
    return len(_MAGIC) + size + (last_chunk(size) + 1) * _TAG


def broken(name: str) -> SealBroken:
    """Return the error for bytes that are not what was sealed."""
    return SealBroken(
        mark("The recording in the store is not as it was sealed: it was changed, or cut off."),
        stored=name,
    )


def _wrapper(master: MasterKey, organisation: int) -> AESGCM:
    derive = HKDF(
        algorithm=SHA256(), length=KEY, salt=None, info=f"rexian.speech.{organisation}".encode()
    )
    return AESGCM(derive.derive(master.secret))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(_NONCE - 1, "big") + bytes([is_last])


def _chunks(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield chunks of one size, and with each whether it is the last."""
    held: bytes | None = None
    for chunk in _rechunked(pieces, CHUNK):
        if held is not None:
            yield held, False
        held = chunk
    yield held or b"", True


def _rechunked(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Yield the same bytes in pieces of one size, the last of which may be shorter."""
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        while len(buffer) >= size:
            yield bytes(buffer[:size])
            del buffer[:size]
    if buffer:
        yield bytes(buffer)

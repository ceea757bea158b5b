"""The vault: recordings go into it sealed, and come out of it only with their key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from secrets import token_hex
from typing import BinaryIO

from rexian.kernel.language import mark
from rexian.speech import models
from rexian.speech.adapters.installation import (
    key_file,
    key_ring,
    make_key,
    most_bytes,
    store_of_recordings,
)
from rexian.speech.adapters.sealed_files import SealedSound
from rexian.speech.domain.recordings import (
    BadRecording,
    RecordingTooLarge,
    no_recording,
    removed_recording,
)
from rexian.speech.domain.sealing import KeyMissing, KeyRing, new_key, seal, unwrap, wrap

_ORPHANED = timedelta(days=1)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Sealed:
    """What lies in the store: under which name, its wrapped key, and what it was before."""

    stored_as: str
    data_key: bytes
    key_id: str
    digest: str
    size: int


def put_away(pieces: Iterable[bytes], *, organisation: int) -> Sealed:
    """Seal a stream and have it safe in the store, without ever holding more than a piece of it.

    Raises ``BadRecording`` for one that is empty, ``RecordingTooLarge``, and ``KeyMissing`` where
    there were keys once and are none now; whatever is raised, nothing stays in the store.
    """
    _keys()  # none is told of before anything is sent
    data_key, stored_as = new_key(), _new_name()
    passing = _Passing(most_bytes())
    store = store_of_recordings()
    try:
        store.put(stored_as, seal(passing.through(pieces), data_key, name=stored_as))
    except BaseException:
        with suppress(Exception):  # what is left of it is swept up a day later
            store.remove(stored_as)
        raise
    # Now, not when the sending began: the key of an hour ago may be dropped already.
    master = key_ring().first
    wrapped = wrap(data_key, master, organisation=organisation, name=stored_as)
    return Sealed(stored_as, wrapped, master.id, passing.hash.hexdigest(), passing.size)


def clear_away(stored_as: str) -> bool:
    """Remove what lies in the store under a name; tell whether it was there."""
    return store_of_recordings().remove(stored_as)


def opened(row: models.Recording) -> SealedSound:
    """Return a recording that is to be read; raise ``RecordingRemoved`` or ``KeyMissing``."""
    if row.data_key is None:
        raise removed_recording(row.pk)
    master = key_ring().named(row.key_id)
    organisation, name = row.organisation_id, row.stored_as
    data_key = unwrap(bytes(row.data_key), master, organisation=organisation, name=name)
    return SealedSound(store_of_recordings(), name, data_key, size=row.size)


@contextmanager
def sound_of(recording_id: int) -> Iterator[BinaryIO]:
    """Open the plain sound of a recording for the machine, which reads and seeks in it.

    Nothing of it is written to a disk, and no entry is made: nobody listens.
    """
    row = models.Recording.objects.filter(pk=recording_id).first()
    if row is None:
        raise no_recording(recording_id)
    with opened(row).file() as file:
        yield file


def sweep_store(*, at: datetime) -> int:
    """Remove what was put away a day ago and never told of; return how much it was."""
    store, removed = store_of_recordings(), 0
    names = store.stored_before(at - _ORPHANED)
    while batch := list(islice(names, _BATCH)):
        kept = models.Recording.objects.filter(stored_as__in=batch, data_key__isnull=False)
        for name in sorted(set(batch) - set(kept.values_list("stored_as", flat=True))):
            removed += store.remove(name)
    return removed


def _keys() -> KeyRing:
    """Return the keys; the first is made where nothing was ever sealed here."""
    try:
        return key_ring()
    except KeyMissing:
        if key_file() is None or models.Recording.objects.filter(data_key__isnull=False).exists():
            raise
        return make_key()


class _Passing:
    """Counts and hashes what goes through, and stops what is too much."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.size = 0
        self.hash = sha256()

    def through(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the same pieces; raise ``RecordingTooLarge``, or ``BadRecording`` for none."""
        for piece in pieces:
            self.size += len(piece)
            if self.size > self._most:
                raise RecordingTooLarge(
                    mark("A recording has at most {megabytes} MB here."),
                    megabytes=self._most >> 20,
                    field="file",
                )
            self.hash.update(piece)
            yield piece
        if not self.size:
            raise BadRecording(
                mark("The recording is empty: it has no bytes at all."), field="file"
            )


def _new_name() -> str:
    """Return a name that nobody guesses, in one of 256 folders."""
    name = token_hex(20)
    return f"{name[:2]}/{name}"

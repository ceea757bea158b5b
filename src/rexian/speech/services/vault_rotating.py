"""Exchange the key under which the keys of recordings are wrapped; no sound is sealed anew.

First the new key is safe in the file, then each recording's own key is wrapped by it. Whoever is
killed in between goes on where it stopped: both keys open until the old one is dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import Conflict, RexianError
from rexian.kernel.language import mark
from rexian.speech import events, models
from rexian.speech.adapters.installation import add_key, drop_keys, key_file, key_ring
from rexian.speech.domain.rights import KEEP
from rexian.speech.domain.sealing import KeyRing, unwrap, wrap
from rexian.speech.services.vault import opened

_BATCH = 500


class StillInUse(Conflict):
    """A key cannot be dropped: recordings are wrapped by it (409)."""

    code = "recording-key-in-use"


class Changed(Conflict):
    """A recording opens, and is not what came in (409)."""

    code = "recording-changed"


@dataclass(frozen=True, slots=True)
class Rotated:
    """What became of a rotation: the key in use, how many were wrapped anew, how many could not.

    ``left`` are those whose own key is missing here; they stay as they are.
    """

    key_id: str
    wrapped: int
    left: int


@dataclass(frozen=True, slots=True)
class Unsound:
    """A recording that does not open as it came in, and why."""

    recording: int
    error: RexianError


def rotate_key(*, actor: Actor, at: datetime, told: Callable[[int], None]) -> Rotated:
    """Make a new key, and wrap the keys of all recordings by it.

    An earlier rotation that was broken off is finished instead. Where the keys are given in the
    environment, nothing is made: the first of them wraps. ``told`` hears of each so many.
    """
    authorise(actor, KEEP)
    ring = key_ring()
    if key_file() is not None and not _to_wrap(ring).exists():
        ring = add_key()
    wrapped = sum(_rewrapped(ring, actor, at, told))
    return Rotated(ring.first.id, wrapped, _under_others(ring).count())


def drop_old_keys(*, actor: Actor) -> int:
    """Leave only the key in use in the file; return how many went.

    From then on no backup of an earlier day opens what was removed since. Raises ``StillInUse``.
    """
    authorise(actor, KEEP)
    ring = key_ring()
    left = _to_wrap(ring).count()
    if left:
        raise StillInUse(
            mark("{count} recordings are still wrapped by an older key: rotate first."), count=left
        )
    if key_file() is None:
        raise StillInUse(mark("The keys are given in REXIAN_RECORDINGS_KEY: change them there."))
    drop_keys(ring.first)
    return len(ring.keys) - 1


def verify_recordings(told: Callable[[int], None]) -> Iterator[Unsound]:
    """Open every recording that is kept, and yield those that are not as they came in.

    ``told`` hears of the bytes that were read.
    """
    last = 0
    rows = models.Recording.objects.filter(removed_at=None).order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1].pk
        for row in batch:
            error = _fault(row, told)
            if error is not None:
                yield Unsound(row.pk, error)


def _fault(row: models.Recording, told: Callable[[int], None]) -> RexianError | None:
    try:
        digest = sha256()
        for piece in opened(row).pieces():
            digest.update(piece)
            told(len(piece))
    except RexianError as error:
        return error
    if digest.hexdigest() != row.digest:
        return Changed(mark("It opens, and is not what came in."))
    return None


def _under_others(ring: KeyRing) -> QuerySet[models.Recording]:
    rows = models.Recording.objects.filter(data_key__isnull=False)
    return rows.exclude(key_id=ring.first.id)


def _to_wrap(ring: KeyRing) -> QuerySet[models.Recording]:
    """Return those under an older key that is here: one whose key is lost stops nothing."""
    return _under_others(ring).filter(key_id__in=[one.id for one in ring.keys[1:]])


def _rewrapped(
    ring: KeyRing, actor: Actor, at: datetime, told: Callable[[int], None]
) -> Iterator[int]:
    """Yield how many of each batch were wrapped anew."""
    last = 0
    while True:
        with transaction.atomic():
            rows = _to_wrap(ring).filter(pk__gt=last)
            batch = list(rows.select_for_update().order_by("pk")[:_BATCH])
            if not batch:
                return
            for row in batch:
                _wrap_anew(row, ring)
            _tell(batch, ring, actor, at)
        last = batch[-1].pk
        told(len(batch))
        yield len(batch)


def _wrap_anew(row: models.Recording, ring: KeyRing) -> None:
    organisation, name = row.organisation_id, row.stored_as
    wrapped, old = bytes(row.data_key or b""), ring.named(row.key_id)
    data_key = unwrap(wrapped, old, organisation=organisation, name=name)
    row.data_key = wrap(data_key, ring.first, organisation=organisation, name=name)
    row.key_id = ring.first.id
    row.save(update_fields=["data_key", "key_id"])


def _tell(batch: list[models.Recording], ring: KeyRing, actor: Actor, at: datetime) -> None:
    for organisation, count in sorted(Counter(one.organisation_id for one in batch).items()):
        told = events.KeyRotated(
            subject_id=organisation,
            organisation=organisation,
            key_id=ring.first.id,
            recordings=count,
        )
        record(told, actor=actor, at=at)

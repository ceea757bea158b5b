"""Open recordings for people: journalled before the first byte, then played for a while.

One entry an opening: a player that asks for a hundred pieces, or is loaded again, writes no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rexian.dialogue.queries.reading import contact_to_read
from rexian.journal.services import record
from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.speech import events, models
from rexian.speech.adapters.sealed_files import SealedSound
from rexian.speech.domain.opening import GRANTED, GrantOver, checked_reason
from rexian.speech.domain.recordings import no_recording, removed_recording
from rexian.speech.domain.rights import LISTEN
from rexian.speech.queries.recordings import may_listen
from rexian.speech.services.vault import opened


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to listen to a recording until an instant; ``masked`` is heard without its numbers."""

    id: int
    recording: int
    masked: bool
    until_at: datetime


@transaction.atomic
def grant_listening(
    recording_id: int,
    *,
    reason: str,
    note: str = "",
    masked: bool = False,
    actor: Actor,
    at: datetime,
) -> Grant:
    """Let somebody listen to a recording for half an hour, and journal who it is and why.

    Asked again meanwhile for the same reason, it is the same leave. Raises ``NotFound`` for a
    contact that they may not read, ``RightMissing``, ``NoReason``, ``RecordingRemoved``.
    """
    row = models.Recording.objects.select_for_update().filter(pk=recording_id).first()
    if row is None:
        raise no_recording(recording_id)
    contact = contact_to_read(row.contact_id, actor=actor)
    if not may_listen(contact, actor):
        raise RightMissing(mark("Your roles do not give you the right to do this."), right=LISTEN)
    why, words = checked_reason(reason, note)
    if row.data_key is None:
        raise removed_recording(recording_id)
    opened(row)  # a key that is missing is told of now, and nobody is said to have listened
    same = row.listenings.filter(
        listener=actor.code, reason=why.value, note=words, masked=masked, until_at__gt=at
    )
    given = same.order_by("-pk").first()
    if given is None:
        given = row.listenings.create(
            listener=actor.code,
            reason=why.value,
            note=words,
            masked=masked,
            opened_at=at,
            until_at=at + GRANTED,
        )
        told = events.RecordingOpened(
            subject_id=row.pk,
            organisation=row.organisation_id,
            contact=row.contact_id,
            reason=why.value,
            grant=given.pk,
            masked=masked,
        )
        record(told, actor=actor, at=at)
    return Grant(given.pk, row.pk, masked, given.until_at)


@dataclass(frozen=True, slots=True)
class Listened:
    """A recording as it is played under a leave: ``size`` bytes, any piece of them."""

    recording: int
    contact: int
    name: str
    digest: str
    size: int
    masked: bool
    sound: SealedSound

    def pieces(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Yield the bytes as they came in, from ``start`` to before ``stop``."""
        return self.sound.pieces(start, stop)


def listen_under(grant_id: int, *, actor: Actor, at: datetime) -> Listened:
    """Return the recording of a leave that is the actor's and not over.

    Raises ``NotFound`` for another's leave, ``GrantOver``, ``RecordingRemoved``, ``KeyMissing``.
    Whether they still may is asked each time.
    """
    grants = models.Listening.objects.select_related("recording")
    given = grants.filter(pk=grant_id, listener=actor.code).first()
    if given is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"listening:{grant_id}")
    row = given.recording
    contact = contact_to_read(row.contact_id, actor=actor)
    if given.until_at <= at or not may_listen(contact, actor):
        raise GrantOver(mark("Open the recording again, and say why."), recording=row.pk)
    return Listened(
        row.pk, row.contact_id, row.name, row.digest, row.size, given.masked, opened(row)
    )

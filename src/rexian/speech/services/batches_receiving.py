"""Take in recordings that somebody sends together, from a browser or from a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Protocol
from uuid import uuid4

from django.db import IntegrityError, transaction

from rexian.clockwork.services import enqueue_job
from rexian.contacts.queries import hotline as hotline_of
from rexian.dialogue.domain.batches import file_names, storable
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.language import mark
from rexian.speech import models
from rexian.speech.adapters import batch_folder, server_folders
from rexian.speech.domain.batches import (
    LONGEST_TITLE,
    MOST_UPLOADS,
    BatchState,
    WrongRecordings,
    channels_named,
    title_of,
)
from rexian.speech.domain.rights import SEND
from rexian.speech.events import BatchSent
from rexian.standard.queries.published import version

TAKE_IN = "speech.take_in"
_LONGEST_NAME = 200


class SentFile(Protocol):
    """A file that somebody sends in; whatever it is called, its name is only shown."""

    @property
    def name(self) -> str | None:
        """The name that it had where it came from."""

    def chunks(self) -> Iterator[bytes]:
        """Yield its content piece by piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRecordings:
    """What is sent in: ``uploads``, or the folder ``place`` of the server, and what is known of it.

    Among them may be a table with the facts of each recording. ``channels`` names who speaks on
    which (``domain.batches.CHANNELS``); ``version_id`` judges all of them, ``None`` leaves it to
    the hotline; ``sent_as`` is the sender's own name for this sending.
    """

    hotline: int
    uploads: Sequence[SentFile] = ()
    place: str = ""
    channels: str = "facts"
    version_id: int | None = None
    sent_as: str = ""


def receive_recordings(sent: SentRecordings, *, actor: Actor, at: datetime) -> int:
    """Keep recordings until a worker has taken them in; return the id of their batch.

    What the same actor has ``sent_as`` the same before is not taken again: its batch is returned.
    Raises ``WrongRecordings``, and ``NotFound`` for a hotline or a version of somebody else's.
    """
    authorise(actor, SEND)
    hotline = hotline_of(sent.hotline, actor=actor)
    if (earlier := _sent_before(actor, sent.sent_as)) is not None:
        return earlier
    channels_named(sent.channels)
    if sent.version_id is not None:
        chosen = version(actor, sent.version_id, on=at.date())
        belongs(actor, chosen.organisation_id, code=str(sent.version_id))
    batch = models.RecordingBatch(
        organisation_id=hotline.organisation,
        hotline_id=hotline.id,
        version_id=sent.version_id,
        channels=sent.channels,
        sent_as=sent.sent_as or None,
        state=BatchState.TAKING_IN,
        sent_by=actor.code,
        sent_at=at,
    )
    if sent.place:
        _point_at(batch, sent)
        _keep(batch, files=0, actor=actor, at=at)
        return batch.id
    return _store_and_keep(batch, sent, actor, at)


def _point_at(batch: models.RecordingBatch, sent: SentRecordings) -> None:
    """Have a batch read a folder of the server."""
    if sent.uploads:
        raise WrongRecordings(
            mark("Choose files or a folder of the server, not both."), field="place"
        )
    place = server_folders.require_allowed(sent.place)
    batch.place = str(place)
    batch.title = storable(place.name, LONGEST_TITLE)


def _store_and_keep(
    batch: models.RecordingBatch, sent: SentRecordings, actor: Actor, at: datetime
) -> int:
    """Write uploaded files to the disk, and then say so; nothing stays where that fails."""
    if not sent.uploads:
        raise WrongRecordings(mark("Choose at least one recording."), field="uploads")
    if len(sent.uploads) > MOST_UPLOADS:
        raise WrongRecordings(
            mark("More than {count} files at once: send them in parts."),
            count=MOST_UPLOADS,
            field="uploads",
        )
    names = file_names(one.name or "" for one in sent.uploads)
    batch.folder = uuid4().hex
    batch.title = storable(title_of(names), LONGEST_TITLE)
    try:
        room = batch_folder.room()
        for name, upload in zip(names, sent.uploads, strict=True):
            room -= batch_folder.store(batch.folder, name, upload.chunks(), room=room)
        _keep(batch, files=len(sent.uploads), actor=actor, at=at)
    except BaseException as error:
        batch_folder.remove(batch.folder)
        earlier = _sent_before(actor, sent.sent_as) if isinstance(error, IntegrityError) else None
        if earlier is None:
            raise
        return earlier
    return batch.id


@transaction.atomic
def _keep(batch: models.RecordingBatch, *, files: int, actor: Actor, at: datetime) -> None:
    batch.save(force_insert=True)
    enqueue_taking_in(batch, at=at)
    sent = BatchSent(subject_id=batch.id, organisation=batch.organisation_id, files=files)
    record(sent, actor=actor, at=at)


def enqueue_taking_in(batch: models.RecordingBatch, *, at: datetime) -> None:
    """Have a worker take a batch in, within the transaction that makes it wait."""
    batch.job = enqueue_job(
        TAKE_IN,
        subject=f"{BatchSent.noun}:{batch.id}",
        data={"batch": batch.id},
        organisation=batch.organisation_id,
        at=at,
    )
    models.RecordingBatch.objects.filter(pk=batch.id).update(job=batch.job)


def name_of(path: PurePath, place: PurePath) -> str:
    """Return what a recording is called in its batch: its path below the folder."""
    inner = path.relative_to(place) if path.is_relative_to(place) else path
    return storable(str(inner), _LONGEST_NAME)


def _sent_before(actor: Actor, sent_as: str) -> int | None:
    """Return the batch that this actor has sent as the same; a second click sends nothing new."""
    sent = models.RecordingBatch.objects.filter(sent_by=actor.code, sent_as=sent_as or None)
    return sent.values_list("id", flat=True).first() if sent_as else None

"""Take in conversations that somebody uploads, and have them inspected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from rexian.clockwork.services import enqueue_job
from rexian.dialogue import events, models
from rexian.dialogue.adapters import upload_folder
from rexian.dialogue.adapters.upload_folder import StoredFile
from rexian.dialogue.domain.batches import (
    LONGEST_NAME,
    BatchState,
    NoStandard,
    WrongUpload,
    file_names,
    storable,
)
from rexian.dialogue.domain.rights import INSPECT
from rexian.dialogue.domain.speakers import speakers_with
from rexian.dialogue.ports import Upload
from rexian.dialogue.queries.doubting import doubted_in_version
from rexian.dialogue.services.inspecting import FALLBACK
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.language import mark
from rexian.standard.queries.published import VersionLine, standards_in_force, version

JOB = "dialogue.inspect_batch"
MOST_FILES = 200


def receive_conversations(
    organisation_id: int,
    *,
    uploads: Sequence[Upload],
    roles: Mapping[str, str],
    version_id: int | None,
    today: date,
    sent_as: str = "",
    actor: Actor,
    at: datetime,
) -> int:
    """Keep files of conversations and have them inspected by a worker; return the batch's id.

    ``version_id`` judges all of them; without one, each is judged by the standard that its record
    asks for, in the version in force on ``today``. ``roles`` says which side a name is. The files
    are safe on the disk before anything is said of them. What the same actor has ``sent_as`` the
    same before is not taken again: its batch is returned. Raises ``WrongUpload``, ``NoStandard``,
    and ``Invalid`` for a role that is none.
    """
    authorise(actor, INSPECT)
    belongs(actor, organisation_id, code=str(organisation_id))
    if (earlier := _sent_before(actor, sent_as)) is not None:
        return earlier
    speakers_with(tuple(sorted(roles.items())))
    judges = _judges(organisation_id, version_id, today, actor)
    names = file_names(one.name or "" for one in uploads)
    _refuse_number(names)
    folder = uuid4().hex
    try:
        stored = _store(folder, names, uploads)
        batch = models.Batch(
            organisation_id=organisation_id,
            title=storable(_title(names), LONGEST_NAME),
            folder=folder,
            roles=sorted(roles.items()),
            by_record=version_id is None,
            sent_as=sent_as or None,
            state=BatchState.WAITING,
            uploaded_by=actor.code,
            uploaded_at=at,
        )
        _keep(batch, list(zip(names, stored, strict=True)), judges, actor, at)
    except BaseException as error:
        upload_folder.remove(folder)
        earlier = _sent_before(actor, sent_as) if isinstance(error, IntegrityError) else None
        if earlier is None:
            raise
        return earlier
    return batch.id


def _sent_before(actor: Actor, sent_as: str) -> int | None:
    """Return the batch that this actor has sent as the same; a second click sends nothing new."""
    sent = models.Batch.objects.filter(uploaded_by=actor.code, sent_as=sent_as or None)
    return sent.values_list("id", flat=True).first() if sent_as else None


def enqueue(batch: models.Batch, *, at: datetime) -> None:
    """Have a worker inspect a batch, within the transaction that makes it wait."""
    batch.job = enqueue_job(
        JOB,
        subject=f"{events.BatchUploaded.noun}:{batch.id}",
        data={"batch": batch.id},
        organisation=batch.organisation_id,
        at=at,
    )
    models.Batch.objects.filter(pk=batch.id).update(job=batch.job)


def _judges(
    organisation_id: int, version_id: int | None, today: date, actor: Actor
) -> list[VersionLine]:
    """Return the versions that may judge, the one to fall back on first."""
    if version_id is not None:
        chosen = version(actor, version_id, on=today)
        belongs(actor, chosen.organisation_id, code=str(version_id))
        return [chosen]
    ruling = standards_in_force(organisation_id, today)
    if not ruling:
        raise NoStandard(mark("No standard is in force: publish one first."))
    first = ruling.get(FALLBACK) or next(iter(ruling.values()))
    return [first, *(one for one in ruling.values() if one is not first)]


def _refuse_number(names: Sequence[str]) -> None:
    if not names:
        raise WrongUpload(mark("Choose at least one file with conversations."))
    if len(names) > MOST_FILES:
        raise WrongUpload(
            mark("More than {count} files at once: send them in parts."), count=MOST_FILES
        )


def _store(folder: str, names: Iterable[str], uploads: Iterable[Upload]) -> list[StoredFile]:
    room, stored = upload_folder.room(), []
    for name, upload in zip(names, uploads, strict=True):
        file = upload_folder.store(folder, name, upload.chunks(), room=room)
        room -= file.size
        stored.append(file)
    return stored


@transaction.atomic
def _keep(
    batch: models.Batch,
    files: Sequence[tuple[str, StoredFile]],
    judges: Sequence[VersionLine],
    actor: Actor,
    at: datetime,
) -> None:
    batch.save(force_insert=True)
    models.BatchFile.objects.bulk_create(
        models.BatchFile(
            batch=batch,
            place=place,
            name=storable(name, 150),
            stored=file.stored,
            size=file.size,
            digest=file.digest,
        )
        for place, (name, file) in enumerate(files)
    )
    models.BatchStandard.objects.bulk_create(
        models.BatchStandard(
            batch=batch,
            place=place,
            name=one.name,
            version_id=one.id,
            doubted=sorted(doubted_in_version(batch.organisation_id, one.id, name=one.name)),
        )
        for place, one in enumerate(judges)
    )
    enqueue(batch, at=at)
    uploaded = events.BatchUploaded(
        subject_id=batch.id, organisation=batch.organisation_id, files=len(files)
    )
    record(uploaded, actor=actor, at=at)


def _title(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"

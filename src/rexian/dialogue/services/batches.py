"""Stop, continue and delete batches of conversations."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from rexian.dialogue import events, models
from rexian.dialogue.adapters import upload_folder
from rexian.dialogue.domain.batches import (
    UNFINISHED,
    BatchState,
    IllegalBatchMove,
    require_move,
)
from rexian.dialogue.domain.rights import INSPECT
from rexian.dialogue.services.receiving import enqueue
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark

_AT_ONCE = 200
_STILL_COMING = timedelta(days=1)


@transaction.atomic
def cancel_batch(batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Stop the inspection of a batch; what has been inspected stays."""
    authorise(actor, INSPECT)
    batch = _one_of(batch_id, actor)
    _move(batch, BatchState.CANCELLED, finished_at=at)
    cancelled = events.BatchCancelled(subject_id=batch.id, organisation=batch.organisation_id)
    record(cancelled, actor=actor, at=at)


@transaction.atomic
def continue_batch(batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Let the inspection of a batch that was stopped go on where it stood."""
    authorise(actor, INSPECT)
    batch = _one_of(batch_id, actor)
    _move(batch, BatchState.WAITING, finished_at=None)
    enqueue(batch, at=at)
    continued = events.BatchContinued(subject_id=batch.id, organisation=batch.organisation_id)
    record(continued, actor=actor, at=at)


@transaction.atomic
def delete_batch(batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Delete a batch: at once nobody sees it; a reaction removes its conversations and files."""
    authorise(actor, INSPECT)
    batch = _one_of(batch_id, actor)
    rows = models.Batch.objects.filter(pk=batch.id, deleted_at=None)
    if not rows.update(deleted_at=at):
        raise IllegalBatchMove(mark("Somebody else has deleted this inspection meanwhile."))
    rows = models.Batch.objects.filter(pk=batch.id, state__in=UNFINISHED)
    rows.update(state=BatchState.CANCELLED, finished_at=at)
    deleted = events.BatchDeleted(subject_id=batch.id, organisation=batch.organisation_id)
    record(deleted, actor=actor, at=at)


def clear_batch(batch_id: int) -> None:
    """Remove what a deleted batch has left behind; may be done twice, and after a half.

    Conversations go some at a time, so that no transaction grows long; the batch itself goes last.
    """
    batch = models.Batch.objects.filter(pk=batch_id, deleted_at__isnull=False).first()
    if batch is None:
        return
    for rows in (models.InspectedRow.objects, models.UnreadableRow.objects):
        while found := list(rows.filter(batch=batch).values_list("id", flat=True)[:_AT_ONCE]):
            rows.filter(pk__in=found).delete()
    models.ReplayedConversation.objects.filter(
        replay__organisation=batch.organisation_id, batch=batch.pk
    ).delete()
    upload_folder.remove(batch.folder)
    batch.delete()


def sweep_folders(*, at: datetime) -> int:
    """Remove folders of files that belong to no batch, and return how many those were.

    A process that dies between writing files and telling of them leaves such; what is younger than
    a day may still be told of.
    """
    swept = 0
    for folder in upload_folder.settled(at - _STILL_COMING):
        if not models.Batch.objects.filter(folder=folder).exists():
            upload_folder.remove(folder)
            swept += 1
    return swept


def _one_of(batch_id: int, actor: Actor) -> models.Batch:
    found = models.Batch.objects.filter(pk=batch_id, deleted_at=None).first()
    belongs(actor, found.organisation_id if found else -1, code=f"inspection-batch:{batch_id}")
    if found is None:
        raise NotFound(mark("There is no such inspection."), batch=batch_id)
    return found


def _move(batch: models.Batch, then: BatchState, *, finished_at: datetime | None) -> None:
    require_move(BatchState(batch.state), then)
    rows = models.Batch.objects.filter(pk=batch.id, state=batch.state, deleted_at=None)
    if not rows.update(state=then, finished_at=finished_at):
        raise IllegalBatchMove(
            mark("The inspection has moved on meanwhile; look at it again."),
            now=batch.state,
            then=then,
        )

"""Start, stop, continue and delete batches of recordings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from rexian.clockwork.domain.work import Priority
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import Invalid, NotFound
from rexian.kernel.language import mark
from rexian.speech import events, models
from rexian.speech.adapters import batch_folder
from rexian.speech.domain.batch_windows import Window
from rexian.speech.domain.batches import (
    BatchState,
    IllegalBatchMove,
    Wants,
    require_move,
)
from rexian.speech.domain.rights import SEND
from rexian.speech.services.batches_receiving import enqueue_taking_in
from rexian.speech.services.overnight_orders import order_batch_later

_STILL_COMING = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a batch is to be heard: with words or without, how soon, and between which hours."""

    wants: Wants = Wants.WORDS
    priority: Priority = Priority.NORMAL
    not_before: datetime | None = None
    window: Window = field(default_factory=Window)


@transaction.atomic
def start_batch(batch_id: int, *, order: Order, actor: Actor, at: datetime) -> None:
    """Have the recordings of a batch heard that is taken in; what it costs has been told before."""
    authorise(actor, SEND)
    batch = _one_of(batch_id, actor)
    if (order.window.opens is None) is not (order.window.closes is None):
        raise Invalid(mark("Say both hours, or neither."), field="closes")
    begins_at = max(order.not_before or at, at)
    _move(
        batch,
        BatchState.HEARING,
        wants=order.wants.value,
        priority=order.priority.value,
        not_before=order.not_before,
        opens=order.window.opens,
        closes=order.window.closes,
        started_by=actor.code,
        started_at=at,
        round=F("round") + 1,
    )
    order_batch_later(batch_id, at=at)
    started = events.BatchStarted(
        subject_id=batch.id,
        organisation=batch.organisation_id,
        begins_at=begins_at.isoformat(),
        priority=order.priority.name.lower(),
        wants=order.wants.value,
    )
    record(started, actor=actor, at=at)


@transaction.atomic
def stop_batch(batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Stop a batch that is taken in or heard; what has been heard stays."""
    authorise(actor, SEND)
    batch = _one_of(batch_id, actor)
    _move(batch, BatchState.STOPPED, finished_at=at)
    stopped = events.BatchStopped(subject_id=batch.id, organisation=batch.organisation_id)
    record(stopped, actor=actor, at=at)


@transaction.atomic
def continue_batch(batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Let a batch that was stopped go on where it stood."""
    authorise(actor, SEND)
    batch = _one_of(batch_id, actor)
    if batch.started_at is None:
        _move(batch, BatchState.TAKING_IN, finished_at=None)
        enqueue_taking_in(batch, at=at)
    else:
        _move(batch, BatchState.HEARING, finished_at=None, round=F("round") + 1)
        order_batch_later(batch_id, at=at)
    continued = events.BatchContinued(subject_id=batch.id, organisation=batch.organisation_id)
    record(continued, actor=actor, at=at)


@transaction.atomic
def delete_batch(batch_id: int, *, actor: Actor, at: datetime) -> None:
    """Delete a batch: at once nobody sees it, and nothing of it is heard any more.

    Its calls stay with their contacts, and their recordings for as long as those are kept.
    """
    authorise(actor, SEND)
    batch = _one_of(batch_id, actor)
    rows = models.RecordingBatch.objects.filter(pk=batch.id, deleted_at=None)
    if not rows.update(deleted_at=at):
        raise IllegalBatchMove(mark("Somebody else has deleted these recordings meanwhile."))
    deleted = events.BatchDeleted(subject_id=batch.id, organisation=batch.organisation_id)
    record(deleted, actor=actor, at=at)


def clear_batch(batch_id: int) -> None:
    """Remove what a deleted batch has left behind; may be done twice, and after a half."""
    batch = models.RecordingBatch.objects.filter(pk=batch_id, deleted_at__isnull=False).first()
    if batch is not None:
        batch_folder.remove(batch.folder)
        batch.delete()


def sweep_folders(*, at: datetime) -> int:
    """Remove sent files that belong to no batch that is taken in, and return how many folders.

    A process that dies between writing files and telling of them leaves such; what is younger than
    a day may still be told of.
    """
    swept = 0
    for folder in batch_folder.settled(at - _STILL_COMING):
        rows = models.RecordingBatch.objects.filter(folder=folder, deleted_at=None)
        if not rows.filter(taken_in_at=None).exists():
            batch_folder.remove(folder)
            swept += 1
    return swept


def _one_of(batch_id: int, actor: Actor) -> models.RecordingBatch:
    found = models.RecordingBatch.objects.filter(pk=batch_id, deleted_at=None).first()
    belongs(actor, found.organisation_id if found else -1, code=f"recording-batch:{batch_id}")
    if found is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"recording-batch:{batch_id}")
    return found


def _move(batch: models.RecordingBatch, then: BatchState, **changes: object) -> None:
    require_move(BatchState(batch.state), then)
    rows = models.RecordingBatch.objects.filter(pk=batch.id, state=batch.state, deleted_at=None)
    if not rows.update(state=then, **changes):
        raise IllegalBatchMove(
            mark("The recordings have moved on meanwhile; look at them again."),
            now=batch.state,
            then=then,
        )

"""Order recordings to be heard: each is a job of its own, so that several workers share a batch.

A job is good for a recording only as long as it is the one that is written beside it (``job``):
whatever was ordered before a stop finds that out, and does nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from rexian.clockwork.domain.work import Priority
from rexian.clockwork.services import enqueue_job
from rexian.speech import models
from rexian.speech.domain.batch_windows import Window
from rexian.speech.domain.batches import TO_HEAR, BatchState, CallState, Wants
from rexian.speech.events import BatchSent

ORDER = "speech.order_batch"
READ = "speech.read_call"
LISTEN = "speech.listen_to_call"
AT_ONCE = 200
_JOBS = {Wants.WORDS: READ, Wants.VOICES: LISTEN}


@dataclass(frozen=True, slots=True)
class HearingOrder:
    """How a recording is to be heard, and from when on."""

    organisation: int
    wants: Wants
    priority: Priority
    run_at: datetime


def order_batch_later(batch_id: int, *, at: datetime) -> None:
    """Have a worker order what a batch still has to be heard: there may be many thousands."""
    enqueue_job(
        ORDER,
        subject=f"{BatchSent.noun}:{batch_id}",
        organisation=_organisation_of(batch_id),
        data={"batch": batch_id},
        priority=Priority.HIGH,
        at=at,
    )


def order_batch(batch_id: int, *, at: datetime) -> None:
    """Order all that a started batch has to be heard, some at a time; done again it adds none."""
    while _order_some(batch_id, at):
        pass


def order_hearing(
    recording_id: int,
    *,
    name: str = "",
    wants: Wants = Wants.WORDS,
    priority: Priority = Priority.HIGH,
    run_at: datetime | None = None,
    at: datetime,
) -> int:
    """Order one recording to be heard that came alone, and return the number of its job.

    One that is to be heard already keeps its order.
    """
    row = models.Recording.objects.get(pk=recording_id)
    with transaction.atomic():
        rows = models.Hearing.objects.select_for_update()
        before = rows.filter(recording=row, state__in=TO_HEAR).first()
        if before is not None and before.job is not None:
            return before.job
        hearing = before or models.Hearing.objects.create(
            recording=row,
            contact_id=row.contact_id,
            name=name or row.name,
            state=CallState.WAITING,
            seconds=row.seconds or 0,
        )
        order = HearingOrder(row.organisation_id, wants, priority, run_at or at)
        return give_job(hearing, order, at=at)


def give_job(hearing: models.Hearing, order: HearingOrder, *, at: datetime) -> int:
    """Have a recording heard as it is ordered; what was ordered of it before is void."""
    hearing.job = enqueue_job(
        _JOBS[order.wants],
        subject=f"recording:{hearing.recording_id}",
        organisation=order.organisation,
        data={"hearing": hearing.pk},
        priority=order.priority,
        run_at=order.run_at,
        at=at,
    )
    hearing.state = CallState.WAITING
    hearing.save(update_fields=["job", "state"])
    return hearing.job


def window_of(batch: models.RecordingBatch) -> Window:
    """Return between which hours a batch is heard."""
    return Window(batch.opens, batch.closes)


def begins_at(batch: models.RecordingBatch, at: datetime) -> datetime:
    """Return when something of a batch may be heard next."""
    zone = ZoneInfo(batch.organisation.time_zone)
    return window_of(batch).next_open(max(at, batch.not_before or at), zone)


def order_of(batch: models.RecordingBatch, at: datetime) -> HearingOrder:
    """Return how a recording of a batch is heard next, seen at an instant."""
    return HearingOrder(
        batch.organisation_id, Wants(batch.wants), Priority(batch.priority), begins_at(batch, at)
    )


@transaction.atomic
def _order_some(batch_id: int, at: datetime) -> int:
    """Order some recordings of a batch that this round has not ordered, and return how many."""
    rows = models.RecordingBatch.objects.filter(
        pk=batch_id, state=BatchState.HEARING, deleted_at=None
    )
    batch = rows.select_for_update(of=("self",)).select_related("organisation").first()
    if batch is None:
        return 0
    waiting = models.Hearing.objects.filter(
        batch=batch, state__in=TO_HEAR, round__lt=batch.round
    ).order_by("place")
    some: Sequence[models.Hearing] = list(waiting[:AT_ONCE])
    for one in some:
        give_job(one, order_of(batch, at), at=at)
    models.Hearing.objects.filter(pk__in=[one.pk for one in some]).update(round=batch.round)
    return len(some)


def _organisation_of(batch_id: int) -> int:
    rows = models.RecordingBatch.objects.filter(pk=batch_id)
    return rows.values_list("organisation_id", flat=True).get()

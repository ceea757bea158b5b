"""Write down how the hearing of a recording ended, and with the last one of its batch, the batch.

Whoever settles one locks its batch first: of two workers that settle the last two, one sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from rexian.dialogue.queries.findings import counts_of
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.speech import events, models
from rexian.speech.domain.batches import SPOILT, TO_HEAR, BatchState, CallState

WORKER = Actor.system("overnight")


@dataclass(frozen=True, slots=True)
class Ending:
    """How the hearing of a recording ended; ``sentence`` with its ``values`` says what is wrong."""

    state: CallState
    problem: str = ""
    sentence: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def settle(hearing: models.Hearing, ending: Ending, *, at: datetime) -> bool:
    """End the hearing of a recording, in the caller's transaction; false where it is void."""
    batch = locked(hearing.batch_id)
    rows = models.Hearing.objects.filter(pk=hearing.pk, job=hearing.job, state__in=TO_HEAR)
    if not rows.update(
        state=ending.state,
        problem=ending.problem,
        sentence=ending.sentence,
        values=dict(ending.values),
        heard=F("seconds") if ending.state is CallState.HEARD else F("heard"),
        heard_at=at,
        job=None,
        **_found(hearing),
    ):
        return False
    if batch is not None:
        _advance(batch, at)
    return True


@transaction.atomic
def finish_if_through(batch_id: int, *, at: datetime) -> None:
    """Say that a batch is heard, if nothing of it is left."""
    batch = locked(batch_id)
    if batch is not None:
        _advance(batch, at)


def locked(batch_id: int | None) -> models.RecordingBatch | None:
    """Return the row of a batch, locked until the transaction ends; ``None`` if it is gone."""
    if batch_id is None:
        return None
    return models.RecordingBatch.objects.select_for_update().filter(pk=batch_id).first()


def _advance(batch: models.RecordingBatch, at: datetime) -> None:
    """Tell how far a batch is, and that it is through where it is."""
    counts = models.Hearing.objects.filter(batch=batch).aggregate(
        total=Count("pk"),
        left=Count("pk", filter=Q(state__in=TO_HEAR)),
        spoilt=Count("pk", filter=Q(state__in=SPOILT)),
        heard=Count("pk", filter=Q(state=CallState.HEARD)),
    )
    about = {"subject_id": batch.id, "organisation": batch.organisation_id}
    rows = models.RecordingBatch.objects.filter(pk=batch.id, state=BatchState.HEARING)
    if counts["left"]:
        done = counts["total"] - counts["left"]
        record(events.BatchAdvanced(**about, done=done, total=counts["total"]), actor=WORKER, at=at)
    elif rows.update(state=BatchState.DONE, finished_at=at):
        told = events.BatchHeard(**about, heard=counts["heard"], unreadable=counts["spoilt"])
        record(told, actor=WORKER, at=at)


def _found(hearing: models.Hearing) -> dict[str, Any]:
    """Return what is said of the contact by now, to sort by."""
    if hearing.contact_id is None:
        return {}
    found = counts_of((hearing.contact_id,), actor=WORKER).get(hearing.contact_id)
    if found is None:
        return {}
    return {"score": found.score, "missed": found.missed, "suspect": found.suspect}

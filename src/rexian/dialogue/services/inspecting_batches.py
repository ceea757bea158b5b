"""Inspect a batch that was sent in, chunk by chunk, so that it can be broken off at any moment.

A chunk's rows and the place up to which the batch is done are written in one transaction, and
only where nobody else has moved it: whoever takes the work up again goes on from there, and the
outcome is that of a run that nothing had disturbed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import PurePath

from django.db import transaction
from django.db.models import F

from rexian.dialogue import events, models
from rexian.dialogue.adapters import formats, upload_folder
from rexian.dialogue.adapters.found import Found
from rexian.dialogue.domain.batches import BatchState
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.honesty import doubting
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.unreadable import Reason, Unreadable
from rexian.dialogue.services.chunks import MACHINE, Judged, write_chunk
from rexian.journal.services import record
from rexian.standard.domain import Standard, inspect
from rexian.standard.queries.published import load_version

CHUNK = 50

_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Judge:
    """A version that may judge conversations, ready to do so; misses of ``doubted`` are none."""

    version_id: int
    standard: Standard
    doubted: frozenset[str]


def inspect_kept_batch(batch_id: int, *, clock: Clock, progress: Progress) -> None:
    """Inspect what is left of a batch; nothing happens where it is done, stopped or deleted.

    ``progress`` is told after each chunk how many records are done, and of how many.
    """
    batch = _begin(batch_id, clock())
    if batch is None:
        return
    total = batch.total or 0
    records = _judged(batch, _judges(batch))
    while chunk := list(islice(records, CHUNK)):
        if not write_chunk(batch, chunk, at=clock()):
            return
        progress(batch.position, total)
    _finish(batch, clock())


def _begin(batch_id: int, at: datetime) -> models.Batch | None:
    """Return a batch that is to be inspected, once it is counted and said to be under way."""
    batch = models.Batch.objects.filter(pk=batch_id, deleted_at=None).first()
    if batch is None or batch.state == BatchState.RUNNING:
        return batch
    if batch.state != BatchState.WAITING:
        return None
    total = sum(1 for _ in _records(batch))
    with transaction.atomic():
        waiting = models.Batch.objects.filter(pk=batch_id, state=BatchState.WAITING)
        if not waiting.update(
            state=BatchState.RUNNING, started_at=batch.started_at or at, total=total
        ):
            return None
        started = events.BatchStarted(
            subject_id=batch.id, organisation=batch.organisation_id, total=total
        )
        record(started, actor=MACHINE, at=at)
    batch.state, batch.total = BatchState.RUNNING, total
    return batch


def _judges(batch: models.Batch) -> Mapping[str, Judge]:
    """Return by name the versions chosen when the batch was sent in, the fallback first."""
    rows = batch.standards.order_by("place").values_list("name", "version_id", "doubted")
    return {
        name: Judge(version_id, load_version(version_id), frozenset(doubted))
        for name, version_id, doubted in rows
    }


def _records(batch: models.Batch) -> Iterator[Found | Unreadable]:
    """Yield the records of all files of a batch, unread, under the names that they came with."""
    place = upload_folder.place_of(batch.folder)
    roles = tuple((name, role) for name, role in batch.roles)
    for name, stored in batch.files.order_by("place").values_list("name", "stored"):
        path = PurePath(name)
        with (place / stored).open("rb") as stream:
            yield from formats.read(stream, name, path.stem, roles, ending=path.suffix)


def _judged(batch: models.Batch, judges: Mapping[str, Judge]) -> Iterator[Judged]:
    """Yield what becomes of each record that is not done yet.

    Those that are done are read once more, since an id may come only once in a batch.
    """
    seen: set[str] = set()
    done = batch.position
    for position, found in enumerate(_records(batch)):
        one = found.read() if isinstance(found, Found) else found
        if isinstance(one, Conversation):
            if one.id in seen:
                one = Unreadable(one.source, one.line, Reason.DUPLICATE, {"id": one.id})
            else:
                seen.add(one.id)
        if position >= done:
            yield _judge(position, one, judges, by_record=batch.by_record)


def _judge(
    position: int,
    one: Conversation | Unreadable,
    judges: Mapping[str, Judge],
    *,
    by_record: bool,
) -> Judged:
    if isinstance(one, Unreadable):
        return Judged(position, one)
    asked = one.standard if by_record else None
    judge = judges.get(asked or "") or next(iter(judges.values()))
    missing = asked if asked and asked not in judges else None
    try:
        found = inspect(judge.standard, one.facts, one.events())
        inspection = doubting(found, judge.standard, judge.doubted)
    except Exception:  # noqa: BLE001 - a bug spoils one conversation, not the batch; it is logged
        _log.exception("Record %d of a batch cannot be inspected.", position)
        return Judged(position, Unreadable(one.source, one.line, Reason.NOT_INSPECTED))
    return Judged(position, InspectedConversation(one, inspection, missing), judge.version_id)


def _finish(batch: models.Batch, at: datetime) -> None:
    """Say that a batch is inspected, if it is still ours and all of it is done."""
    with transaction.atomic():
        ours = models.Batch.objects.filter(
            pk=batch.id, state=BatchState.RUNNING, position=F("total")
        )
        if ours.update(state=BatchState.DONE, finished_at=at):
            inspected = events.BatchInspected(
                subject_id=batch.id,
                organisation=batch.organisation_id,
                conversations=batch.conversations,
                unreadable=batch.unreadable,
            )
            record(inspected, actor=MACHINE, at=at)

"""Take in what was sent: each recording is looked at, sealed, and given to a contact of its own.

What was taken in is written down one by one, so that whoever was killed on the way is gone on
from there; a file that is no recording stops nothing, and is told of in a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Q, Sum

from rexian.dialogue.domain.batches import storable
from rexian.journal.services import record
from rexian.kernel.authority import EVERYWHERE, Actor
from rexian.kernel.errors import Invalid, RexianError
from rexian.speech import models
from rexian.speech.adapters import batch_folder, server_folders
from rexian.speech.adapters.decoding import SpeechIsNotInstalled, open_sound
from rexian.speech.domain.batches import (
    SPOILT,
    TO_HEAR,
    BatchState,
    CallState,
    channels_named,
)
from rexian.speech.domain.recordings import RecordingState, Sending
from rexian.speech.domain.rights import SEND
from rexian.speech.domain.unreadable_sound import Fault, Unreadable, UnreadableSound
from rexian.speech.events import BatchTakenIn
from rexian.speech.services.batches_receiving import name_of
from rexian.speech.services.finding import FoundCall, find_calls
from rexian.speech.services.overnight_settling import WORKER, locked
from rexian.speech.services.receiving import Received, receive_call

_PIECE = 1 << 20
_MOST_REMARKS = 5

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


def take_in_batch(batch_id: int, *, clock: Clock, progress: Progress) -> None:
    """Take in what is left of a batch; nothing happens where that is done, stopped or deleted.

    ``progress`` is told how many recordings are taken in; nobody knows of how many.
    """
    batch = _to_take_in(batch_id)
    if batch is None:
        return
    place = _place_of(batch)
    done = models.Hearing.objects.filter(batch=batch).count()
    for number, found in enumerate(_found(batch, place)):
        if number >= done:
            _take(batch, number, found, place, clock())
            progress(number + 1, 0)
            if _to_take_in(batch_id) is None:
                return
    if _finish(batch_id, clock()):
        batch_folder.remove(batch.folder)


def _to_take_in(batch_id: int) -> models.RecordingBatch | None:
    rows = models.RecordingBatch.objects.filter(pk=batch_id, deleted_at=None)
    return rows.filter(state=BatchState.TAKING_IN).first()


def _place_of(batch: models.RecordingBatch) -> Path:
    return Path(batch.place) if batch.place else batch_folder.place_of(batch.folder)


def _found(batch: models.RecordingBatch, place: Path) -> Iterator[FoundCall | Unreadable]:
    """Yield the recordings of a batch in an order that is always the same."""
    yield from find_calls([place], channels=channels_named(batch.channels) or None)


def _take(
    batch: models.RecordingBatch,
    number: int,
    found: FoundCall | Unreadable,
    place: Path,
    at: datetime,
) -> None:
    """Write down what became of one file: a recording that is to be heard, or why it cannot be."""
    name = name_of(Path(found.source), place)
    if isinstance(found, Unreadable):
        where = f"{name}:{found.line}" if found.line else name
        _write_problem(batch, number, where, UnreadableSound(found.reason, **found.values))
        return
    try:
        if not server_folders.is_inside(found.path, place):
            raise UnreadableSound(Fault.NO_SUCH_FILE)
        seconds = _seconds_of(found.path)
        received = _received(batch, number, name, found, at)
    except OSError as error:
        problem = UnreadableSound(Fault.CANNOT_OPEN, problem=error.strerror or "?")
        _write_problem(batch, number, name, problem)
    except SpeechIsNotInstalled:
        raise
    except Invalid as error:
        _write_problem(batch, number, name, error)
    else:
        _write_call(batch, number, found, received, (name, seconds))


def _seconds_of(path: Path) -> float:
    """Return how long a recording sounds: as its header has it, else as it is decoded."""
    with open_sound(path) as sound:
        if sound.format.duration:
            return sound.format.duration
        for _ in sound.blocks(seconds=10.0):
            pass
        return sound.decoded.duration


def _received(
    batch: models.RecordingBatch, number: int, name: str, found: FoundCall, at: datetime
) -> Received:
    """Seal a recording, as whoever sent it; one that was sealed before is the same."""
    sender = Actor(batch.sent_by, batch.organisation_id, None, {SEND: frozenset({EVERYWHERE})})
    with found.path.open("rb") as file:
        return receive_call(
            batch.hotline_id,
            facts=found.facts,
            sending=Sending(
                name=name,
                sent_as=f"batch-{batch.pk}-{number}",
                roles=found.facts.roles,
                standard=batch.version_id,
            ),
            pieces=iter(lambda: file.read(_PIECE), b""),
            actor=sender,
            at=at,
        )


def _write_call(
    batch: models.RecordingBatch,
    number: int,
    found: FoundCall,
    received: Received,
    about: tuple[str, float],
) -> None:
    """Write down a recording of a batch; one that is heard already, or will be, is known."""
    with transaction.atomic():
        row = models.Recording.objects.select_for_update().get(pk=received.recording)
        ordered = models.Hearing.objects.filter(recording=row, state__in=TO_HEAR)
        is_known = row.state != RecordingState.KEPT.value or ordered.exists()
        models.Hearing.objects.create(
            batch=batch,
            place=number,
            name=about[0],
            recording=row,
            contact_id=received.contact,
            agent=storable(found.facts.agent, 80),
            state=CallState.KNOWN if is_known else CallState.WAITING,
            seconds=about[1],
            remarks=[
                [one.oddity.value, {key: str(value) for key, value in one.values.items()}]
                for one in found.remarks[:_MOST_REMARKS]
            ],
        )


def _write_problem(
    batch: models.RecordingBatch, number: int, name: str, error: RexianError
) -> None:
    fault = error.fault if isinstance(error, UnreadableSound) else None
    models.Hearing.objects.create(
        batch=batch,
        place=number,
        name=name,
        state=CallState.UNREADABLE,
        problem=fault.code if fault else error.code,
        sentence=error.template[:500],
        values={key: str(value) for key, value in error.details.items()},
    )


@transaction.atomic
def _finish(batch_id: int, at: datetime) -> bool:
    """Say that a batch is taken in; where nothing of it is to be heard, it is done."""
    batch = locked(batch_id)
    counts = models.Hearing.objects.filter(batch=batch_id).aggregate(
        calls=Count("pk", filter=Q(state__in=TO_HEAR)),
        seconds=Sum("seconds", filter=Q(state__in=TO_HEAR), default=0.0),
        unreadable=Count("pk", filter=Q(state__in=SPOILT)),
    )
    then = BatchState.READY if counts["calls"] else BatchState.DONE
    ended = {} if counts["calls"] else {"finished_at": at}
    rows = models.RecordingBatch.objects.filter(
        pk=batch_id, state=BatchState.TAKING_IN, deleted_at=None
    )
    if batch is None or not rows.update(state=then, taken_in_at=at, folder="", **ended):
        return False
    taken = BatchTakenIn(
        subject_id=batch.pk,
        organisation=batch.organisation_id,
        calls=counts["calls"],
        seconds=round(counts["seconds"]),
        unreadable=counts["unreadable"],
    )
    record(taken, actor=WORKER, at=at)
    return True

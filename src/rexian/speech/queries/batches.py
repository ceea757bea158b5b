"""Read batches of recordings: how far they are, what they cost, what their calls are like."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from rexian.clockwork.domain.work import Priority
from rexian.clockwork.queries import parked_among
from rexian.dialogue.domain.rights import READ
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.speech import models
from rexian.speech.adapters.engine_settings import can_listen, configured
from rexian.speech.adapters.server_folders import offered
from rexian.speech.domain.batches import (
    SPOILT,
    TO_HEAR,
    UNFINISHED,
    BatchState,
    CallState,
    Wants,
)
from rexian.speech.domain.costs import (
    ASSUMED_LISTENING,
    ASSUMED_READING,
    Cost,
    Left,
    Pace,
    cost_of,
    label_of,
    left,
)

_MOST_JOBS = 500
__all__ = [
    "ORDERS",
    "BatchCall",
    "CallWanted",
    "Counts",
    "RecordingBatchLine",
    "RecordingBatchShown",
    "batch_agents",
    "batch_calls",
    "can_listen",
    "open_folders",
    "reads_somewhere",
    "recording_batch",
    "recording_batches",
]

ORDERS = ("place", "name", "agent", "seconds", "score", "missed", "suspect")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many recordings of a batch stand where, and how many seconds they sound."""

    total: int = 0
    heard: int = 0
    known: int = 0
    spoilt: int = 0
    hearing: int = 0
    left: int = 0
    with_misses: int = 0
    with_suspicions: int = 0
    seconds: float = 0.0
    seconds_done: float = 0.0

    @property
    def calls(self) -> int:
        """How many can be heard at all."""
        return self.heard + self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingBatchLine:
    """A batch as a list shows it."""

    id: int
    title: str
    state: BatchState
    sent_by: str
    sent_at: datetime
    counts: Counts

    @property
    def is_unfinished(self) -> bool:
        """Tell whether a worker still has to do something."""
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingBatchShown:
    """A batch with what it is asked to be, what it costs, and what of it is left.

    ``costs`` are by what is wanted, ``reader`` the engine that would read. ``parked`` recordings
    have failed for good, until an administrator lets them go on.
    """

    line: RecordingBatchLine
    organisation: int
    hotline: int
    version: int | None
    place: str
    channels: str
    wants: Wants | None
    priority: Priority
    not_before: datetime | None
    opens: time | None
    closes: time | None
    taken_in_at: datetime | None
    started_by: str
    started_at: datetime | None
    finished_at: datetime | None
    costs: Mapping[Wants, Cost]
    left: Left | None
    reader: str
    parked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWanted:
    """Which recordings of a batch, and in which order: nothing given wants all of them."""

    states: Collection[CallState] = ()
    found: str = ""
    agent: str = ""
    name: str = ""
    order: str = "place"
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCall:
    """A recording of a batch as its list shows it; ``sentence`` says why it cannot be heard."""

    id: int
    name: str
    agent: str
    contact: int | None
    state: CallState
    seconds: float
    heard: float
    score: float | None
    missed: int
    suspect: int
    sentence: str
    values: Mapping[str, Any]
    remarks: Sequence[tuple[str, Mapping[str, Any]]]


def recording_batches(
    actor: Actor, *, offset: int, size: int
) -> tuple[tuple[RecordingBatchLine, ...], int]:
    """Return some batches of the actor's organisation, the latest first, and how many there are."""
    authorise(actor, READ)
    rows = _present().filter(organisation=actor.organisation).order_by("-id")
    some = list(rows[offset : offset + size])
    counts = _counts([one.pk for one in some])
    return tuple(_line(one, counts.get(one.pk, Counts())) for one in some), rows.count()


def recording_batch(actor: Actor, batch_id: int) -> RecordingBatchShown:
    """Return a batch of the actor's organisation; raise ``NotFound``."""
    row = _row(actor, batch_id)
    counts = _counts([batch_id]).get(batch_id, Counts())
    reader = reads_somewhere()
    jobs = models.Hearing.objects.filter(batch=row, state__in=TO_HEAR, job__isnull=False)
    numbers = [one for one in (row.job, *jobs.values_list("job", flat=True)[:_MOST_JOBS]) if one]
    is_open = row.state in UNFINISHED
    return RecordingBatchShown(
        line=_line(row, counts),
        organisation=row.organisation_id,
        hotline=row.hotline_id,
        version=row.version_id,
        place=row.place,
        channels=row.channels,
        wants=Wants(row.wants) if row.wants else None,
        priority=Priority(row.priority),
        not_before=row.not_before,
        opens=row.opens,
        closes=row.closes,
        taken_in_at=row.taken_in_at,
        started_by=row.started_by,
        started_at=row.started_at,
        finished_at=row.finished_at,
        costs=_costs(counts.seconds - counts.seconds_done, reader),
        left=_left(row, counts, reader) if row.state == BatchState.HEARING else None,
        reader=reader,
        parked=parked_among(numbers) if is_open else 0,
    )


def batch_calls(
    actor: Actor, batch_id: int, *, wanted: CallWanted, offset: int, size: int
) -> tuple[tuple[BatchCall, ...], int]:
    """Return some recordings of a batch, and how many fit what is wanted."""
    rows = _calls(_row(actor, batch_id), wanted)
    order = wanted.order if wanted.order in ORDERS else "place"
    by = F(order).desc(nulls_last=True) if wanted.descending else F(order).asc(nulls_last=True)
    some = rows.order_by(by, "place")[offset : offset + size]
    return tuple(map(_call, some)), rows.count()


def batch_agents(actor: Actor, batch_id: int) -> tuple[str, ...]:
    """Return the numbers of the agents in a batch."""
    rows = models.Hearing.objects.filter(batch=_row(actor, batch_id)).exclude(agent="")
    return tuple(rows.order_by("agent").values_list("agent", flat=True).distinct())


def reads_somewhere() -> str:
    """Return the label of the engine that reads here, else of the one that read last; or ""."""
    if spec := configured():
        return label_of(spec)
    measured = models.EnginePace.objects.exclude(engine="").order_by("-measured_at")
    return measured.values_list("engine", flat=True).first() or ""


def open_folders() -> tuple[str, ...]:
    """Return the folders of the server from which recordings may be taken in."""
    return tuple(str(one) for one in offered())


def _calls(batch: models.RecordingBatch, wanted: CallWanted) -> QuerySet[models.Hearing]:
    rows = models.Hearing.objects.filter(batch=batch)
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.found in {"missed", "suspect"}:
        rows = rows.filter(**{f"{wanted.found}__gt": 0})
    if wanted.agent:
        rows = rows.filter(agent=wanted.agent)
    return rows.filter(name__icontains=wanted.name) if wanted.name else rows


def _call(row: models.Hearing) -> BatchCall:
    return BatchCall(
        id=row.pk,
        name=row.name,
        agent=row.agent,
        contact=row.contact_id,
        state=CallState(row.state),
        seconds=row.seconds,
        heard=row.heard,
        score=row.score,
        missed=row.missed,
        suspect=row.suspect,
        sentence=row.sentence,
        values=row.values,
        remarks=tuple((sentence, values) for sentence, values in row.remarks),
    )


def _counts(batches: Collection[int]) -> Mapping[int, Counts]:
    """Return by batch how many of its recordings stand where, in one query."""
    to_hear, heard = Q(state__in=TO_HEAR), Q(state=CallState.HEARD)
    rows = (
        models.Hearing.objects.filter(batch__in=batches)
        .values("batch")
        .annotate(
            number=Count("pk"),
            of_heard=Count("pk", filter=heard),
            of_known=Count("pk", filter=Q(state=CallState.KNOWN)),
            of_spoilt=Count("pk", filter=Q(state__in=SPOILT)),
            of_hearing=Count("pk", filter=Q(state=CallState.HEARING)),
            of_left=Count("pk", filter=to_hear),
            of_misses=Count("pk", filter=heard & Q(missed__gt=0)),
            of_suspicions=Count("pk", filter=heard & Q(suspect__gt=0)),
            sounding=Sum("seconds", filter=to_hear | heard, default=0.0),
            sounded=Sum("heard", filter=to_hear | heard, default=0.0),
        )
    )
    return {
        one["batch"]: Counts(
            one["number"],
            one["of_heard"],
            one["of_known"],
            one["of_spoilt"],
            one["of_hearing"],
            one["of_left"],
            one["of_misses"],
            one["of_suspicions"],
            one["sounding"],
            one["sounded"],
        )
        for one in rows
    }


def _costs(seconds: float, reader: str) -> Mapping[Wants, Cost]:
    return {
        Wants.WORDS: cost_of(seconds, _pace(reader), assumed=ASSUMED_READING),
        Wants.VOICES: cost_of(seconds, _pace(""), assumed=ASSUMED_LISTENING),
    }


def _pace(engine: str) -> Pace:
    row = models.EnginePace.objects.filter(engine=engine).first()
    if row is None:
        return Pace()
    return Pace(row.calls, row.sound, row.core, row.squares, row.products, row.sound_squares)


def _left(row: models.RecordingBatch, counts: Counts, reader: str) -> Left | None:
    """Return what is left at the pace of this batch, else at that of the engine before it."""
    done = models.Hearing.objects.filter(batch=row, state=CallState.HEARD).aggregate(
        calls=Count("pk"),
        sound=Sum("seconds", default=0.0),
        took=Sum("core", default=0.0),
        squares=Sum(F("core") * F("core"), default=0.0),
        products=Sum(F("core") * F("seconds"), default=0.0),
        sound_squares=Sum(F("seconds") * F("seconds"), default=0.0),
    )
    pace = Pace(
        done["calls"],
        done["sound"],
        done["took"],
        done["squares"],
        done["products"],
        done["sound_squares"],
    )
    if not pace.calls:
        pace = _pace(reader if row.wants == Wants.WORDS else "")
    return left(max(counts.seconds - counts.seconds_done, 0.0), pace, at_once=counts.hearing)


def _row(actor: Actor, batch_id: int) -> models.RecordingBatch:
    authorise(actor, READ)
    found = _present().filter(pk=batch_id).first()
    belongs(actor, found.organisation_id if found else -1, code=f"recording-batch:{batch_id}")
    if found is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"recording-batch:{batch_id}")
    return found


def _present() -> QuerySet[models.RecordingBatch]:
    return models.RecordingBatch.objects.filter(deleted_at=None)


def _line(row: models.RecordingBatch, counts: Counts) -> RecordingBatchLine:
    return RecordingBatchLine(
        id=row.pk,
        title=row.title,
        state=BatchState(row.state),
        sent_by=row.sent_by,
        sent_at=row.sent_at,
        counts=counts,
    )

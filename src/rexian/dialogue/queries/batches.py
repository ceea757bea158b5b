"""Read batches of conversations and how far their inspection has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from rexian.dialogue import models
from rexian.dialogue.domain.batches import UNFINISHED, BatchState
from rexian.dialogue.domain.rights import READ
from rexian.dialogue.domain.unreadable import Reason, Unreadable
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch as a list shows it; ``done`` of ``total`` records, which is unknown at first."""

    id: int
    title: str
    state: BatchState
    uploaded_by: str
    uploaded_at: datetime
    done: int
    total: int | None
    conversations: int
    unreadable: int
    with_misses: int
    with_suspicions: int

    @property
    def is_unfinished(self) -> bool:
        """Tell whether a worker still has to do something."""
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent in: its name and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class JudgingVersion:
    """A version of a standard that may judge conversations of a batch."""

    id: int
    name: str
    number: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BatchDetail:
    """A batch with its files, the versions that judge it (the fallback first) and its counts.

    ``tally`` is how often each clause of each standard had each outcome.
    """

    line: BatchLine
    organisation_id: int
    by_record: bool
    job: int | None
    roles: tuple[tuple[str, str], ...]
    started_at: datetime | None
    finished_at: datetime | None
    files: tuple[SentFile, ...]
    versions: tuple[JudgingVersion, ...]
    tally: Mapping[str, Mapping[str, Mapping[str, int]]]


def batch_page(
    actor: Actor, organisation_id: int, *, offset: int, size: int
) -> tuple[tuple[BatchLine, ...], int]:
    """Return some batches of an organisation, the latest first, and how many there are."""
    authorise(actor, READ)
    belongs(actor, organisation_id, code=str(organisation_id))
    rows = _present().filter(organisation_id=organisation_id).order_by("-id")
    return tuple(map(_line, rows[offset : offset + size])), rows.count()


def batch(actor: Actor, batch_id: int) -> BatchDetail:
    """Return a batch of the actor's organisation; raise ``NotFound``."""
    row = row_of(actor, batch_id)
    standards = row.standards.select_related("version").order_by("place")
    return BatchDetail(
        line=_line(row),
        organisation_id=row.organisation_id,
        by_record=row.by_record,
        job=row.job,
        roles=tuple((name, role) for name, role in row.roles),
        started_at=row.started_at,
        finished_at=row.finished_at,
        files=tuple(SentFile(one.name, one.size) for one in row.files.order_by("place")),
        versions=tuple(
            JudgingVersion(one.version_id, one.name, one.version.number, one.version.title)
            for one in standards
        ),
        tally=row.tally,
    )


def problems(actor: Actor, batch_id: int) -> tuple[Unreadable, ...]:
    """Return the unreadable records of a batch, as many as are kept."""
    row = row_of(actor, batch_id)
    return tuple(
        Unreadable(one.source, one.line, Reason[one.reason], one.values)
        for one in row.problems.order_by("position")
    )


def row_of(actor: Actor, batch_id: int) -> models.Batch:
    """Return the row of a batch that the actor may see; raise ``NotFound``."""
    authorise(actor, READ)
    found = _present().filter(pk=batch_id).first()
    belongs(actor, found.organisation_id if found else -1, code=f"inspection-batch:{batch_id}")
    if found is None:
        raise NotFound(mark("There is no such inspection."), batch=batch_id)
    return found


def _present() -> QuerySet[models.Batch]:
    return models.Batch.objects.filter(deleted_at=None)


def _line(row: models.Batch) -> BatchLine:
    return BatchLine(
        id=row.id,
        title=row.title,
        state=BatchState(row.state),
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        done=row.position,
        total=row.total,
        conversations=row.conversations,
        unreadable=row.unreadable,
        with_misses=row.with_misses,
        with_suspicions=row.with_suspicions,
    )

"""Read replays: how far they are, which verdicts become which, and in which conversations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from rexian.dialogue import models
from rexian.dialogue.domain.replays import UNFINISHED, Change, ReplayState, Tally
from rexian.dialogue.domain.rights import INSPECT
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark

_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayShown:
    """A replay: what it tries on whose conversations of which days, and what it comes to.

    ``tally`` says by clause how often a verdict became which other. Of the ``scored`` conversations
    (those with both scores) ``up`` score higher and ``down`` lower.
    """

    id: int
    standard: str
    title: Mapping[str, str]
    version: int | None
    draft: int | None
    revision: int | None
    since: date
    until: date
    state: ReplayState
    job: int | None
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    done: int
    total: int | None
    changed: int
    failed: int
    tally: Tally
    scored: int
    up: int
    down: int
    mean_before: float | None
    mean_after: float | None

    @property
    def is_unfinished(self) -> bool:
        """Tell whether a worker still has to do something."""
        return self.state in UNFINISHED


@dataclass(frozen=True, slots=True)
class ReplayedShown:
    """A conversation of which the two versions say different things."""

    contact: int | None
    batch: int | None
    position: int | None
    name: str
    before: float | None
    after: float | None
    changes: tuple[Change, ...]


def replay(replay_id: int, *, actor: Actor) -> ReplayShown:
    """Return a replay of the actor's organisation; raise ``NotFound``."""
    return _shown(_row_of(replay_id, actor))


def replays(
    organisation_id: int,
    *,
    draft: int | None = None,
    version: int | None = None,
    limit: int = 20,
    actor: Actor,
) -> tuple[ReplayShown, ...]:
    """Return the replays of a draft or a version, or all of them, the latest first."""
    authorise(actor, INSPECT)
    belongs(actor, organisation_id, code=str(organisation_id))
    rows = models.Replay.objects.filter(organisation=organisation_id)
    if draft is not None:
        rows = rows.filter(draft=draft)
    if version is not None:
        rows = rows.filter(version=version)
    return tuple(map(_shown, rows.order_by("-pk")[:limit]))


def replayed_page(
    replay_id: int, *, clause: str = "", offset: int, size: int, actor: Actor
) -> tuple[tuple[ReplayedShown, ...], int]:
    """Return some of the conversations that change, those whose score moves most first."""
    rows = _changed(_row_of(replay_id, actor), clause)
    return tuple(map(_conversation, rows[offset : offset + size])), rows.count()


def all_replayed(replay_id: int, *, actor: Actor) -> Iterator[ReplayedShown]:
    """Yield all conversations that change and are kept, some at a time."""
    rows, begin = _changed(_row_of(replay_id, actor), ""), 0
    while found := list(rows[begin : begin + _AT_ONCE]):
        yield from map(_conversation, found)
        begin += len(found)


def _row_of(replay_id: int, actor: Actor) -> models.Replay:
    authorise(actor, INSPECT)
    row = models.Replay.objects.filter(pk=replay_id).first()
    belongs(actor, row.organisation_id if row else -1, code=f"replay:{replay_id}")
    if row is None:
        raise NotFound(mark("There is no such replay."), replay=replay_id)
    return row


def _changed(row: models.Replay, clause: str) -> QuerySet[models.ReplayedConversation]:
    live = models.Batch.objects.filter(organisation=row.organisation_id, deleted_at=None)
    # What is deleted is read no more, wherever its words were kept.
    rows = row.conversations.filter(Q(batch=None) | Q(batch__in=live.values("pk")))
    if clause:
        rows = rows.filter(clauses__contains=f" {clause} ")
    return rows.order_by("-moved", "pk")


def _shown(row: models.Replay) -> ReplayShown:
    sums = row.scores
    scored = int(sums.get("scored", 0))
    return ReplayShown(
        id=row.pk,
        standard=row.standard,
        title=row.title,
        version=row.version_id,
        draft=row.draft,
        revision=row.revision,
        since=row.since,
        until=row.until,
        state=ReplayState(row.state),
        job=row.job,
        started_by=row.started_by,
        started_at=row.started_at,
        finished_at=row.finished_at,
        done=row.position,
        total=row.total,
        changed=row.changed,
        failed=row.failed,
        tally=row.tally,
        scored=scored,
        up=int(sums.get("up", 0)),
        down=int(sums.get("down", 0)),
        mean_before=sums["before"] / scored if scored else None,
        mean_after=sums["after"] / scored if scored else None,
    )


def _conversation(row: models.ReplayedConversation) -> ReplayedShown:
    return ReplayedShown(
        row.contact,
        row.batch,
        row.position,
        row.name,
        row.before,
        row.after,
        tuple(map(Change.from_plain, row.changes)),
    )

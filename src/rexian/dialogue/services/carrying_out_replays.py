"""Carry out a replay, chunk by chunk, so that it can be broken off at any moment.

As with batches: what a chunk changes and the place up to which the replay is done are written in
one transaction, and only where nobody else has moved it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from rexian.dialogue import events, models
from rexian.dialogue.domain.batches import storable
from rexian.dialogue.domain.honesty import doubting
from rexian.dialogue.domain.replays import Replayed, ReplayState, added, compared, counted
from rexian.dialogue.queries.doubting import doubted_rules
from rexian.dialogue.queries.judged import (
    Judged,
    Sought,
    judged_contacts,
    judged_count,
    judged_rows,
    read_contact,
    read_row,
)
from rexian.dialogue.services.chunks import MACHINE
from rexian.journal.services import record
from rexian.kernel.errors import RexianError
from rexian.standard.domain import Inspection, Standard, inspect
from rexian.standard.queries.drafts import compiled_draft
from rexian.standard.queries.published import load_version

CHUNK = 50
KEPT = 5000
"""Of so many conversations, those whose score moves most, it is kept what changes in them."""

_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Side:
    """A standard that judges, with the rules of it that are doubted now."""

    standard: Standard
    doubted: frozenset[str]

    def judge(self, one: Judged) -> Inspection:
        """Return what it says of a conversation."""
        found = inspect(self.standard, one.facts, one.events)
        return doubting(found, self.standard, self.doubted)


@dataclass(frozen=True, slots=True)
class _Judge:
    """The standard that is tried, and the versions that have judged, as they would today.

    Rules are doubted on both sides as they are now: what is shown is the work of the other
    standard, and not of reviews that came in meanwhile.
    """

    organisation: int
    tried: _Side
    versions: dict[int, _Side] = field(default_factory=dict)

    def compare(self, one: Judged) -> Replayed:
        """Compare what the version of a conversation says of it with what this one does."""
        before = self.versions.get(one.version)
        if before is None:
            before = _side(self.organisation, load_version(one.version))
            self.versions[one.version] = before
        return compared(before.judge(one), self.tried.judge(one))


Key = tuple[str, int]
"""``contact`` or ``row``, and which."""

_READERS: Mapping[str, Callable[[int], Judged]] = {"contact": read_contact, "row": read_row}


def carry_out_replay(replay_id: int, *, clock: Clock, progress: Progress) -> None:
    """Compare what is left of a replay; nothing happens where it is over.

    One conversation that cannot be judged is counted and left out. A draft that is gone meanwhile
    stops the replay.
    """
    replay = _begin(replay_id, clock())
    judge = _judge_of(replay, clock()) if replay else None
    if replay is None or judge is None:
        return
    while chunk := _next_chunk(replay):
        done = list(_compared(judge, chunk))
        if not _write_chunk(replay, chunk, done, at=clock()):
            return
        progress(replay.position, replay.total or replay.position)
    _finish(replay, clock())


def _begin(replay_id: int, at: datetime) -> models.Replay | None:
    replay = models.Replay.objects.filter(pk=replay_id).first()
    if replay is None or replay.state == ReplayState.RUNNING:
        return replay
    waiting = models.Replay.objects.filter(pk=replay_id, state=ReplayState.WAITING)
    total = judged_count(_sought(replay))
    if not waiting.update(state=ReplayState.RUNNING, total=total, started_at=at):
        return None
    replay.refresh_from_db()
    return replay


def _judge_of(replay: models.Replay, at: datetime) -> _Judge | None:
    try:
        if replay.version_id is not None:
            standard = load_version(replay.version_id)
        else:
            standard = compiled_draft(replay.draft or 0, revision=replay.revision)
    except RexianError:
        _log.warning("Replay %d is stopped: what it tries is gone.", replay.pk)
        _give_up(replay, at)
        return None
    return _Judge(replay.organisation_id, _side(replay.organisation_id, standard))


def _side(organisation: int, standard: Standard) -> _Side:
    return _Side(standard, doubted_rules(organisation, standard))


def _sought(replay: models.Replay) -> Sought:
    return Sought(replay.organisation_id, replay.standard, replay.since, replay.until)


def _next_chunk(replay: models.Replay) -> list[Key]:
    """Return what comes next: the rest of the contacts, then the rest of the batches."""
    sought = _sought(replay)
    contacts = judged_contacts(sought, after=replay.contact, size=CHUNK)
    if contacts:
        return [("contact", one) for one in contacts]
    return [("row", one) for one in judged_rows(sought, after=replay.row, size=CHUNK)]


def _compared(judge: _Judge, chunk: Iterable[Key]) -> Iterator[tuple[Judged, Replayed] | None]:
    """Yield each conversation with what changes in it; ``None`` for one that cannot be judged."""
    for kind, key in chunk:
        try:
            one = _READERS[kind](key)
            yield one, judge.compare(one)
        except Exception:  # noqa: BLE001 - a bug spoils one conversation, not the replay
            _log.exception("The conversation %s %d cannot be replayed.", kind, key)
            yield None


@transaction.atomic
def _write_chunk(
    replay: models.Replay,
    chunk: Sequence[Key],
    done: Sequence[tuple[Judged, Replayed] | None],
    *,
    at: datetime,
) -> bool:
    """Write a chunk and move the replay on; false where somebody else has moved or stopped it."""
    found = [one for one in done if one is not None]
    differing = [(one, what) for one, what in found if what.differs]
    cursors: dict[str, Any] = dict(chunk)
    ours = models.Replay.objects.filter(
        pk=replay.pk, state=ReplayState.RUNNING, position=replay.position
    )
    if not ours.update(
        position=replay.position + len(chunk),
        failed=replay.failed + len(done) - len(found),
        changed=replay.changed + len(differing),
        tally=added(replay.tally, counted(each for _, what in differing for each in what.changes)),
        scores=_scores(replay.scores, (what for _, what in found)),
        **cursors,
    ):
        return False
    models.ReplayedConversation.objects.bulk_create(
        _row(replay, one, what) for one, what in differing
    )
    replay.refresh_from_db()
    _keep_most(replay)
    advanced = events.ReplayAdvanced(
        subject_id=replay.pk,
        organisation=replay.organisation_id,
        done=replay.position,
        total=max(replay.total or 0, replay.position),
    )
    record(advanced, actor=MACHINE, at=at)
    return True


def _row(replay: models.Replay, one: Judged, what: Replayed) -> models.ReplayedConversation:
    clauses = dict.fromkeys(each.clause for each in what.changes)
    return models.ReplayedConversation(
        replay=replay,
        contact=one.contact,
        batch=one.batch,
        position=one.position,
        name=storable(one.name, 200),
        before=what.before,
        after=what.after,
        moved=what.moved,
        clauses="".join(f" {clause} " for clause in clauses),
        changes=[each.to_plain() for each in what.changes],
    )


def _scores(before: Mapping[str, float], found: Iterable[Replayed]) -> dict[str, float]:
    """Return the sums of both scores, and how many went up and down, the new ones added."""
    sums = {"scored": 0, "before": 0.0, "after": 0.0, "up": 0, "down": 0, **before}
    for one in found:
        if one.before is not None and one.after is not None:
            sums["scored"] += 1
            sums["before"] = round(sums["before"] + one.before, 1)
            sums["after"] = round(sums["after"] + one.after, 1)
            sums["up"] += one.after > one.before
            sums["down"] += one.after < one.before
    return sums


def _keep_most(replay: models.Replay) -> None:
    """Drop what moved least where more is kept than anybody reads."""
    if replay.changed > KEPT:
        rows = models.ReplayedConversation.objects.filter(replay=replay)
        least = rows.order_by("-moved", "pk").values_list("pk", flat=True)[KEPT:]
        rows.filter(pk__in=list(least)).delete()


def _finish(replay: models.Replay, at: datetime) -> None:
    with transaction.atomic():
        ours = models.Replay.objects.filter(
            pk=replay.pk, state=ReplayState.RUNNING, position=replay.position
        )
        if ours.update(state=ReplayState.DONE, total=replay.position, finished_at=at):
            done = events.ReplayDone(
                subject_id=replay.pk,
                organisation=replay.organisation_id,
                conversations=replay.position - replay.failed,
                changed=replay.changed,
            )
            record(done, actor=MACHINE, at=at)


def _give_up(replay: models.Replay, at: datetime) -> None:
    with transaction.atomic():
        running = models.Replay.objects.filter(pk=replay.pk, state=ReplayState.RUNNING)
        if running.update(state=ReplayState.CANCELLED, finished_at=at):
            cancelled = events.ReplayCancelled(
                subject_id=replay.pk, organisation=replay.organisation_id
            )
            record(cancelled, actor=MACHINE, at=at)

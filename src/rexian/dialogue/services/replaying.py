"""Replay conversations of a period under a draft or another version: order it, and stop it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from rexian.clockwork.services import enqueue_job
from rexian.dialogue import events, models
from rexian.dialogue.domain.replays import (
    UNFINISHED,
    NothingToReplay,
    ReplayOver,
    ReplayState,
)
from rexian.dialogue.domain.rights import INSPECT
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard.queries.drafts import compiled_draft, draft
from rexian.standard.queries.published import version

JOB = "dialogue.replay"
LONGEST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are replayed, both included, and the day that it is now."""

    since: date
    until: date
    today: date


def replay_draft(
    draft_id: int, *, span: Span, judged_by: str = "", actor: Actor, at: datetime
) -> int:
    """Have a draft, as it is now, judge the conversations of a period; return the replay's id.

    Those are replayed that the standard ``judged_by`` has judged, by default the draft's own
    namesake. Raises ``UnsoundDraft``, ``NothingToReplay``.
    """
    authorise(actor, INSPECT)
    line = draft(draft_id, actor=actor).line
    standard = compiled_draft(draft_id, revision=line.revision)
    replay = models.Replay(
        organisation_id=line.organisation_id,
        standard=judged_by or standard.name,
        title=dict(line.title),
        draft=draft_id,
        revision=line.revision,
    )
    return _start(replay, span, actor, at)


def replay_version(
    version_id: int, *, span: Span, judged_by: str = "", actor: Actor, at: datetime
) -> int:
    """Have a version judge the conversations of a period; otherwise as ``replay_draft``."""
    authorise(actor, INSPECT)
    line = version(actor, version_id, on=span.today)
    replay = models.Replay(
        organisation_id=line.organisation_id,
        standard=judged_by or line.name,
        title=_numbered(line.title, line.number),
        version_id=line.id,
    )
    return _start(replay, span, actor, at)


@transaction.atomic
def cancel_replay(replay_id: int, *, actor: Actor, at: datetime) -> None:
    """Stop a replay; what was compared stays. Raises ``ReplayOver`` where it is over."""
    authorise(actor, INSPECT)
    row = models.Replay.objects.filter(pk=replay_id).first()
    belongs(actor, row.organisation_id if row else -1, code=f"replay:{replay_id}")
    if row is None:
        raise NotFound(mark("There is no such replay."), replay=replay_id)
    running = models.Replay.objects.filter(pk=replay_id, state__in=UNFINISHED)
    if not running.update(state=ReplayState.CANCELLED, finished_at=at):
        raise ReplayOver(mark("This replay is over."))
    cancelled = events.ReplayCancelled(subject_id=row.pk, organisation=row.organisation_id)
    record(cancelled, actor=actor, at=at)


def _start(replay: models.Replay, span: Span, actor: Actor, at: datetime) -> int:
    belongs(actor, replay.organisation_id, code=str(replay.organisation_id))
    _require_period(span)
    replay.since, replay.until = span.since, span.until
    replay.state = ReplayState.WAITING
    replay.started_by, replay.started_at = actor.code, at
    with transaction.atomic():
        replay.save(force_insert=True)
        replay.job = enqueue_job(
            JOB,
            subject=f"{events.ReplayStarted.noun}:{replay.pk}",
            data={"replay": replay.pk},
            organisation=replay.organisation_id,
            at=at,
        )
        models.Replay.objects.filter(pk=replay.pk).update(job=replay.job)
        started = events.ReplayStarted(
            subject_id=replay.pk,
            organisation=replay.organisation_id,
            standard=replay.standard,
            version=replay.version_id,
            draft=replay.draft,
            revision=replay.revision,
            since=span.since.isoformat(),
            until=span.until.isoformat(),
        )
        record(started, actor=actor, at=at)
    return replay.pk


def _require_period(span: Span) -> None:
    if span.until < span.since or span.since > span.today:
        raise NothingToReplay(mark("Choose a first day, and a last day that is not before it."))
    if (span.until - span.since).days >= LONGEST_DAYS:
        raise NothingToReplay(mark("Choose at most {days} days."), days=LONGEST_DAYS)


def _numbered(title: Mapping[str, str], number: str) -> dict[str, str]:
    return {language: f"{text} {number}" for language, text in title.items()}

"""Attach to a recording what was read and heard in it, so that its contact is judged by that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from rexian.contacts.services.importing import settle_call
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.services.taking_heard import take_heard
from rexian.journal.services import record
from rexian.kernel.authority import Actor
from rexian.speech import events, models
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.heard import HeardCall, Word
from rexian.speech.domain.keeping import kept
from rexian.speech.domain.recording_facts import facts_from
from rexian.speech.domain.recordings import RecordingState, no_recording, removed_recording
from rexian.standard.domain.events import Signal, SignalName

HEARER = Actor.system("hearing")

Passage = tuple[int, int, int]
"""A channel, and from where to where in samples (``speech.ports.RATE`` a second)."""


def facts_of(recording_id: int) -> CallFacts:
    """Return what was known of a call when its recording came in; asks for no right."""
    row = models.Recording.objects.filter(pk=recording_id).only("facts").first()
    if row is None:
        raise no_recording(recording_id)
    return facts_from(row.facts)


def passages_known(recording_id: int, *, recogniser: str) -> dict[Passage, tuple[Word, ...]]:
    """Return the passages that a recogniser has read already; asks for no right."""
    rows = models.Reading.objects.filter(recording=recording_id, recogniser=recogniser)
    return {
        (row.channel, row.start, row.end): tuple(Word(*word) for word in row.words) for row in rows
    }


@transaction.atomic
def keep_passage(
    recording_id: int,
    *,
    recogniser: str,
    passage: Passage,
    words: Sequence[Word],
    at: datetime,
) -> None:
    """Keep the words of a passage, timed from the beginning of the recording; twice is once."""
    channel, start, end = passage
    held = _held(recording_id)
    reading = models.Reading(
        recording=held,
        recogniser=recogniser[:120],
        channel=channel,
        start=start,
        end=end,
        words=[[one.text, one.start, one.end, one.confidence] for one in words],
        read_at=at,
    )
    models.Reading.objects.bulk_create([reading], ignore_conflicts=True)


@transaction.atomic
def keep_heard(
    recording_id: int, *, heard: HeardCall, conversation: Conversation, at: datetime
) -> int:
    """Keep what was heard of a recording, and have its contact judged by it; return the contact.

    The same again changes nothing; another hearing replaces the one before. Raises
    ``RecordingRemoved`` for one that is gone meanwhile.
    """
    row, content = _held(recording_id), kept(heard)
    before = models.Heard.objects.filter(pk=recording_id).first()
    if before is not None and bytes(before.content) == content:
        return row.contact_id
    models.Heard.objects.update_or_create(
        recording=row,
        defaults={"recogniser": heard.recogniser[:120], "content": content, "heard_at": at},
    )
    _settle(row, RecordingState.HEARD, heard=heard)
    settle_call(
        row.contact_id,
        lasted=heard.format.duration,
        answered=_when(SignalName.ANSWER, conversation.signals),
        ended_by=_by_whom(conversation.signals),
    )
    take_heard(row.contact_id, conversation=conversation, at=at)
    told = events.RecordingHeard(
        **_about(row), recogniser=heard.recogniser[:120], turns=len(heard.turns)
    )
    record(told, actor=HEARER, at=at)
    return row.contact_id


@transaction.atomic
def refuse_recording(
    recording_id: int, *, problem: str, values: Mapping[str, Any] | None = None, at: datetime
) -> None:
    """Say that no sound could be made of a recording, and why; it is kept as it was sent."""
    row = _held(recording_id)
    if row.state == RecordingState.UNREADABLE and row.problem == problem:
        return
    row.problem, row.problem_values = problem[:40], dict(values or {})
    _settle(row, RecordingState.UNREADABLE)
    record(events.RecordingRefused(**_about(row), problem=row.problem), actor=HEARER, at=at)


def _held(recording_id: int) -> models.Recording:
    row = models.Recording.objects.select_for_update().filter(pk=recording_id).first()
    if row is None:
        raise no_recording(recording_id)
    if row.state == RecordingState.REMOVED:
        raise removed_recording(recording_id)
    return row


def _settle(row: models.Recording, state: RecordingState, heard: HeardCall | None = None) -> None:
    row.state = state.value
    if heard is not None:
        row.format, row.seconds = asdict(heard.format), heard.format.duration
        row.roles = [one.value for one in heard.roles]
        row.problem, row.problem_values = "", {}
    row.version += 1
    row.save(
        update_fields=[
            *("state", "format", "seconds", "roles"),
            *("problem", "problem_values", "version"),
        ]
    )


def _when(name: SignalName, signals: Sequence[Signal]) -> float | None:
    return next((one.at for one in signals if one.name is name), None)


def _by_whom(signals: Sequence[Signal]) -> str:
    ending = [one for one in signals if one.name is SignalName.HANG_UP]
    known = [one.by.value for one in ending if one.by.value in {"agent", "customer", "system"}]
    return known[-1] if known else ""


def _about(row: models.Recording) -> dict[str, Any]:
    return {
        "subject_id": row.pk,
        "organisation": row.organisation_id,
        "contact": row.contact_id,
    }

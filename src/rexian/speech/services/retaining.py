"""Keep recordings for as long as the organisation says, and prove that they are gone afterwards.

A removal destroys the wrapped key first and the sealed bytes after it: copies of the bytes are
unreadable, wherever they lie. What was read and heard goes with it; the transcript of the contact
stays as that of a chat does, unless the rule says that words go with the sound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from rexian.cases.queries import Wanted, open_cases
from rexian.cases.services.indexing import index_cases_of_contact
from rexian.contacts.queries import ContactShown, contacts_by_id, hotline
from rexian.dialogue.services.taking_heard import forget_conversation
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.calendar.instants import local_day
from rexian.kernel.language import mark
from rexian.org.queries import organisation
from rexian.speech import events, models
from rexian.speech.domain.recordings import (
    CaseOpen,
    RecordingHeld,
    RecordingKind,
    RecordingState,
    no_recording,
    removed_recording,
)
from rexian.speech.domain.retention import (
    RetentionChanged,
    Rule,
    checked_days,
    checked_why,
)
from rexian.speech.domain.rights import KEEP
from rexian.speech.queries.recordings import kept_as, last_day, rules_of
from rexian.speech.services.retaining_archive import forget_in_archive
from rexian.speech.services.vault import clear_away

KEEPER = Actor.system("retention")
_BATCH = 200


@transaction.atomic
def set_retention(
    kind: RecordingKind,
    *,
    days: int | None,
    words: bool = False,
    version: int = 0,
    actor: Actor,
    at: datetime,
) -> None:
    """Say for how many days from the call recordings of a kind are kept; ``None`` is for good.

    ``words`` has what was said removed with the sound. ``version`` is that of the rule as it was
    read, 0 for none. Raises ``RetentionChanged`` where somebody else was first.
    """
    authorise(actor, KEEP)
    ours = organisation(actor)
    rows = models.RetentionRule.objects.filter(organisation=ours.id, kind=kind.value)
    before = rows.select_for_update().first()
    if (before.version if before else 0) != version:
        raise RetentionChanged(mark("Somebody else has changed this meanwhile."))
    if (before.days if before else None) == days and (before is None or before.words == words):
        return
    if days is None:
        rows.delete()
    else:
        rows.update_or_create(
            organisation_id=ours.id,
            kind=kind.value,
            defaults={
                "days": checked_days(days),
                "words": words,
                "set_by": actor.code,
                "set_at": at,
                "version": version + 1,
            },
        )
    told = events.RetentionSet(
        subject_id=ours.id, organisation=ours.id, kind=kind.value, days=days, words=words
    )
    record(told, actor=actor, at=at)


@transaction.atomic
def hold_recording(recording_id: int, *, why: str, actor: Actor, at: datetime) -> None:
    """Have a recording kept until further notice, whatever the rules say; said again, for this."""
    row = _to_keep(recording_id, actor)
    if row.removed_at is not None:
        raise removed_recording(recording_id)
    words = checked_why(why)
    if row.held_at is not None and row.held_why == words:
        return
    row.held_by_id, row.held_at, row.held_why = actor.person, at, words
    _save(row, "held_by", "held_at", "held_why")
    record(events.RecordingHeld(**_about(row)), actor=actor, at=at)


@transaction.atomic
def release_recording(recording_id: int, *, actor: Actor, at: datetime) -> None:
    """Let the rules hold for a recording again."""
    row = _to_keep(recording_id, actor)
    if row.held_at is None:
        return
    row.held_by_id, row.held_at, row.held_why = None, None, ""
    _save(row, "held_by", "held_at", "held_why")
    record(events.RecordingReleased(**_about(row)), actor=actor, at=at)


@transaction.atomic
def keep_as(
    recording_id: int, *, kind: RecordingKind | None, version: int, actor: Actor, at: datetime
) -> None:
    """Say what a recording is kept as, ``None`` for what its contact was."""
    row = _to_keep(recording_id, actor)
    said = kind.value if kind else ""
    if row.kind == said:
        return
    if row.version != version:
        raise RetentionChanged(mark("Somebody else has changed this meanwhile."))
    row.kind = said
    _save(row, "kind")
    record(events.RecordingKeptAs(**_about(row), kind=said), actor=actor, at=at)


def remove_recording(recording_id: int, *, words: bool = False, actor: Actor, at: datetime) -> None:
    """Remove a recording before its time, ``words`` with what was said in it; again is nothing.

    Raises ``RecordingHeld`` where somebody has said that it is kept, or another whose words would
    go with it; ``CaseOpen`` while a case of its contact is not over.
    """
    with transaction.atomic():
        row = _to_keep(recording_id, actor)
        _refuse_what_stays(row, words=words)
        if words:
            forget_in_archive(row)
        _remove(row, _Removal("request", words=words), actor, at)
    clear_away(row.stored_as)


def remove_due(*, at: datetime) -> int:
    """Remove what has been kept for its time, each in a transaction of its own; return how many.

    One that fails keeps no others from going; the first failure is raised when all are through.
    """
    removed, failed = 0, []
    for organisation_id in _with_rules():
        for recording_id in list(_due(organisation_id, at)):
            try:
                removed += _remove_by_rule(recording_id, at)
            except Exception as error:  # noqa: BLE001 - it is raised when the others are through
                failed.append(error)
    if failed:
        raise failed[0]
    return removed


def due_for_removal(*, actor: Actor, at: datetime) -> tuple[int, ...]:
    """Return the recordings that go with the next night, so that nobody is taken by surprise."""
    authorise(actor, KEEP)
    return tuple(_due(organisation(actor).id, at))


@dataclass(frozen=True, slots=True)
class _Removal:
    """Why a recording goes: by a rule, or since somebody asks."""

    cause: str
    kind: str = ""
    days: int | None = None
    words: bool = False


def _with_rules() -> list[int]:
    rows = models.RetentionRule.objects.order_by("organisation")
    return list(rows.values_list("organisation", flat=True).distinct())


def _due(organisation_id: int, at: datetime) -> Iterator[int]:
    """Yield the recordings of an organisation that have been kept for their time."""
    rules, last = rules_of(organisation_id), 0
    if not rules:
        return
    # A day more than the shortest rule: days of calls are those of their hotlines.
    latest = at - timedelta(days=min(one.days for one in rules.values()) - 1)
    rows = models.Recording.objects.filter(
        organisation=organisation_id,
        removed_at=None,
        held_at=None,
        contact__arrived_at__lt=latest,
    ).order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1].pk
        contacts = contacts_by_id([one.contact_id for one in batch])
        for row in batch:
            rule = _rule_gone(row, contacts[row.contact_id], rules, at)
            if rule is not None and not _is_needed(row, words=rule.words):
                yield row.pk


def _rule_gone(
    row: models.Recording, contact: ContactShown, rules: dict[RecordingKind, Rule], at: datetime
) -> Rule | None:
    """Return the rule by which a recording is no longer kept, if there is one."""
    its_hotline = hotline(contact.hotline, actor=KEEPER)
    rule = rules.get(kept_as(row, contact, its_hotline))
    until = last_day(row, contact, its_hotline, rule)
    today = local_day(at, ZoneInfo(its_hotline.time_zone))
    return rule if until is not None and until < today else None


def _remove_by_rule(recording_id: int, at: datetime) -> bool:
    """Remove a recording if its time is over, looked at once more in the transaction."""
    with transaction.atomic():
        row = _locked(recording_id)
        contact = contacts_by_id((row.contact_id,))[row.contact_id]
        rule = _rule_gone(row, contact, rules_of(row.organisation_id), at)
        if rule is None or _is_needed(row, words=rule.words):
            return False
        if rule.words:
            forget_in_archive(row)
        reason = _Removal("retention", rule.kind.value, rule.days, rule.words)
        _remove(row, reason, KEEPER, at)
    clear_away(row.stored_as)
    return True


def _remove(row: models.Recording, why: _Removal, actor: Actor, at: datetime) -> None:
    """Destroy the key and all that was heard, and write the proof, in the caller's transaction."""
    if row.state == RecordingState.REMOVED:
        return
    key_id, row.data_key, row.key_id = row.key_id, None, ""
    row.state, row.removed_by, row.removed_at = RecordingState.REMOVED.value, actor.code, at
    row.readings.all().delete()
    models.Heard.objects.filter(pk=row.pk).delete()
    if why.words:
        forget_conversation(row.contact_id, at=at)
        index_cases_of_contact(row.contact_id)  # or they are found by what was said
    told = events.RecordingRemoved(
        **_about(row),
        digest=row.digest,
        size=row.size,
        kept_since=row.received_at.isoformat(),
        cause=why.cause,
        kind=why.kind,
        days=why.days,
        words=why.words,
        key_id=key_id,
    )
    entry = record(told, actor=actor, at=at)
    row.rule = {"cause": why.cause, "kind": why.kind, "days": why.days, "words": why.words}
    row.rule["entry"] = entry.id
    _save(row, "data_key", "key_id", "state", "removed_by", "removed_at", "rule")


def _refuse_what_stays(row: models.Recording, *, words: bool) -> None:
    held = row if row.held_at is not None else _held_beside(row) if words else None
    if held is not None and row.removed_at is None:
        raise RecordingHeld(
            mark("This recording is kept until further notice: {why}"), why=held.held_why
        )
    if row.removed_at is None and _has_open_case(row.contact_id):
        raise CaseOpen(mark("A case of this call is not over yet; its recording stays."))


def _is_needed(row: models.Recording, *, words: bool) -> bool:
    """Tell whether a case, or a hold upon the words of the same contact, keeps a recording."""
    return _has_open_case(row.contact_id) or (words and _held_beside(row) is not None)


def _held_beside(row: models.Recording) -> models.Recording | None:
    """Return another recording of the contact that is held: its words are the same contact's."""
    rows = models.Recording.objects.filter(contact=row.contact_id, held_at__isnull=False)
    return rows.filter(removed_at=None).exclude(pk=row.pk).first()


def _has_open_case(contact_id: int) -> bool:
    return bool(open_cases(Wanted(contact=contact_id), actor=KEEPER, limit=1))


def _to_keep(recording_id: int, actor: Actor) -> models.Recording:
    """Return a recording that the actor has in their keeping; raise ``NotFound``."""
    row = _locked(recording_id)
    belongs(actor, row.organisation_id, code=f"recording:{recording_id}")
    authorise(actor, KEEP)
    return row


def _locked(recording_id: int) -> models.Recording:
    row = models.Recording.objects.select_for_update().filter(pk=recording_id).first()
    if row is None:
        raise no_recording(recording_id)
    return row


def _save(row: models.Recording, *columns: str) -> None:
    row.version += 1
    row.save(update_fields=[*columns, "version"])


def _about(row: models.Recording) -> dict[str, Any]:
    return {
        "subject_id": row.pk,
        "organisation": row.organisation_id,
        "contact": row.contact_id,
    }

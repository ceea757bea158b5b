"""Read recordings, as far as somebody may know of them: whoever reads the contact does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import ContactShown, HotlineShown, contacts_by_id, hotline
from rexian.contacts.queries.contacts import record_of
from rexian.dialogue.queries.reading import contact_to_read
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.calendar.instants import local_day
from rexian.speech import models
from rexian.speech.domain.recordings import (
    RecordingKind,
    RecordingState,
    kind_of,
    no_recording,
)
from rexian.speech.domain.retention import Rule, kept_until
from rexian.speech.domain.rights import KEEP, LISTEN, SEND
from rexian.standard.domain.events import Speaker

_READER = Actor.system("recordings")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingShown:
    """A recording as pages show it.

    ``kind`` is what it is kept as, ``given_kind`` whether somebody said so. ``keep_until`` is the
    last day on which it is kept, ``None`` where nothing ends it. ``agent_said`` is the agent as
    the call's facts name them, which may be nobody here. ``may_listen`` tells whether the reader
    may open it.
    """

    id: int
    contact: int
    organisation: int
    name: str
    kind: RecordingKind
    given_kind: str
    digest: str
    size: int
    format: Mapping[str, Any] | None
    seconds: float | None
    roles: tuple[Speaker, ...]
    state: RecordingState
    problem: str
    problem_values: Mapping[str, Any]
    agent_said: str
    received_by: str
    received_at: datetime
    held_by: int | None
    held_at: datetime | None
    held_why: str
    removed_by: str
    removed_at: datetime | None
    rule: Mapping[str, Any]
    keep_until: date | None
    may_listen: bool
    version: int


def recording(recording_id: int, *, actor: Actor) -> RecordingShown:
    """Return a recording of a contact that the actor may read; raise ``NotFound``."""
    row = models.Recording.objects.filter(pk=recording_id).first()
    if row is None:
        raise no_recording(recording_id)
    return shown(row, contact_to_read(row.contact_id, actor=actor), actor)


def recordings_of(contact_id: int, *, actor: Actor) -> tuple[RecordingShown, ...]:
    """Return the recordings of a contact that the actor may read, the first first."""
    contact = contact_to_read(contact_id, actor=actor)
    rows = models.Recording.objects.filter(contact=contact_id).order_by("pk")
    return tuple(shown(row, contact, actor) for row in rows)


def recording_page(
    *, actor: Actor, contact: int | None = None, offset: int, size: int
) -> tuple[tuple[RecordingShown, ...], int]:
    """Return some recordings, the latest first, and how many there are.

    Those of a contact for whoever reads it; all of the organisation for who sends them in.
    """
    if contact is not None:
        found = recordings_of(contact, actor=actor)[::-1]
        return found[offset : offset + size], len(found)
    authorise(actor, SEND)
    rows = models.Recording.objects.filter(organisation=actor.organisation)
    part = list(rows.order_by("-pk")[offset : offset + size])
    return _all_shown(part, actor), rows.count()


def kept_recording(recording_id: int, *, actor: Actor) -> RecordingShown:
    """Return a recording of the organisation for whoever has all of them in their keeping."""
    row = models.Recording.objects.filter(pk=recording_id).first()
    if row is None:
        raise no_recording(recording_id)
    belongs(actor, row.organisation_id, code=f"recording:{recording_id}")
    authorise(actor, KEEP)
    return shown(row, contacts_by_id((row.contact_id,))[row.contact_id], actor)


def held_recordings(*, actor: Actor) -> tuple[RecordingShown, ...]:
    """Return what is kept until further notice, the longest held first."""
    authorise(actor, KEEP)
    rows = models.Recording.objects.filter(organisation=actor.organisation, held_at__isnull=False)
    return _all_shown(list(rows.order_by("held_at", "pk")), actor)


def recorded_among(contact_ids: Sequence[int]) -> frozenset[int]:
    """Return which of some contacts, which the caller may see, have a recording that is kept."""
    rows = models.Recording.objects.filter(contact__in=contact_ids, removed_at=None)
    return frozenset(rows.values_list("contact", flat=True))


def may_listen(contact: ContactShown, actor: Actor) -> bool:
    """Tell whether somebody who reads a contact may hear it: by right, or since it is their own."""
    own = actor.person is not None and contact.agent == actor.person and actor.may(SERVE)
    return own or actor.may(LISTEN)


def _all_shown(rows: Sequence[models.Recording], actor: Actor) -> tuple[RecordingShown, ...]:
    """Return rows as the actor sees them, what many have in common being read once."""
    contacts = contacts_by_id({one.contact_id for one in rows})
    rules = {one: rules_of(one) for one in {row.organisation_id for row in rows}}
    hotlines = {one: hotline(one, actor=_READER) for one in {c.hotline for c in contacts.values()}}

    def all_of(row: models.Recording) -> RecordingShown:
        contact = contacts[row.contact_id]
        return _shown(row, contact, actor, hotlines[contact.hotline], rules[row.organisation_id])

    return tuple(map(all_of, rows))


def shown(row: models.Recording, contact: ContactShown, actor: Actor) -> RecordingShown:
    """Return a row as the actor sees it, who reads its contact."""
    its_hotline = hotline(contact.hotline, actor=_READER)
    return _shown(row, contact, actor, its_hotline, rules_of(row.organisation_id))


def _shown(
    row: models.Recording,
    contact: ContactShown,
    actor: Actor,
    its_hotline: HotlineShown,
    rules: Mapping[RecordingKind, Rule],
) -> RecordingShown:
    kind = kept_as(row, contact, its_hotline)
    return RecordingShown(
        id=row.pk,
        contact=row.contact_id,
        organisation=row.organisation_id,
        name=row.name,
        kind=kind,
        given_kind=row.kind,
        digest=row.digest,
        size=row.size,
        format=row.format,
        seconds=row.seconds,
        roles=tuple(Speaker(one) for one in row.roles),
        state=RecordingState(row.state),
        problem=row.problem,
        problem_values=row.problem_values,
        agent_said=row.facts.get("agent", ""),
        received_by=row.received_by,
        received_at=row.received_at,
        held_by=row.held_by_id,
        held_at=row.held_at,
        held_why=row.held_why,
        removed_by=row.removed_by,
        removed_at=row.removed_at,
        rule=row.rule,
        keep_until=last_day(row, contact, its_hotline, rules.get(kind)),
        may_listen=row.removed_at is None and may_listen(contact, actor),
        version=row.version,
    )


def kept_as(
    row: models.Recording, contact: ContactShown, its_hotline: HotlineShown
) -> RecordingKind:
    """Return what a recording is kept as: as somebody said, else by what its contact was."""
    if row.kind:
        return RecordingKind(row.kind)
    record = record_of(row.contact_id)
    case_type = (record.case_type if record else "") or row.facts.get("case_type", "")
    emergency = any(one.emergency for one in its_hotline.queues if one.code == contact.queue)
    return kind_of("", is_emergency=emergency, case_type=case_type)


def last_day(
    row: models.Recording, contact: ContactShown, its_hotline: HotlineShown, rule: Rule | None
) -> date | None:
    """Return the last day on which a recording is kept; ``None`` where nothing ends it."""
    if rule is None or row.held_at is not None or row.removed_at is not None:
        return None
    zone = ZoneInfo(its_hotline.time_zone)
    return kept_until(local_day(contact.arrived_at, zone), rule)


def rules_of(organisation_id: int) -> dict[RecordingKind, Rule]:
    """Return how long an organisation keeps recordings, by kind; asks for no right."""
    rows = models.RetentionRule.objects.filter(organisation=organisation_id).order_by("kind")
    return {
        RecordingKind(row.kind): Rule(
            RecordingKind(row.kind), row.days, row.words, row.set_by, row.set_at, row.version
        )
        for row in rows
    }
